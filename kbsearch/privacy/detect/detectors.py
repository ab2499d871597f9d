"""All detectors over one text."""

from collections.abc import Container, Iterator

from kbsearch.privacy.detect.emails import find_emails
from kbsearch.privacy.detect.names.strangers import find_names
from kbsearch.privacy.detect.numbers.cards import find_cards
from kbsearch.privacy.detect.numbers.ibans import find_ibans
from kbsearch.privacy.detect.numbers.keyworded import find_keyworded
from kbsearch.privacy.detect.numbers.national_ids import find_national_ids
from kbsearch.privacy.detect.numbers.networks import find_ips, find_macs
from kbsearch.privacy.detect.numbers.phones import find_phones
from kbsearch.privacy.detect.places.addresses import find_addresses
from kbsearch.privacy.detect.reading.text import Text
from kbsearch.privacy.detect.secrets import find_passwords
from kbsearch.privacy.finding import Finding
from kbsearch.privacy.rules import Rules


def find_in_prose(text: Text, rules: Rules, common: Container[str]) -> Iterator[Finding]:
    """Yield what only whole sentences show, in any order; findings may overlap.

    common  words in small letters that strict rules do not take for names.
    """
    yield from find_passwords(text)
    yield from find_names(text, strict=rules.strict, common=common)


def find_anywhere(text: Text, rules: Rules) -> Iterator[Finding]:
    """Yield what its form shows, in any order; findings may overlap."""
    yield from find_emails(text)
    if not text.has_digit:
        return
    yield from find_cards(text)
    yield from find_ibans(text)
    yield from find_phones(text, rules.regions)
    yield from find_national_ids(text, rules.national_ids)
    yield from find_keyworded(text)
    yield from find_ips(text, private=rules.private_ips)
    yield from find_macs(text)
    yield from find_addresses(text)
