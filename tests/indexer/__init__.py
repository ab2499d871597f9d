"""Tests of kbsearch.indexer."""
