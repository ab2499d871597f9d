"""How do tickets become postings?"""
