"""Tests of kbsearch.search.matches."""
