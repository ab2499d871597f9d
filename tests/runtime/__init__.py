"""Tests of kbsearch.runtime."""
