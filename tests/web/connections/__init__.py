"""Tests of what happens on a connection."""
