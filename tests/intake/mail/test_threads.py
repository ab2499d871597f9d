"""Which mails are one conversation."""

import random

import pytest

from kbsearch.intake.mail import threads as module
from kbsearch.intake.mail.mail import Headers
from kbsearch.intake.mail.threads import threads_of


def headers(
    identifier: str = "", *before: str, subject: str = "", answer: bool = False, number: str = ""
) -> Headers:
    return Headers(identifier, before, subject, answer, number)


def groups(*mails: Headers) -> list[list[int]]:
    return [thread.mails for thread in threads_of(mails)]


def test_answers_belong_to_what_they_answer() -> None:
    assert groups(headers("a"), headers("x"), headers("b", "a"), headers("c", "a", "b")) == [
        [0, 2, 3],
        [1],
    ]


def test_an_answer_may_come_before_the_first_mail() -> None:
    assert groups(headers("c", "b"), headers("x"), headers("b", "a"), headers("a")) == [
        [0, 2, 3],
        [1],
    ]


def test_answers_to_a_mail_that_is_not_there_are_together() -> None:
    assert groups(headers("b", "gone"), headers("c", "gone")) == [[0, 1]]


def test_the_subject_decides_last_and_only_for_answers() -> None:
    first, answer = headers("a", subject="Till"), headers("b", subject="till", answer=True)
    later = headers("c", subject="Till")

    assert groups(first, answer, later) == [[0, 1], [2]]


def test_an_answer_that_names_its_mail_is_not_put_by_its_subject() -> None:
    first, answer = headers("a", subject="Till"), headers("b", "x", subject="Till", answer=True)

    assert groups(first, answer) == [[0], [1]]


def test_the_ticket_number_puts_mails_together_and_is_the_reference() -> None:
    threads = threads_of([headers("a", number="4711"), headers("b", "other", number="4711")])

    assert [(thread.reference, thread.mails) for thread in threads] == [("4711", [0, 1])]


def test_the_reference_is_the_same_in_a_later_export() -> None:
    early = next(threads_of([headers("a")])).reference
    late = list(threads_of([headers("x"), headers("b", "a"), headers("a")]))[1].reference

    assert early == late


def test_mails_without_any_name_stay_apart() -> None:
    assert groups(headers(), headers()) == [[0], [1]]


def test_a_circle_of_answers_is_one_conversation() -> None:
    assert groups(headers("a", "b"), headers("b", "a")) == [[0, 1]]


def test_links_that_say_nothing_new_may_be_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(7)
    chain = [
        headers(f"m{n}", *(f"m{rng.randrange(600)}" for _ in range(n % 3))) for n in range(400)
    ]
    rng.shuffle(chain)
    kept = groups(*chain)
    monkeypatch.setattr(module, "_LINKS", 3)

    assert groups(*chain) == kept


def test_a_mail_without_a_subject_is_no_answer_to_another() -> None:
    assert groups(headers("a"), headers("b", answer=True)) == [[0], [1]]
