"""The description of the JSON routes in OpenAPI 3.1 (spec.openapis.org/oas/v3.1.1).

Routes, parameters and answers come from the handlers; every command that can be sent, from the types
that decode it. The pages and their forms are for people and are not described.
"""

from functools import cache
from typing import Any, get_args

import msgspec
from litestar import Litestar
from litestar.openapi import OpenAPIConfig
from litestar.routes import HTTPRoute

from daybook import __version__
from daybook.events.core import stored_name
from daybook.events.streams import AnyCommand
from daybook.projections import network, network_plans, outcomes_entries, passages, plan_entries, room, rubric
from daybook.projections.view import Shown
from daybook.server import api, compare_page, health, outcomes_files
from daybook.server.guard import COOKIE, Need
from daybook.server.outcomes_paper import Fit

_REF = "#/components/schemas/{name}"
_ANSWERS = (api.Accepted, api.Declined, api.ViewAt, api.History, api.News, api.CloudEvent, Fit, compare_page.Comparison)
_LISTED: tuple[type[Shown], ...] = (
    network.SchoolListed,
    network.ReviewListed,
    network.StandingRating,
    network_plans.PlanListed,
    network_plans.OutcomesListed,
)

ENTRIES: tuple[type[Shown], ...] = (
    room.ReviewShown,
    room.MemberShown,
    room.IndicatorShown,
    room.RatedShown,
    room.RatingShown,
    room.LateShown,
    room.EvidenceShown,
    room.FiguresShown,
    room.ConsensusShown,
    rubric.RubricShown,
    rubric.SystemShown,
    rubric.IndicatorText,
    passages.TextShown,
    *plan_entries.ENTRIES,
    *outcomes_entries.ENTRIES,
)
"""Every kind of entry that the view of a stream that can be watched, or a patch, can carry."""

_ABOUT = """\
Commands go in, views and history come out. Sign in with the form at `/sign-in` (in demo mode at \
`/demo/sign-in`); its answer sets the cookie that makes a request yours. Programs send no `Origin`; \
what a browser sends from another site's page is refused. A request that says whose it is, by id in the \
header `Daybook-Person`, is answered with 401 when somebody else is signed in.

Every answer with a status of 400 or more is `{"status": …, "message": …}`, and the message is a \
sentence for people, in English or Spanish: as `?lang=es` says, or else the cookie `lang`, or else \
`Accept-Language`. What happens is told live by WebSocket at `/live/v1`: see `/asyncapi.json`.
"""
_ERRORS = {
    400: "It cannot be read, or says something that cannot be.",
    401: "Nobody is signed in, or the session has ended.",
    403: "This is not open to whoever asks.",
    404: "There is no such stream.",
    409: "A rule refuses it, or its id was used for another command.",
    413: "It is larger than 1 MiB.",
    415: "It was not sent as JSON.",
    503: "The database is away. Sending it again later, with the same id, is safe.",
}
_ERRORS_BY_NEED = {
    Need.NOTHING: (400, 503),
    Need.SIGNED_IN: (400, 401, 503),
    Need.PLAN: (400, 401, 403, 404, 503),
    Need.STREAM: (400, 401, 403, 404, 503),
    Need.WATCH: (400, 401, 403, 404, 503),
    Need.OUTCOMES: (400, 401, 403, 404, 503),
    Need.READ_EVERYTHING: (400, 401, 403, 503),
}
_ERRORS_OF_COMMANDS = (400, 401, 403, 409, 413, 415, 503)


@cache
def openapi_document() -> dict[str, Any]:
    """Return the whole description."""
    config = OpenAPIConfig(title="Daybook", version=__version__, description=_ABOUT, use_handler_docstrings=True)
    handlers = [*api.ROUTES, outcomes_files.page_fit, compare_page.compare_json, *health.ROUTES]
    described = Litestar(route_handlers=handlers, openapi_config=config)
    document: dict[str, Any] = described.openapi_schema.to_schema()
    document["components"] = {
        "schemas": _schemas(),
        "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": COOKIE}},
    }
    for route in described.routes:
        if isinstance(route, HTTPRoute) and route.path_format in document["paths"]:
            for handler in route.route_handlers:
                for method in handler.http_methods & {"GET", "POST"}:
                    operation = document["paths"][route.path_format][method.lower()]
                    _complete(operation, handler.opt["need"])
    post = document["paths"]["/api/v1/commands"]["post"]
    post["responses"] |= {str(status): _error(status) for status in _ERRORS_OF_COMMANDS}
    post["requestBody"] = {"required": True, "content": {"application/json": {"schema": _SENT}}}
    return document


def _complete(operation: dict[str, Any], need: Need) -> None:
    operation["responses"] |= {str(status): _error(status) for status in _ERRORS_BY_NEED[need]}
    operation["security"] = [] if need is Need.NOTHING else [{"session": []}]


def _error(status: int) -> dict[str, Any]:
    schema = {"$ref": _REF.format(name="Declined")}
    return {"description": _ERRORS[status], "content": {"application/json": {"schema": schema}}}


_SENT = {
    "anyOf": [
        {"$ref": _REF.format(name="Command")},
        {
            "type": "array",
            "description": "Carried out in order; each is answered for itself.",
            "items": {"$ref": _REF.format(name="Command")},
            "minItems": 1,
            "maxItems": api.MOST_COMMANDS,
        },
    ]
}


def _schemas() -> dict[str, Any]:
    _, schemas = msgspec.json.schema_components((*_ANSWERS, *ENTRIES, *_LISTED), ref_template=_REF)
    schemas.pop("Shown", None)
    entry = {"anyOf": [{"$ref": _REF.format(name=kind.__name__)} for kind in (*ENTRIES, *_LISTED)]}
    schemas["Entry"] = entry | {"description": "One entry of a view."}
    shown = {"$ref": _REF.format(name="Entry")}
    schemas["ViewAt"]["properties"]["view"]["additionalProperties"] = shown
    for patched in ("Patched", "Remembered"):
        schemas[patched]["properties"]["patch"]["additionalProperties"] = {"anyOf": [shown, {"type": "null"}]}
    return schemas | _commands()


def _commands() -> dict[str, Any]:
    """Describe each command by its envelope and by its data, and `Command` as one of the envelopes."""
    kinds: tuple[type[AnyCommand], ...] = get_args(AnyCommand)
    _, schemas = msgspec.json.schema_components(kinds, ref_template=_REF)
    mapping = {}
    for kind in kinds:
        name, sent_as = kind.__name__, f"Send{kind.__name__}"
        data = schemas[name]
        del data["properties"]["type"]  # it stands beside the data
        data["required"] = [field for field in data["required"] if field != "type"]
        mapping[stored_name(kind)] = _REF.format(name=sent_as)
        schemas[sent_as] = {
            "type": "object",
            "title": stored_name(kind),
            "description": data.get("description", ""),
            "required": ["id", "type", "data"],
            "additionalProperties": False,
            "properties": {
                "id": {"type": "string", "format": "uuid", "description": "Made by the sender, once for each command."},
                "type": {"const": stored_name(kind)},
                "data": {"$ref": _REF.format(name=name)},
                "after": {
                    "anyOf": [{"type": "string", "format": "uuid"}, {"type": "null"}],
                    "description": "The id of a command that this one builds on and must not come before.",
                },
            },
        }
    schemas["Command"] = {
        "oneOf": [{"$ref": ref} for ref in mapping.values()],
        "discriminator": {"propertyName": "type", "mapping": mapping},
    }
    return schemas
