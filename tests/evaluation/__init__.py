"""Tests of the measures and their files."""
