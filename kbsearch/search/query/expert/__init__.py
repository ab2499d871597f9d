"""Which tickets does a query with AND, OR, NOT and brackets ask for?"""
