"""Tests of kbsearch.search.query."""
