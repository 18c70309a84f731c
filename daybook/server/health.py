"""Whether this process is alive, and whether it can answer: for those who watch over it, and their programs."""

import asyncio
from typing import Any

from litestar import MediaType, Request, get

from daybook.server.guard import Need, services_of
from daybook.server.log import LogUnavailable

_ANSWERS_WITHIN = 3.0  # seconds; whoever asks waits a little longer than that


@get("/health/live", opt={"need": Need.NOTHING}, media_type=MediaType.TEXT)
async def alive() -> str:
    """Say that the process runs."""
    return "alive"


@get("/health/ready", opt={"need": Need.NOTHING}, media_type=MediaType.TEXT)
async def ready(request: Request[Any, Any, Any]) -> str:
    """Say that the database answers; 503 when it does not."""
    try:
        async with asyncio.timeout(_ANSWERS_WITHIN):
            await services_of(request).log.head()
    except TimeoutError as error:
        raise LogUnavailable("the database is not answering") from error
    return "ready"


ROUTES = [alive, ready]
