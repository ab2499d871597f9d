"""Tests of kbsearch.services."""
