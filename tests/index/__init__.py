"""The language tables hold what they promise."""
