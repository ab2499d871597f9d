"""Tests of the tree itself: its imports, its documentation, its packages and its files."""
