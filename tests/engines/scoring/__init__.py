"""Tests of kbsearch.engines.scoring."""
