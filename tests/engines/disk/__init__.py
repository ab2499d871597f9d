"""Tests of kbsearch.engines.disk."""
