"""What a device needs to go on without a network: files, the service worker, the page it falls back on, the outbox.

The script is tiny and names the release, so that it changes with it: that is how a browser learns of a new one.
"""

import json

from litestar import MediaType, Response, Router, get
from litestar.datastructures import CacheControlHeader
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.static_files import create_static_files_router

from daybook.server.guard import NOTHING_HERE, Need, NotFound
from daybook.server.pages import Page, page
from daybook.server.release import RELEASE, STATIC, files
from daybook.server.templates import LANGUAGES, render

_A_YEAR = 31_536_000


def _script() -> str:
    release = {"release": RELEASE, "files": files(), "fallbacks": {lang: f"/offline/{lang}" for lang in LANGUAGES}}
    return f'import {{ begin }} from "/static/{RELEASE}/worker.js";\n\nbegin({json.dumps(release, indent=1)});\n'


@get("/service-worker.js", opt={"need": Need.NOTHING}, media_type="text/javascript", sync_to_thread=False)
def service_worker() -> str:
    """Return the service worker, whose scope is the whole site."""
    return _script()


@get("/offline/{lang:str}", opt={"need": Need.NOTHING}, sync_to_thread=False)
def offline(lang: FromPath[str]) -> Response[str]:
    """Say that there is no connection. Kept on every device and drawn for nobody, so nothing personal is in it."""
    language = next((known for known in LANGUAGES if known == lang), None)
    if language is None:
        raise NotFound(NOTHING_HERE)
    html = render("offline.html", language, me=None, path=f"/offline/{lang}", demo=False)
    return Response(html, media_type=MediaType.HTML)


@get("/outbox", opt={"need": Need.VISITOR})
async def outbox(request: Page) -> Response[str]:
    """Show what this device holds that was not received or not accepted; scripts fill it from the device."""
    return page(request, "outbox.html")


def _files(path: str, name: str, control: CacheControlHeader) -> Router:
    return create_static_files_router(path, [STATIC], name=name, cache_control=control, opt={"need": Need.NOTHING})


ROUTES: list[HTTPRouteHandler | Router] = [
    service_worker,
    offline,
    outbox,
    _files(f"/static/{RELEASE}", "release", CacheControlHeader(max_age=_A_YEAR, public=True, immutable=True)),
    # By their plain names, as the manifest says them, files are those of the moment.
    _files("/static", "static", CacheControlHeader(no_cache=True)),
]
