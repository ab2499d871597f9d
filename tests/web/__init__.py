"""Tests of the pages and of the server that sends them."""
