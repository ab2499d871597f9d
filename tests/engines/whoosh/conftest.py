"""The same index on disk as for the tests of the files."""

from tests.engines.disk.conftest import engine, folder, root

__all__ = ["engine", "folder", "root"]
