"""How does a Python program use a knowledge base?"""
