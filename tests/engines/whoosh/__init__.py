"""How does an embedded index of files answer a plan?"""
