"""What in a text is a person's own, and how is it kept from others?"""
