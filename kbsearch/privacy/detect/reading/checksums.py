"""The check digits of numbers."""

from functools import reduce

_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
_TIMES = (
    *("0123456789", "1234067895", "2340178956", "3401289567", "4012395678"),
    *("5987604321", "6598710432", "7659821043", "8765932104", "9876543210"),
)
"""The multiplication of the dihedral group of ten."""
_SHUFFLES = (
    *("0123456789", "1576283094", "5803796142", "8916043527"),
    *("9453126870", "4286573901", "2793806415", "7046913258"),
)


def passes_luhn(digits: str) -> bool:
    """Tell whether the last digit is that of Luhn, as in cards.

    >>> passes_luhn("4111111111111111"), passes_luhn("4111111111111112")
    (True, False)
    """
    plain, doubled = digits[-1::-2], digits[-2::-2]
    return (sum(map(int, plain)) + sum(_DOUBLED[int(digit)] for digit in doubled)) % 10 == 0


def passes_mod_97(account: str) -> bool:
    """Tell whether the two digits after the country are right, as ISO 13616 has them in an IBAN.

    >>> passes_mod_97("GB82WEST12345698765432"), passes_mod_97("GB83WEST12345698765432")
    (True, False)
    """
    return int("".join(str(int(char, 36)) for char in account[4:] + account[:4])) % 97 == 1


def passes_verhoeff(digits: str) -> bool:
    """Tell whether the last digit is that of Verhoeff, as in an Aadhaar number.

    >>> passes_verhoeff("2363"), passes_verhoeff("2364")
    (True, False)
    """
    shuffled = (
        int(_SHUFFLES[place % 8][int(digit)]) for place, digit in enumerate(reversed(digits))
    )
    return reduce(lambda check, digit: int(_TIMES[check][digit]), shuffled, 0) == 0


def passes_weights(digits: str, weights: tuple[int, ...], modulus: int) -> bool:
    """Tell whether the sum of the digits, each times its weight, is a multiple.

    >>> passes_weights("123456782", (1, 4, 3, 7, 5, 8, 6, 9, 10), 11)  # an Australian tax file
    True
    """
    return (
        sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % modulus
        == 0
    )
