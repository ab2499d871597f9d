"""Tests of the commands in scripts/, run on copies of the checkout with stub interpreters."""
