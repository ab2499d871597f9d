"""How does a segment lie in one file, and how is it read without being loaded?"""
