"""Do the pure parts of `scripts/bench` and `scripts/relevance` read and count as they say?"""
