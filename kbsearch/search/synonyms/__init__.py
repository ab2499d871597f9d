"""Which other words does the desk use for the same thing?"""
