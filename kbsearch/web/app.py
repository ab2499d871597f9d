"""The web application: the pages and the JSON API over one knowledge base."""

from typing import cast

from apiflask import APIFlask
from flask.json.provider import DefaultJSONProvider

from kbsearch import __version__
from kbsearch.api.addresses import ReferenceInPath
from kbsearch.api.failures import complete
from kbsearch.api.schemas import ErrorOut
from kbsearch.api.views import api
from kbsearch.resources import resource
from kbsearch.runtime.connections.limits import BODY_LIMIT
from kbsearch.runtime.per_process import attach
from kbsearch.settings import Settings
from kbsearch.web.calls import calls
from kbsearch.web.errors import handle_errors
from kbsearch.web.imports import imports
from kbsearch.web.masking import add_warning
from kbsearch.web.present import add_to_templates
from kbsearch.web.security import protect
from kbsearch.web.static_files import STATIC_ADDRESS, serve_static
from kbsearch.web.views import pages


def create_app(settings: Settings) -> APIFlask:
    """Return the application; it opens the knowledge base at the first request that needs it."""
    app = APIFlask(
        "kbsearch",
        title="kbsearch",
        version=__version__,
        spec_path="/api/v1/openapi.json",
        docs_path=None,  # APIFlask's pages for it load scripts from elsewhere
        json_errors=False,
        template_folder=str(resource("web/templates")),
        static_folder=str(resource("web/static")),
        static_url_path=STATIC_ADDRESS,
    )
    app.config.update(
        MAX_CONTENT_LENGTH=BODY_LIMIT,
        MAX_FORM_MEMORY_SIZE=BODY_LIMIT,
        VALIDATION_ERROR_STATUS_CODE=400,
        VALIDATION_ERROR_SCHEMA=ErrorOut,
        HTTP_ERROR_SCHEMA=ErrorOut,
    )
    json = cast(DefaultJSONProvider, app.json)
    json.sort_keys = False  # the schemas have the order in which a person would read it
    app.url_map.converters["reference"] = ReferenceInPath
    app.url_map.merge_slashes = False  # a reference may hold two of them
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    attach(app, settings)
    protect(app)
    serve_static(app)
    handle_errors(app)
    add_to_templates(app)
    add_warning(app)
    app.register_blueprint(pages)
    app.register_blueprint(calls)
    app.register_blueprint(imports)
    app.register_blueprint(api)
    app.spec_processor(complete)
    return app
