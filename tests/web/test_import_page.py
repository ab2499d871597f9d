"""The import page: look first, mend the columns, save the mapping, import."""

import io
import re
from html import unescape
from pathlib import Path

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

TABLE = b"Nr,Worum,Loesung\n1,Kein Papier,Fach 3\n2,Kein Netz,\n"
CHOSEN = {"Nr": "reference", "Worum": "subject", "Loesung": "resolution"}


def upload(client: FlaskClient, content: bytes = TABLE, **said: str) -> TestResponse:
    data = {"file": (io.BytesIO(content), "calls.csv"), "action": "preview", **said}
    return client.post("/import", data=data)


def text_of(answer: TestResponse) -> str:
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", answer.text).split()))


def kept_path(answer: TestResponse) -> str:
    found = re.search(r'name="path" value="([^"]+)"', answer.text)
    assert found
    return unescape(found[1])


def mended(path: str, **said: str) -> dict[str, str]:
    form = {"path": path, **said}
    for number, (column, field) in enumerate(CHOSEN.items(), start=1):
        form |= {f"column-{number}": column, f"before-{number}": "", f"field-{number}": field}
    return form


def test_a_file_is_looked_at_and_nothing_is_saved(fresh: FlaskClient) -> None:
    answer = upload(fresh, b"id,subject\n7,No paper\n")

    assert answer.status_code == 200
    assert "7 · No paper" in text_of(answer)
    assert fresh.get("/tickets/7").status_code == 404


def test_columns_are_mended_by_hand(fresh: FlaskClient) -> None:
    path = kept_path(upload(fresh))

    answer = fresh.post("/import", data=mended(path, action="preview"))

    assert "1 · Kein Papier" in text_of(answer)
    assert 'name="map-subject" value="Worum"' in answer.text


def test_the_import_takes_the_columns_as_they_were_mended(fresh: FlaskClient) -> None:
    path = kept_path(upload(fresh))

    answer = fresh.post("/import", data=mended(path, action="import", source="helpdesk"))

    assert "The tickets are saved." in text_of(answer)
    assert not Path(path).exists()
    assert "Fach 3" in fresh.get("/tickets/1?source=helpdesk").text


def test_a_column_that_is_to_be_taken_for_nothing_is_not(fresh: FlaskClient) -> None:
    path = kept_path(upload(fresh, b"id,subject,product\n7,No paper,M2\n"))
    form = {"path": path, "column-1": "product", "before-1": "product", "field-1": ""}

    fresh.post("/import", data={**form, "action": "import"})

    assert "M2" not in fresh.get("/tickets/7").text


def test_a_mapping_is_saved_and_used_again(fresh: FlaskClient) -> None:
    path = kept_path(upload(fresh))
    fresh.post("/import", data=mended(path, action="save", name="german"))

    answer = fresh.post("/import", data={"path": path, "action": "load", "name": "german"})

    assert "1 · Kein Papier" in text_of(answer)
    assert "german" in text_of(fresh.get("/import"))


def test_no_file_is_said(fresh: FlaskClient) -> None:
    answer = fresh.post("/import", data={"action": "preview"})

    assert answer.status_code == 400
    assert "Choose a file, or name one that is on this computer." in text_of(answer)


def test_a_file_that_is_not_there_is_said(fresh: FlaskClient) -> None:
    answer = fresh.post("/import", data={"path": "/nowhere/calls.csv", "action": "preview"})

    assert "/nowhere/calls.csv does not exist" in text_of(answer)


def test_a_bad_name_of_a_mapping_is_said_and_the_path_stays(fresh: FlaskClient) -> None:
    path = kept_path(upload(fresh))

    answer = fresh.post("/import", data=mended(path, action="save", name="../x"))

    assert answer.status_code == 400
    assert "is no name of a mapping" in text_of(answer)
    assert kept_path(answer) == path


def test_an_encoding_that_does_not_exist_is_said(fresh: FlaskClient) -> None:
    answer = upload(fresh, encoding="klingon")

    assert answer.status_code == 400
    assert "'klingon' is no encoding of text" in text_of(answer)


def test_what_values_mean_stays_with_a_mapping_that_is_used(fresh: FlaskClient) -> None:
    meaning = {"value-status-5-a": "Closed"}
    path = kept_path(upload(fresh, b"id,subject,status\n7,No paper,5-a\n"))
    fresh.post("/import", data={"path": path, "action": "save", "name": "nine", **meaning})

    answer = fresh.post("/import", data={"path": path, "action": "load", "name": "nine"})

    assert 'name="value-status-5-a" value="Closed"' in answer.text
