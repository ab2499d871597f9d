"""Tests of kbsearch.search.codes."""
