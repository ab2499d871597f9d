"""Which other systems answer the same queries, and how does each of them read misspelt words?"""
