"""Tests of the pages as a person meets them: a real server and a real browser."""
