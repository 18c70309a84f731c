"""The sizes of paper that documents are set on, and how a PDF is answered."""

from collections.abc import Mapping

from litestar import Response

from daybook.server.door import Malformed

LETTER = "letter"
_SIZES: Mapping[str, str] = {LETTER: "us-letter", "a4": "a4"}


def paper_size(paper: str) -> str:
    """Return a size as the press knows it. Raises Malformed for others than letter and a4."""
    if paper not in _SIZES:
        raise Malformed("Say which paper: letter or a4.")
    return _SIZES[paper]


def shown_pdf(content: bytes, name: str) -> Response[bytes]:
    """Answer with a PDF that the browser shows, and keeps under this name."""
    return Response(
        content, media_type="application/pdf", headers={"content-disposition": f'inline; filename="{name}"'}
    )
