"""Names of people whom a ticket knows, and of strangers."""
