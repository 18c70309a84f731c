"""Figures about this process for Prometheus. Each worker process answers for itself."""

from typing import Any

from litestar import Request, Response, get
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, generate_latest

from daybook.server.guard import Need, services_of

_registry = CollectorRegistry()
commands = Counter("daybook_commands", "Commands by how they were answered.", ["status"], registry=_registry)
_sockets = Gauge("daybook_sockets", "Open live sockets.", registry=_registry)
_deliveries = Gauge("daybook_deliveries", "Patches put into outboxes since the start.", registry=_registry)
_head = Gauge("daybook_log_position", "The last position of the log.", registry=_registry)
_behind = Gauge("daybook_views_behind", "Events that the stored views have not taken in yet.", registry=_registry)


@get("/metrics", opt={"need": Need.METRICS}, include_in_schema=False)
async def metrics(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Return the figures in the text format of Prometheus."""
    services = services_of(request)
    head, stored = await services.log.head(), await services.stored.position()
    _head.set(head)
    _behind.set(max(0, head - stored))
    _sockets.set(len(services.hub.sockets))
    _deliveries.set(services.hub.deliveries)
    return Response(generate_latest(_registry), headers={"content-type": CONTENT_TYPE_LATEST})
