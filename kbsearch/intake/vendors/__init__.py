"""Whose export is a file, and what do its columns mean there? A vendor is rows of three tables."""
