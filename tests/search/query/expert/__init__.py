"""Tests of `kbsearch/search/query/expert/`."""
