"""A plugin of pytest for Whoosh's own tests: what they write, they write with our codec.

scripts/whoosh-tests runs them so.
"""

import pytest
import whoosh.codec

from tests.engines.whoosh.writing.codec import WritingCodec


@pytest.hookimpl
def pytest_configure() -> None:
    """Put our codec in the place of the default; what Whoosh's has as options does not matter."""
    whoosh.codec.default_codec = lambda **_: WritingCodec()
