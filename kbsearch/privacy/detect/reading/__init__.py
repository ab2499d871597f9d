"""How does a detector read a text?"""
