"""Where in a text does a person live?"""
