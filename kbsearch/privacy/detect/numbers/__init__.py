"""Which numbers of a text belong to a person?"""
