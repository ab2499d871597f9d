"""What can be done from a terminal or a script?"""
