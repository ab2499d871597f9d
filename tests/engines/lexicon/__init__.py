"""The words of an index."""
