"""Printing: PDF by Typst, from templates in `web/paper` and data. The one module that knows the typst library.

What people typed comes in as data, so no character of it means anything to Typst; and the compiler sees
the folder of the templates, the fonts that the library brings, and nothing else of this machine. Every
document is tagged and checked against PDF/UA-1 as it is made, and one that fails the check is an error. One at
a time is set, in a thread of its own, so that a long plan holds up other documents and no conversation.
"""

import asyncio
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import typst

from daybook.server.templates import WEB

_FOLDER = WEB / "paper"
_ONE_AT_A_TIME = ThreadPoolExecutor(1, thread_name_prefix="press")

Said = Mapping[str, Any]


async def pdf(template: str, said: Said) -> bytes:
    """Set a template of `web/paper` with data as a tagged PDF. A TypstError is a mistake of ours."""
    return await asyncio.get_running_loop().run_in_executor(_ONE_AT_A_TIME, set_now, template, said)


async def ask(template: str, label: str, said: Said) -> Any:
    """Lay a template out and return the metadata that it labels so, without making a document of it."""
    return await asyncio.get_running_loop().run_in_executor(_ONE_AT_A_TIME, ask_now, template, label, said)


def set_now(template: str, said: Said) -> bytes:
    """Do what `pdf` does, in this thread."""
    made = typst.compile(
        _FOLDER / template,
        root=_FOLDER,
        ignore_system_fonts=True,
        sys_inputs={"said": json.dumps(said)},
        pdf_standards=["ua-1"],
    )
    assert isinstance(made, bytes)
    return made


def ask_now(template: str, label: str, said: Said) -> Any:
    """Do what `ask` does, in this thread."""
    found = typst.query(
        _FOLDER / template,
        f"<{label}>",
        field="value",
        one=True,
        root=_FOLDER,
        ignore_system_fonts=True,
        sys_inputs={"said": json.dumps(said)},
    )
    return json.loads(found)
