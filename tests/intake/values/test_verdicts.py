"""Verdicts, which are no resolutions."""

from tests.intake.conftest import Desk


def test_a_verdict_is_the_reason_of_closing_and_leaves_the_resolution(desk: Desk) -> None:
    desk.take(desk.write("a.csv", "id,subject,resolution\n1,Jam,Oil the rail\n"))
    rows = "id,subject,resolution\n1,Jam,Fixed\n2,Ink,Shake it\n3,Hum,Won't Do\n"
    desk.take(desk.write("b.csv", rows))
    ticket = desk.tickets()["1"]
    assert (ticket.resolution, ticket.close_reason) == ("Oil the rail", "Fixed")
    assert (desk.tickets()["3"].resolution, desk.tickets()["3"].close_reason) == ("", "Won't Do")


def test_a_column_of_verdicts_gives_way_to_one_of_texts_and_is_told(desk: Desk) -> None:
    rows = "id,subject,resolution,workaround\n1,Jam,Done,Oil the rail\n2,Ink,Unresolved,\n"
    report = desk.take(desk.write("calls.csv", rows))
    ticket = desk.tickets()["1"]
    assert (ticket.resolution, ticket.close_reason) == ("Oil the rail", "Done")
    assert desk.tickets()["2"].close_reason == ""
    assert '"resolution" holds nothing but verdicts such as "Done"' in report.notes[0]


def test_what_is_not_resolved_yet_has_no_resolution(desk: Desk) -> None:
    desk.take(desk.write("calls.csv", "id,subject,fix\n1,Jam,Unresolved\n2,Ink,Shake it\n"))
    assert desk.tickets()["1"].resolution == ""
