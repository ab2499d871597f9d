"""Tests of kbsearch.search.understand."""
