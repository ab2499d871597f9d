"""What in a text is somebody's own, and how is it kept from others?"""
