"""kbsearch: past tickets and their resolutions, found while the caller is still talking."""

__version__ = "0.1.0"
