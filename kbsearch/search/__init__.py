"""What did the rep mean, which tickets fit, and why?"""
