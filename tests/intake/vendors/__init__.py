"""Tests of the exports of known help desks."""
