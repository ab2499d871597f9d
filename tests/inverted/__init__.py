"""Tests of kbsearch.inverted."""
