"""Tests of kbsearch.library."""
