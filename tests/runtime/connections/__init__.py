"""Tests of kbsearch.runtime.connections."""
