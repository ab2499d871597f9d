"""Sentences of a help desk with labelled personal data, all of it made up by chance.

The templates are our own, no sentence is that of a person; the values are drawn by a seed.
"""

import random
import re
from collections.abc import Callable
from typing import NamedTuple

from kbsearch.privacy.detect.reading.checksums import passes_luhn, passes_mod_97

GIVEN = """Oluwaseun Priya Marisol Siobhan Tadeusz Yasmin Anneliese Kwame Ingrid Rafael Thabo
    Noor""".split()
FAMILY = """Adeyemi Raghunathan Castellanos Brannigan Wojciechowski Haddad Osei Lindqvist
    Moreau""".split()
PHONES = (
    *("(2##) 555-####", "2##-555-####", "+1 2## 555 ####", "020 7### ####", "+44 20 7### ####"),
    *("+91 98### #####", "07### ######", "2##.555.####", "555 ####", "02 9### ####"),
    "+63 917 ### ####",
)
"""How numbers are written; each # is a digit."""
STREETS = "Alder Foundry Harbour Meadow Quarry Saddler Thornbury Wexford".split()
TYPES = "Street Road Avenue Lane Drive Court St Ave Rd".split()
CITIES = "Brackley Dunmore Ashford Lexton Merrow Halstead".split()
HOSTS = "example.org example.com gmail.com mail.example.net outlook.com".split()
SECRET = "abcdefghkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"

TEMPLATES = {
    "CREDIT_CARD": (
        "The caller read out {} and wants a refund.",
        "Refund to card {} please, the order was cancelled.",
        "Payment with {} was declined twice.",
        "my card number is {} and it says insufficient funds",
        "Order number {} is the one that she gave me.",
        "Charged {} instead of the other one",
    ),
    "EMAIL_ADDRESS": (
        "Please answer to {} as well.",
        "Mails from {} bounce since Monday.",
        "Her account is {}, and the reset link never comes.",
        "cc: {}; the shared mailbox stays empty",
    ),
    "PHONE_NUMBER": (
        "Please call {} after lunch.",
        "Call me back on {}, I am at my desk until four.",
        "Mobile: {}",
        "He can be reached by phone at {}.",
        "Text {} once the parcel is there",
        "Fax {} gives a busy tone",
        "Desk: {}",
    ),
    "IBAN_CODE": (
        "Refund to {} has not arrived.",
        "The IBAN {} is rejected by the form.",
        "account: {}",
    ),
    "US_SSN": ("The form shows SSN {} in clear text.", "She mailed us {} by mistake.", "ssn {}"),
    "IP_ADDRESS": (
        "The firewall blocks {} since the update.",
        "Cannot ping {} from the branch office.",
        "Login from {} was refused",
    ),
    "MAC_ADDRESS": ("The dock with {} gets no lease.", "Add {} to the allowed devices"),
    "STREET_ADDRESS": (
        "Send the replacement to {}.",
        "The new branch is at {}.",
        "Please ship the dock to {}",
        "She moved, her address is {}.",
    ),
    "PASSWORD": (
        "The password is {} but it does not work.",
        "Password: {}",
        "He logs in with password {} on every machine.",
        "I set the pwd to {} for now",
        "password '{}' was on a sticky note",
    ),
    "PIN": (
        "The PIN is {} for the meeting room.",
        "Her voicemail pin: {}",
        "one-time code {} expired",
    ),
    "ID": (
        "Passport number {} was attached to the ticket.",
        "Her driver's license number {} is in the screenshot.",
        "Tax ID {} is printed on the invoice.",
        "PAN number {} is visible to everyone.",
    ),
    "PERSON": (
        "Hi {},",
        "Dear {},",
        "My name is {} and my screen flickers.",
        "Thanks,\n{}",
        "Kind regards\n{}",
        "I spoke to {} yesterday, and the ticket is still open.",
        "Caller: {}",
        "Mr. {} cannot print to the second floor.",
        "The laptop of Mrs. {} does not wake up.",
    ),
    "": (
        "Firefox 128.0.3 crashes, 115.12.2 did not.",
        "The server runs Dovecot 2.2.33.2 and answers 550 5.7.1 to every mail.",
        "The screen is set to 3440 x 1440 at 144 Hz.",
        "Crash report bp-1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9 was sent.",
        "Build 20240718122457 fails, 20240611083015 works.",
        "KB5034441 cannot be installed on Windows 10.",
        "Mark as read does nothing. Will it be fixed in May?",
        "Bill me for the Rich text add-in, it can wait until April.",
        "After the update to Catalina, Eudora and Vivaldi do not start.",
        "During 1971 pieces were scanned, the ring binder is on Pinterest.",
        "Reset the password, the pin of the plug is bent.",
        "The address book is empty since 12 March 2024.",
        "Error 503 service temporarily unavailable at the corner of the screen.",
        "The zip is 12 MB, the file report.zip 340 KB.",
        "Case 00348123 was merged into 00348977.",
        "Part number 5521-883-1209 is out of stock.",
    ),
}
"""Sentences by the type of what goes into them."""


class Labelled(NamedTuple):
    """A sentence and where its personal data is; "" is the type of one that has none."""

    text: str
    start: int
    end: int
    type: str


def card(chance: random.Random) -> str:
    """Return a number that a card might have, in one of the usual forms."""
    beginning, length = chance.choice(
        [("4", 16), ("52", 16), ("37", 15), ("6011", 16), ("2345", 16)]
    )
    body = beginning + "".join(chance.choices("0123456789", k=length - 1 - len(beginning)))
    number = next(body + digit for digit in "0123456789" if passes_luhn(body + digit))
    gap = chance.choice(["", " ", "-", "\u00a0", ".", "  ", "\u2013", "_"])
    sizes = (4, 6, 5) if length == 15 else (4, 4, 4, 4)
    return gap.join(cut(number, sizes))


def cut(number: str, sizes: tuple[int, ...]) -> list[str]:
    """Return the groups of a number."""
    starts = [sum(sizes[:place]) for place in range(len(sizes))]
    return [number[start : start + size] for start, size in zip(starts, sizes, strict=True)]


def phone(chance: random.Random) -> str:
    """Return a number in one of the forms of a few countries."""
    form = chance.choice(PHONES)
    return re.sub("#", lambda _: chance.choice("23456789"), form)


def iban(chance: random.Random) -> str:
    """Return a German or British account number with right check digits."""
    country, bank = chance.choice([("DE", "50010517"), ("GB", "WEST123456")])
    rest = bank + "".join(chance.choices("0123456789", k=10 if country == "DE" else 8))
    checks = (f"{country}{check:02}{rest}" for check in range(2, 99))
    written = next(account for account in checks if passes_mod_97(account))
    return " ".join(re.findall(".{1,4}", written)) if chance.random() < 0.5 else written


def street(chance: random.Random) -> str:
    """Return a street with its number, and sometimes a city."""
    line = f"{chance.randint(1, 999)} {chance.choice(STREETS)} {chance.choice(TYPES)}"
    tails = [
        "",
        f", {chance.choice(CITIES)}",
        f", Apt. {chance.randint(1, 60)}, {chance.choice(CITIES)}",
    ]
    return line + chance.choice(tails)


def secret(chance: random.Random) -> str:
    """Return a password that has a digit, a letter and perhaps a sign."""
    letters = "".join(chance.choices(SECRET, k=7))
    return letters[:4] + chance.choice("!#$%&*+") + letters[4:] + str(chance.randint(10, 99))


def person(chance: random.Random) -> str:
    """Return a full name."""
    return f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"


def pattern(form: str) -> Callable[[random.Random], str]:
    """Return what fills a form: `#` a digit, `@` a capital, `~` a hex digit."""
    drawn = {"#": "0123456789", "@": "ABCDEFGHKLMNPRSTVWXYZ", "~": "0123456789abcdef"}
    return lambda chance: "".join(chance.choice(drawn.get(char, char)) for char in form)


MAKERS: dict[str, Callable[[random.Random], str]] = {
    "CREDIT_CARD": card,
    "EMAIL_ADDRESS": lambda chance: (
        f"{person(chance).lower().replace(' ', chance.choice('._-'))}@{chance.choice(HOSTS)}"
    ),
    "PHONE_NUMBER": phone,
    "IBAN_CODE": iban,
    "US_SSN": lambda chance: (
        f"{chance.randint(1, 665):03}-{chance.randint(1, 99):02}-{chance.randint(1, 9999):04}"
    ),
    "IP_ADDRESS": lambda chance: ".".join(str(chance.randint(30, 250)) for _ in range(4)),
    "MAC_ADDRESS": pattern("~~:~~:~~:~~:~~:~~"),
    "STREET_ADDRESS": street,
    "PASSWORD": secret,
    "PIN": pattern("####"),
    "ID": pattern("@#######"),
    "PERSON": person,
    "": lambda _: "",
}


def sentences(seed: int = 15, each: int = 6) -> list[Labelled]:
    """Return every template with so many values, the same for the same seed."""
    chance = random.Random(seed)
    made = []
    for kind, templates in TEMPLATES.items():
        for template in templates:
            for _ in range(each if kind else 1):
                value = MAKERS[kind](chance)
                start = template.find("{}")
                made.append(
                    Labelled(template.replace("{}", value), start, start + len(value), kind)
                )
    return made
