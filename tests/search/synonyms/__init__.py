"""Tests of kbsearch.search.synonyms."""
