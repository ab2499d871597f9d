"""What moments values mean."""

import pytest

from kbsearch.intake.values.dates import TimeColumn, TimeEvidence, TwoDays, read_time
from kbsearch.records.import_options import DateOrder

UNKNOWN = TimeColumn()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2018-11-30", "2018-11-30T00:00:00"),
        ("2018-11-30T10:20:30.5+02:00", "2018-11-30T08:20:30.500000"),
        ("2018-11-30 10:20:30 UTC", "2018-11-30T10:20:30"),
        ("2018-11-30 10:20:30 +0100", "2018-11-30T09:20:30"),
        ("2018-11-30 10:20 Europe/Berlin", "2018-11-30T09:20:00"),
        ("2018-11-30T10:20+01:00[Europe/Berlin]", "2018-11-30T09:20:00"),
        ("2018-11-30 10:20 PST (Pacific Standard Time)", "2018-11-30T18:20:00"),
        ("2018-11-30 10:20 (CET)", "2018-11-30T09:20:00"),
        ("2018-W48-5", "2018-11-30T00:00:00"),
        ("2018-334", "2018-11-30T00:00:00"),
        ("20181130", "2018-11-30T00:00:00"),
        ("20181130102030", "2018-11-30T10:20:30"),
        ("2018/11/30 10:20", "2018-11-30T10:20:00"),
        ("1543573230", "2018-11-30T10:20:30"),
        ("1543573230,5", "2018-11-30T10:20:30.500000"),
        ("1543573230123", "2018-11-30T10:20:30.123000"),
        ("1543573230123456", "2018-11-30T10:20:30.123456"),
        ("/Date(1543573230000+0100)/", "2018-11-30T10:20:30"),
        ("30/11/2018", "2018-11-30T00:00:00"),
        ("30/11/18 22:20", "2018-11-30T22:20:00"),
        ("11/30/18, 9 PM", "2018-11-30T21:00:00"),
        ("11/30/2018 12:20 AM", "2018-11-30T00:20:00"),
        ("11/30/2018 13:20 PM", "2018-11-30T13:20:00"),
        ("05/05/2018", "2018-05-05T00:00:00"),
        ("3.4.2018", "2018-04-03T00:00:00"),
        ("Tuesday 03.04.18 10.20", "2018-04-03T10:20:00"),
        ("30 Nov 2018", "2018-11-30T00:00:00"),
        ("Nov 30th, 2018 at 10:20 a.m.", "2018-11-30T10:20:00"),
        ("30/Nov/18 10:20 PM", "2018-11-30T22:20:00"),
        ("30-NOV-18 10.20.30.250000 PM", "2018-11-30T22:20:30.250000"),
        ("Fri Nov 30 10:20:30 +0000 2018", "2018-11-30T10:20:30"),
        ("Fri, 30 Nov 2018 10:20:30 -0500", "2018-11-30T15:20:30"),
        ("Fri Nov 30 2018 10:20:30 GMT+0100 (CET)", "2018-11-30T09:20:30"),
        ("Fri Nov 30 10:20:30 CET 2018", "2018-11-30T09:20:30"),
    ],
)
def test_ways_to_write_a_time(written: str, meant: str) -> None:
    assert read_time(written, UNKNOWN).isoformat() == f"{meant}+00:00"


@pytest.mark.parametrize(
    "written", ["31/02/2026", "13/13/2026", "soon", "12", "9" * 90, "May 2026", "10:20", "43434"]
)
def test_what_is_no_time(written: str) -> None:
    with pytest.raises((ValueError, OverflowError)):
        read_time(written, UNKNOWN)


def test_a_date_that_could_be_two_is_read_by_the_order_of_its_column() -> None:
    with pytest.raises(TwoDays, match="2026-03-04 or 2026-04-03"):
        read_time("3-4-26", UNKNOWN)
    assert read_time("3-4-26", TimeColumn(DateOrder.DAY_FIRST)).month == 4
    assert read_time("3-4-26", TimeColumn(DateOrder.MONTH_FIRST)).month == 3


def evidence(*values: str) -> TimeEvidence:
    """Return what the values of a column prove, in lines from 2."""
    gathered = TimeEvidence()
    for line, value in enumerate(values, start=2):
        gathered.add(line, value)
    return gathered


def test_one_row_proves_the_order_of_a_column() -> None:
    proven = evidence("03/11/2025 10:15", "2025-11-30", "Tue 25/11/2025")
    assert (proven.order, proven.lines) == (DateOrder.DAY_FIRST, {DateOrder.DAY_FIRST: 4})


def test_rows_that_contradict_each_other_prove_no_order() -> None:
    proven = evidence("25/11/2025", "11/25/2025")
    assert (proven.order, len(proven.lines)) == (None, 2)


def test_days_of_a_spreadsheet_are_read_where_all_values_are_such() -> None:
    column = evidence("43434.5", "43435").column(None)
    assert read_time("43434.4309", column).isoformat() == "2018-11-30T10:20:30+00:00"
    assert not evidence("43434", "2018-11-30").serial
