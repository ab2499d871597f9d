"""Which tickets fit a plan?"""
