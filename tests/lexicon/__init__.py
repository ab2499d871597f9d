"""Tests of kbsearch.lexicon."""
