"""Addresses of computers are found, versions are not."""

import pytest

from kbsearch.privacy.masking import Masker
from kbsearch.privacy.rules import Rules

MASKER = Masker(Rules())


@pytest.mark.parametrize(
    "address",
    [
        "203.0.113.77",
        "192.168.178.20",
        "10.0.0.5",
        "2001:db8::8a2e:370:7334",
        "fe80::1ff:fe23:4567:890a",
    ],
)
@pytest.mark.parametrize(
    "sentence", ["ping {} fails", "http://{}/ is down", "from [{}] at noon", "_{}_", "x/{}"]
)
def test_an_address_is_masked(sentence: str, address: str) -> None:
    assert MASKER.mask(sentence.format(address)).text == sentence.format("[IP address]")


def test_addresses_of_private_networks_stay_if_the_desk_wants_it() -> None:
    masker = Masker(Rules(private_ips=False))
    assert (
        masker.mask("ping 192.168.1.9 and 203.0.113.77").text == "ping 192.168.1.9 and [IP address]"
    )


@pytest.mark.parametrize("address", ["00:1B:44:11:3A:B7", "00-1b-44-11-3a-b7", "001b.4411.3ab7"])
def test_a_hardware_address_is_masked(address: str) -> None:
    assert MASKER.mask(f"dock {address} has no lease").text == "dock [MAC address] has no lease"
