"""June Outcomes on paper: the one page as a PDF, and whether it fits."""

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath, FromQuery

from daybook.projections.network import ReviewListed, RubricListed
from daybook.projections.outcomes_page import OutcomesPage, outcomes_page
from daybook.projections.view import seen
from daybook.server import press
from daybook.server.guard import Need, entered, services_of, signed_in
from daybook.server.outcomes_paper import TEMPLATE, Around, Fit, fit, page_said
from daybook.server.pages import Page, language_of, rubric_in
from daybook.server.paper_sizes import LETTER, paper_size, shown_pdf
from daybook.server.services import Services
from daybook.server.templates import Language
from daybook.server.zones import today


@get("/outcomes/{outcomes:str}/pdf", opt={"need": Need.OUTCOMES})
async def pdf_file(request: Page, outcomes: FromPath[str], paper: FromQuery[str] = LETTER) -> Response[bytes]:
    """Give the June Outcomes as one page, in English or Spanish, as a tagged PDF."""
    size, lang = paper_size(paper), language_of(request)
    read, around = await _read(services_of(request), outcomes, signed_in(request).id, lang)
    made = await press.pdf(TEMPLATE, page_said(read, around, size, today()))
    return shown_pdf(made, f"june-outcomes-{outcomes}-{lang}.pdf")


@get("/api/v1/outcomes/{outcomes:str}/fit", opt={"need": Need.OUTCOMES})
async def page_fit(request: Request[Any, Any, Any], outcomes: FromPath[str], paper: FromQuery[str] = LETTER) -> Fit:
    """Say whether the June Outcomes fit on one page, in the language of the answer, and if not, by how much."""
    size, lang = paper_size(paper), language_of(request)
    return await outcomes_fit(services_of(request), outcomes, signed_in(request).id, lang, paper=size, told_in=lang)


async def outcomes_fit(
    services: Services, outcomes: str, person: str, lang: Language, *, paper: str = "us-letter", told_in: Language
) -> Fit:
    """Say whether the June Outcomes, as this person may see them, fit on one page in a language, and tell it in one."""
    read, around = await _read(services, outcomes, person, lang)
    return await fit(read, around, paper, today(), told_in)


async def _read(services: Services, outcomes: str, person: str, lang: Language) -> tuple[OutcomesPage, Around]:
    """Read the page as this person may see it, and what it says that is not in its own view."""
    room, _, audiences = await entered(f"outcomes:{outcomes}", services, person)
    read = outcomes_page(seen(room.view, audiences), lang)
    rubric = await rubric_in(services, read.shown.rubric, lang)
    listed = {
        version.rubric: tuple(str(getattr(level, lang)) for level in version.levels)
        for version in await services.stored.find(RubricListed, ("list:rubrics",))
    }
    reviews = await services.stored.find(ReviewListed, (f"school:{read.shown.school}",))
    return read, Around(
        school=await services.stored.school_name(read.shown.school),
        names=await services.identity.names(read.people()),
        indicators={i["code"]: i["statement"] for system in rubric["systems"] for i in system["indicators"]},
        levels=tuple(rubric["levels"]),
        reviews={review.review: (review.date, listed[review.rubric]) for review in reviews if review.rubric in listed},
    )


ROUTES = [pdf_file, page_fit]
