"""Tests of kbsearch.engines.indexing."""
