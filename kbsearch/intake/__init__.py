"""Which tickets does a file hold?"""
