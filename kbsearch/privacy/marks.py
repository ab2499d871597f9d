"""How a mark is written: readable, and with what a rep may need of what it hides."""

from kbsearch.privacy.finding import Finding, Kind

_PLAIN = {
    Kind.CARD: "[card]",
    Kind.IBAN: "[IBAN]",
    Kind.ACCOUNT: "[account]",
    Kind.EMAIL: "[e-mail]",
    Kind.PHONE: "[phone]",
    Kind.NATIONAL_ID: "[national id]",
    Kind.IP: "[IP address]",
    Kind.MAC: "[MAC address]",
    Kind.ADDRESS: "[address]",
    Kind.PASSWORD: "[password]",
    Kind.ID: "[id]",
    Kind.NAME: "[name]",
}


def found(start: int, end: int, kind: Kind) -> Finding:
    """Return a finding with the mark of its kind, which says nothing of the value.

    >>> found(0, 9, Kind.PHONE).mark
    '[phone]'
    """
    return Finding(start, end, kind, _PLAIN[kind])


def card_mark(digits: str) -> str:
    """Return the mark of a card: its last four digits are what a rep may compare.

    >>> card_mark("4111111111111111")
    '[card ending 1111]'
    """
    return f"[card ending {digits[-4:]}]"


def email_mark(domain: str) -> str:
    """Return the mark of an address at a public mail provider, whose name names no person.

    >>> email_mark("gmail.com")
    '[e-mail at gmail.com]'
    """
    return f"[e-mail at {domain}]"


def name_mark(number: int) -> str:
    """Return the mark of the first, second ... person of a ticket.

    >>> name_mark(1), name_mark(2)
    ('[name]', '[name 2]')
    """
    return "[name]" if number == 1 else f"[name {number}]"
