"""How does Whoosh read and write our segments?"""
