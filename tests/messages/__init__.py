"""Tests of kbsearch.messages."""
