"""What is long leaves the server packed, for those who can unpack it."""

import asyncio
import gzip
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response

_PACKED = 5  # of 9: beyond it gzip takes twice as long for a few hundredths less


async def packed(
    request: Request[Any, Any, Any],
    body: bytes,
    media_type: str,
    *,
    status: int = 200,
    headers: Mapping[str, str],
    vary: str = "accept-encoding",
) -> Response[Any]:
    """Answer with `body`, packed in a thread where the reader's browser unpacks it, as that takes long.

    Megabytes of much the same words become a twentieth. What is sent must hold no secret beside what a stranger can
    have said on the page, whose length would tell of it.
    """
    told = {**headers, "vary": vary}
    if "gzip" in request.headers.get("accept-encoding", ""):
        body = await asyncio.to_thread(gzip.compress, body, _PACKED)
        told["content-encoding"] = "gzip"
    return Response(body, status_code=status, headers=told, media_type=media_type)
