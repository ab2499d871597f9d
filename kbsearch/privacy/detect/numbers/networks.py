"""Addresses of computers: IP and MAC."""

import ipaddress
import re
from collections.abc import Iterator
from functools import cache

from kbsearch.privacy.detect.reading.text import Text
from kbsearch.privacy.detect.reading.words import any_of, words
from kbsearch.privacy.finding import Finding, Kind
from kbsearch.privacy.marks import found

_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_V4 = re.compile(rf"(?<![^\W_])(?<![.-]){_OCTET}(?:\.{_OCTET}){{3}}(?![^\W_]|-|\.[0-9])")
_V6 = re.compile(
    rf"(?<![^\W_])(?<![:.])[0-9a-f]{{0,4}}(?::[0-9a-f]{{0,4}}){{2,7}}(?::{_OCTET}(?:\.{_OCTET}){{3}})?(?![^\W_]|:|\.[0-9])",
    re.IGNORECASE,
)
_MAC = re.compile(
    r"(?<![^\W_])(?<![:.-])(?:[0-9a-f]{2}(?::[0-9a-f]{2}){5}|[0-9a-f]{2}(?:-[0-9a-f]{2}){5}"
    r"|[0-9a-f]{4}(?:\.[0-9a-f]{4}){2})(?![^\W_]|[:-]|\.[0-9a-f])",
    re.IGNORECASE,
)


@cache
def _version() -> re.Pattern[str]:
    return re.compile(rf"(?:\b{any_of('version')}\b[^\n0-9]{{0,12}}|\bv)\Z")


_PRODUCT = re.compile(r"\b([A-Z]\w+)[ /]$")
_LARGE, _LARGE_OF_PRODUCT = 30, 60
"""No part of a version but its first is so large; few addresses have only smaller ones."""
_PUBLIC = frozenset(
    {
        *("8.8.8.8", "8.8.4.4", "1.1.1.1", "1.0.0.1", "9.9.9.9", "149.112.112.112"),
        *("208.67.222.222", "208.67.220.220", "4.2.2.1", "4.2.2.2", "94.140.14.14", "94.140.15.15"),
    }
)
"""Resolvers that everyone uses."""


def find_ips(text: Text, *, private: bool) -> Iterator[Finding]:
    """Yield the IP addresses of a text, those of private networks too if they are wanted.

    >>> text = Text("from 203.0.113.9 or 2001:db8::7, Dovecot 2.2.33.2, ask 8.8.8.8")
    >>> [text.raw[found.start : found.end] for found in find_ips(text, private=True)]
    ['203.0.113.9', '2001:db8::7']
    """
    if not text.has_digit:
        return
    for match in _V4.finditer(text.plain):
        if _is_wanted(match[0], private=private) and not _is_version(text, match):
            yield found(*match.span(), Kind.IP)
    if text.plain.count(":") < 2:
        return
    for match in _V6.finditer(text.plain):
        groups = [group for group in match[0].split(":") if group]
        is_number = len(groups) > 1 and any(char.isdigit() for char in match[0])
        if is_number and _is_wanted(match[0], private=private):
            yield found(*match.span(), Kind.IP)


def find_macs(text: Text) -> Iterator[Finding]:
    """Yield the hardware addresses of a text.

    >>> len(list(find_macs(Text("00:1A:2b:3c:4d:5e and 50-98-28-96-11-22"))))
    1
    """
    if not text.has_digit:
        return
    for match in _MAC.finditer(text.plain):
        if ":" in match[0] or any(char.isalpha() for char in match[0]):
            yield found(*match.span(), Kind.MAC)


def _is_wanted(written: str, *, private: bool) -> bool:
    try:
        address = ipaddress.ip_address(written)
    except ValueError:
        return False
    if address.is_loopback or address.is_unspecified:
        return False
    is_mask = written.startswith(("255.255.", "0.0.", "224.0.0."))
    return not is_mask and written not in _PUBLIC and (private or not _is_private(address))


_PRIVATE = tuple(
    ipaddress.ip_network(net)
    for net in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16")
)


def _is_private(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv4Address):
        return any(address in network for network in _PRIVATE)
    return address.is_link_local or address.packed[0] & 0xFE == 0xFC


def _is_version(text: Text, match: re.Match[str]) -> bool:
    """Tell whether four numbers are a version: after that word, a product's name, or small."""
    before = text.before(match.start(), 32)
    if _version().search(before):
        return True
    first, *octets = map(int, match[0].split("."))
    is_path = before[-1:] in ("/", "\\") and before[-2:-1].isalnum()
    if is_path and max(octets) < _LARGE_OF_PRODUCT and first != 10:
        return True
    product = _PRODUCT.search(text.plain, max(match.start() - 32, 0), match.start())
    if product is not None and max(octets) < _LARGE_OF_PRODUCT:
        return product[1].lower() not in words("host")
    is_small = max(octets) < _LARGE and (first < _LARGE or octets[-1] == 0) and first != 10
    return is_small and not words("host") & set(text.before(match.start(), 24).split())
