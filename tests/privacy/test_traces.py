"""Looking through files for what must not be there."""

import io

from kbsearch.privacy.traces import CHUNK, bare, traces

SOUGHT = frozenset(
    map(bare, ["+1 415 555 2671", "mara@shop.example", "GB29 NWBK 6016 1331 9268 19"])
)


def found(data: bytes) -> list[tuple[int, str]]:
    return list(traces(io.BytesIO(data), SOUGHT))


def test_a_card_is_found_wherever_it_is() -> None:
    assert found(b"\x00\xff 5555 5555 5555 4444\x00") == [(3, "a card number")]
    assert found(b"order 5555555555554445") == []


def test_originals_are_found_however_they_are_written() -> None:
    for text in (
        "+1(415)555-2671 now",
        "MARA@shop.example",
        "GB29NWBK60161331926819",
    ):
        assert [what for _, what in found(text.encode())] == ["an original of the vault"]


def test_what_lies_across_two_parts_is_found() -> None:
    places = {at for at, _ in found(b" " * (CHUNK - 8) + b"5555555555554444 ")}
    assert places == {CHUNK - 8}


def test_numbers_next_to_others_are_found() -> None:
    assert found(b"call 1 415 555 2671 2024 or 12")[0][1] == "an original of the vault"


def test_other_texts_are_left_alone() -> None:
    assert found(b"version 128.0.3, build 20240718122457, 3440 x 1440, error 0x80070005") == []
