"""What does the value of a column mean?"""
