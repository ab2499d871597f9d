"""What a desk wants masked."""

import hashlib
from dataclasses import astuple, dataclass
from functools import cache, cached_property
from importlib.metadata import version

from kbsearch.privacy.finding import Kind
from kbsearch.resources import resource

RULES_VERSION = 1
"""Raised when the code finds otherwise than before."""
_TABLES = (
    *("personal_words.tsv", "given_names.tsv", "family_names.tsv", "no_names.tsv"),
    *("mail_providers.tsv", "stopwords.tsv", "words.gz"),
)


@dataclass(frozen=True)
class Rules:
    """What is found, and what an admin adds and leaves out; it never changes.

    regions       whose phone numbers are found without a word such as call, as ISO 3166 codes.
    national_ids  whose identity numbers are found without a word such as passport; their names are
                  in `detect/numbers/national_ids`.
    strict        whether capitalised words that English does not know count as names.
    private_ips   whether addresses of private networks are masked too.
    allow         texts that stay, such as the desk's own hotline; `@example.com` is every address
                  there.
    deny          texts that are always masked, and what they are.
    """

    regions: tuple[str, ...] = ("US", "GB", "IN", "AU", "PH")
    national_ids: tuple[str, ...] = ("us_ssn",)
    strict: bool = False
    private_ips: bool = True
    allow: tuple[str, ...] = ()
    deny: tuple[tuple[str, Kind], ...] = ()

    @cached_property
    def version(self) -> str:
        """Return 16 hex digits that change when the same text might be masked otherwise.

        >>> Rules().version == Rules().version, Rules().version == Rules(strict=True).version
        (True, False)
        """
        return hashlib.sha256(f"{_made_with()}{astuple(self)!r}".encode()).hexdigest()[:16]


@cache
def _made_with() -> str:
    digest = hashlib.sha256(f"{RULES_VERSION} {version('phonenumbers')}".encode())
    for name in _TABLES:
        digest.update(resource(f"index/{name}").read_bytes())
    return digest.hexdigest()
