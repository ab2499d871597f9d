"""Tests of kbsearch.records."""
