"""Tests of kbsearch.engines.disk.generations."""
