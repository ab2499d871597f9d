"""Which problems keep coming back, and what is nobody finding?"""
