"""What may each word of a query mean, and which plan asks for all of that?"""
