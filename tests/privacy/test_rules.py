"""Rules say by their version whether texts must be masked again."""

import pytest

from kbsearch.privacy.finding import Kind
from kbsearch.privacy.rules import Rules


@pytest.mark.parametrize(
    "changed",
    [
        Rules(regions=("DE",)),
        Rules(national_ids=()),
        Rules(strict=True),
        Rules(private_ips=False),
        Rules(allow=("a",)),
        Rules(deny=(("a", Kind.ID),)),
    ],
)
def test_every_rule_is_in_the_version(changed: Rules) -> None:
    assert changed.version != Rules().version


def test_the_same_rules_have_the_same_version() -> None:
    assert Rules(allow=("a",)).version == Rules(allow=("a",)).version
