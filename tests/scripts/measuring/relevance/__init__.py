"""Do the pure parts of `scripts/relevance` read, score and pool as they say?"""
