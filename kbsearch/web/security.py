"""Who may talk to this server while it has no accounts: the browser in front of it, no one else.

Loopback is no wall. Any page that the browser shows may send requests to 127.0.0.1, and a foreign
name may be made to resolve to it. So every request must name this computer as its host, and a
browser must say that one of our own pages sent it:

* `Host` other than this computer: 403. This stops names that were re-bound to the loopback.
* `Origin` other than ourselves: 403, whatever the method.
* `Sec-Fetch-Site` foreign: 403, except for a plain link that opens a page of ours.

That is also the protection of the form against requests forged elsewhere. A token would add
nothing: there is no session to tie it to, and every browser that still gets updates sends
`Origin` with a foreign POST. A program that is no browser sends neither header and passes.
"""

import re

from flask import Flask, Response, abort, request

from kbsearch.runtime.headers import HEADERS

OUR_HOST = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?", re.IGNORECASE | re.ASCII)


def protect(app: Flask) -> None:
    """Check every request to this application and harden every answer."""
    app.before_request(_check_host)
    app.before_request(_check_sender)
    app.after_request(_harden)


def _check_host() -> None:
    host = request.environ.get("HTTP_HOST", "")
    if not OUR_HOST.fullmatch(host):
        abort(403, "This server answers only to the name of this computer; open it as localhost.")


def _check_sender() -> None:
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "none")
    own = f"{request.scheme}://{request.environ['HTTP_HOST']}"
    # A form on a page that sends no referrer has the origin "null"; then the site decides.
    anonymous = origin == "null" and site == "same-origin"
    foreign_origin = origin is not None and origin.lower() != own.lower() and not anonymous
    foreign_site = site not in {"none", "same-origin"} and not _is_link()
    if foreign_origin or foreign_site:
        abort(403, "Another site sent this request, which is not allowed; open the search page.")


def _is_link() -> bool:
    return (
        request.method in {"GET", "HEAD"}
        and request.headers.get("Sec-Fetch-Mode") == "navigate"
        and request.headers.get("Sec-Fetch-Dest") == "document"
    )


def _harden(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    response.headers.setdefault("Cache-Control", "no-store")
    return response
