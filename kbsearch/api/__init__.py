"""How does another program search and add tickets?"""
