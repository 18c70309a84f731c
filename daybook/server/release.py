"""The release that this process serves, and the addresses of its files.

Pages name each static file under `/static/<release>/`, where it never changes, so that a page and the modules it runs
are always of one release: also when a page was kept on a device for weeks, or while a new release arrives. A changed
file shows when the process has started again.
"""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

WEB = Path(__file__).parent.parent / "web"
STATIC = WEB / "static"
_FOR_BROWSERS = {".css", ".js", ".png", ".svg", ".webmanifest"}


def _content() -> Iterator[bytes]:
    for path in sorted(WEB.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(WEB).as_posix().encode()
            yield hashlib.sha256(path.read_bytes()).digest()


RELEASE = hashlib.sha256(b"\0".join(_content())).hexdigest()[:12]
"""Another one whenever a file, a template or a translation is."""


def files() -> list[str]:
    """Return the addresses of all files that pages may ask for, in this release."""
    found = (path for path in sorted(STATIC.rglob("*")) if path.suffix in _FOR_BROWSERS)
    return [f"/static/{RELEASE}/{path.relative_to(STATIC).as_posix()}" for path in found]


class AddressedLoader(FileSystemLoader):
    """Reads templates, in which `/static/…` means that file of this release. What people typed is never looked at."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Put the release into the addresses that stand in a template."""
        source, path, is_current = super().get_source(environment, template)
        return source.replace('"/static/', f'"/static/{RELEASE}/'), path, is_current
