"""Which pieces of a text are personal data?"""
