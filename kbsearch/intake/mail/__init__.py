"""Mails, and which of them are one conversation."""
