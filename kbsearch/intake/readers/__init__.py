"""Which rows does a file hold? One module a format; `registry` knows them by their endings."""
