"""The import page: what a file would do, its columns mended by hand, and the import itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from flask import Blueprint, render_template, request

from kbsearch.errors import IndexBusy, IndexMissing, InputError, KbsearchError
from kbsearch.records.import_options import DateOrder, ImportOptions
from kbsearch.records.import_preview import ColumnPreview, ImportPreview
from kbsearch.records.ticket import FIELD_TABLE, IMPORTED
from kbsearch.runtime.per_process import services

MOST_ROWS = 20_000
"""Rows that the page imports by itself: more take minutes, and no page should wait so long."""

imports = Blueprint("imports", __name__)


@dataclass(frozen=True, slots=True)
class Form:
    """What an admin says of a file on the page, given back as it was said.

    path      the file on the server: named by the admin, or kept from an upload.
    mapping, meanings  what was said of columns and values before, see `ImportOptions`.
    chosen    column -> the field that was chosen for it, "" for none.
    before    column -> the field that it was taken for when the page was made.
    """

    path: str = ""
    source: str = ""
    date_order: str = ""
    encoding: str = ""
    name: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    meanings: Mapping[tuple[str, str], str] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, form: Mapping[str, str]) -> "Form":
        """Read a posted form."""
        numbers = [key.removeprefix("column-") for key in form if key.startswith("column-")]
        names = {number: form[f"column-{number}"] for number in numbers}
        mapping = {
            key.removeprefix("map-"): column
            for key, column in form.items()
            if key.startswith("map-")
        }
        meanings = {
            (key.split("-", 2)[1], key.split("-", 2)[2]): meaning
            for key, meaning in form.items()
            if key.startswith("value-") and key.count("-") > 1
        }
        return cls(
            path=form.get("path", "").strip(),
            source=form.get("source", "").strip(),
            date_order=form.get("date_order", ""),
            encoding=form.get("encoding", "").strip(),
            name=form.get("name", "").strip(),
            mapping=mapping,
            meanings=meanings,
            chosen={name: form.get(f"field-{number}", "") for number, name in names.items()},
            before={name: form.get(f"before-{number}", "") for number, name in names.items()},
        )

    @property
    def options(self) -> ImportOptions:
        """The same as an import takes it; what was chosen by hand goes before."""
        mapping = dict(self.mapping)
        for column, chosen in self.chosen.items():
            was = self.before.get(column, "")
            if chosen == was:
                continue
            if was and was not in self.chosen.values():
                mapping[was] = ""
            if chosen:
                mapping[chosen] = column
        return ImportOptions(
            mapping=mapping,
            meanings=self.meanings,
            source=self.source or "desk",
            date_order=DateOrder(self.date_order) if self.date_order in set(DateOrder) else None,
            encoding=self.encoding,
        )


@imports.get("/import")
def start() -> str:
    """The form that asks for a file."""
    return _page(Form())


@imports.post("/import")
def act() -> tuple[str, int]:
    """Show what the file would do; or save the mapping, or import it."""
    form = Form.read(request.form)
    try:
        return _acted(form, request.form.get("action", "preview")), 200
    except KbsearchError as problem:
        return _page(form, problem=problem), problem.http_status


def _acted(form: Form, action: str) -> str:
    uploaded = request.files.get("file")
    if uploaded is not None and uploaded.filename:
        kept = services().importing.keep(uploaded.filename, uploaded.stream)
        form = Form(str(kept), form.source, form.date_order, form.encoding, form.name)
    if not form.path:
        raise InputError("Choose a file, or name one that is on this computer.")
    options = form.options
    if action == "load" and form.name:
        options = services().importing.saved.load(form.name)
    if action == "save":
        services().importing.saved.save(form.name, options)
    if action == "import":
        return _import(form, options)
    preview = services().importing.preview([Path(form.path)], options)
    return _page(form, options, preview, saved=form.name if action == "save" else "")


def _import(form: Form, options: ImportOptions) -> str:
    report = services().importing.run([Path(form.path)], options)
    services().importing.drop(Path(form.path))
    return render_template("imported.html", report=report, said=_indexed())


def _indexed() -> str:
    """Bring the index up to date and say so."""
    try:
        services().indexing.refresh()
    except IndexMissing:
        return "The tickets are saved. To make them searchable, run: kbsearch reindex"
    except IndexBusy:
        return "The tickets are saved. They can be found when the index has taken them in."
    return "The tickets are saved, and can be found."


def _page(
    form: Form,
    options: ImportOptions | None = None,
    preview: ImportPreview | None = None,
    *,
    saved: str = "",
    problem: KbsearchError | None = None,
) -> str:
    return render_template(
        "import.html",
        form=form,
        options=options or replace(form, encoding="").options,
        preview=preview,
        columns=_columns(preview),
        saved=saved,
        problem=problem,
        names=services().importing.saved.names(),
        fields={name: FIELD_TABLE[name].label for name in IMPORTED},
        table=FIELD_TABLE,
        orders=list(DateOrder),
        small=preview is not None and preview.report.read <= MOST_ROWS,
    )


def _columns(preview: ImportPreview | None) -> Sequence[ColumnPreview]:
    """Return the columns of all files, each once."""
    files = preview.files if preview else ()
    return list({column.name: column for file in files for column in file.columns}.values())
