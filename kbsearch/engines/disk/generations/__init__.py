"""Which files are the index now, are they whole, and how does one index replace another?"""
