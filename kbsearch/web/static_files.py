"""Serve the files of the pages: compressed, and kept by browsers until they change."""

import gzip
import hashlib
import mimetypes
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask, Response, abort, request

STATIC_ADDRESS = "/static/<version>"
_KEPT = "public, max-age=31536000, immutable"
"""For a year: what changes gets another address."""


class _File(NamedTuple):
    mimetype: str | None
    plain: bytes
    compressed: bytes


class StaticFiles:
    """The files of a folder, read and compressed once.

    version  a part of their address that changes with any of them: the scripts import each other
             by relative address, so all of them change it together.
    """

    def __init__(self, folder: Path) -> None:
        """Read every file of the folder."""
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        self._files = {path.relative_to(folder).as_posix(): _read(path) for path in paths}
        digests = [hashlib.sha256(file.plain).hexdigest() for file in self._files.values()]
        listed = "\n".join((*self._files, *digests))
        self.version = hashlib.sha256(listed.encode()).hexdigest()[:16]

    def respond(self, version: str, filename: str) -> Response:
        """Answer a request for a file; 404 if it is not there, or not in this version."""
        file = self._files.get(filename)
        if file is None or version != self.version:
            abort(404)
        headers = {"Cache-Control": _KEPT, "Vary": "Accept-Encoding"}
        if request.accept_encodings.quality("gzip") <= 0:
            return Response(file.plain, mimetype=file.mimetype, headers=headers)
        headers["Content-Encoding"] = "gzip"
        return Response(file.compressed, mimetype=file.mimetype, headers=headers)


def serve_static(app: Flask) -> None:
    """Serve the static folder of this application, which has STATIC_ADDRESS, in Flask's place."""
    files = StaticFiles(Path(app.static_folder or ""))

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values["version"] = files.version

    app.view_functions["static"] = files.respond


def _read(path: Path) -> _File:
    plain = path.read_bytes()
    return _File(mimetypes.guess_type(path.name)[0], plain, gzip.compress(plain, mtime=0))
