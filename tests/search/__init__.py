"""Understanding queries, finding tickets for them, and saying why."""
