"""How does the index follow the store?"""
