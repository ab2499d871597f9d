"""Which sentence does a person read for a code with parameters?"""
