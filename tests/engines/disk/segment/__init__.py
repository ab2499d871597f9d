"""Tests of kbsearch.engines.disk.segment."""
