"""Which terms does a text hold?"""
