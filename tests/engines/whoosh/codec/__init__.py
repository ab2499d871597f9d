"""Tests of kbsearch.engines.whoosh.codec."""
