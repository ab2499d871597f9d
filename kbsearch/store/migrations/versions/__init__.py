"""Which change of the tables came after which?"""
