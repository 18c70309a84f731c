"""The descriptions of what the server speaks: AsyncAPI 3 for the live protocol, and OpenAPI, made in `openapi.py`.

Both are generated from the types that decode and encode the real messages.
"""

from functools import cache
from typing import Any

import msgspec
from litestar import get

from daybook.server import protocol
from daybook.server.guard import Need
from daybook.server.openapi import ENTRIES, openapi_document

_REF = "#/components/schemas/{name}"

FROM_CLIENT: tuple[type[protocol.FromClient], ...] = (protocol.Hello, protocol.Signal, protocol.Ping)
FROM_SERVER: tuple[type[protocol.FromServer], ...] = (
    protocol.Welcome,
    protocol.Snapshot,
    protocol.PatchFrame,
    protocol.Patches,
    protocol.Presence,
    protocol.Resync,
    protocol.Pong,
    protocol.Bye,
)
_CLOSE_CODES = (
    "4400 bad message, 4401 sign in, 4403 not allowed, 4408 too slow (connect again and resume), "
    "4409 reload the page, 1012 restart (connect again after a short random wait)"
)


@cache
def asyncapi_document() -> dict[str, Any]:
    """Describe the live protocol in AsyncAPI 3.0 (asyncapi.com/docs/reference/specification/v3.0.0)."""
    described = (*FROM_CLIENT, *FROM_SERVER, *ENTRIES)
    _, schemas = msgspec.json.schema_components(described, ref_template=_REF)
    entry = {"oneOf": [{"$ref": _REF.format(name=kind.__name__)} for kind in ENTRIES]}
    for name, places in (("Snapshot", ("view",)), ("PatchFrame", ("patch",)), ("Patched", ("patch",))):
        for place in places:
            nullable = {"anyOf": [entry, {"type": "null"}]} if place == "patch" else entry
            schemas[name]["properties"][place]["additionalProperties"] = nullable
    schemas.pop("Shown", None)
    messages = {
        kind.__name__: {
            "name": kind.__struct_config__.tag,
            "contentType": "application/json",
            "summary": (kind.__doc__ or "").strip().splitlines()[0],
            "payload": {"$ref": _REF.format(name=kind.__name__)},
        }
        for kind in (*FROM_CLIENT, *FROM_SERVER)
    }

    def operation(action: str, kinds: tuple[type, ...]) -> dict[str, Any]:
        return {
            "action": action,
            "channel": {"$ref": "#/channels/live"},
            "messages": [{"$ref": f"#/channels/live/messages/{kind.__name__}"} for kind in kinds],
        }

    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Daybook live protocol",
            "version": protocol.SUBPROTOCOL,
            "description": f"WebSocket with the subprotocol {protocol.SUBPROTOCOL}. Close codes: {_CLOSE_CODES}.",
        },
        "defaultContentType": "application/json",
        "channels": {
            "live": {
                "address": "/live/v1",
                "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in messages},
                "bindings": {"ws": {"method": "GET"}},
            }
        },
        "operations": {
            "receiveFromClient": operation("receive", FROM_CLIENT),
            "sendToClient": operation("send", FROM_SERVER),
        },
        "components": {"messages": messages, "schemas": schemas},
    }


@get("/asyncapi.json", opt={"need": Need.NOTHING}, include_in_schema=False, sync_to_thread=False)
def asyncapi() -> dict[str, Any]:
    """Return the description of the live protocol."""
    return asyncapi_document()


@get("/openapi.json", opt={"need": Need.NOTHING}, include_in_schema=False, sync_to_thread=False)
def openapi() -> dict[str, Any]:
    """Return the description of the JSON routes."""
    return openapi_document()
