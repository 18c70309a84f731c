"""A plan for other programs and on paper: an SPSA's table as CSV and workbook, the whole plan to print and as a PDF.

All of them take `at`, a position of the log or a time, and show the plan as it stood then; without it, as it is.
A plan of 200 strategies takes some 100 ms to write out, so that is done in threads: nobody else waits for it.
"""

import asyncio

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from daybook.server import press
from daybook.server.guard import Need, services_of, signed_in
from daybook.server.history import moment
from daybook.server.pages import Page, language_of, long_page
from daybook.server.paper_sizes import LETTER, paper_size, shown_pdf
from daybook.server.plan_document import plan_document
from daybook.server.plan_paper import TEMPLATE, paper_said
from daybook.server.plan_reading import OpenPlan, open_plan
from daybook.server.spsa_files import Spsa, spsa_csv, spsa_xlsx
from daybook.server.templates import Language, with_query

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attachment(content: bytes, media_type: str, name: str) -> Response[bytes]:
    """Answer with a file to keep, under a name of letters, digits, dots and hyphens."""
    return Response(content, media_type=media_type, headers={"content-disposition": f'attachment; filename="{name}"'})


@get("/plans/{plan:str}/spsa.csv", opt={"need": Need.PLAN})
async def csv_file(request: Page, plan: FromPath[str], at: FromQuery[str | None] = None) -> Response[bytes]:
    """Give the plan's goals in the shape of an SPSA as CSV."""
    lang = language_of(request)
    opened = await _opened(request, plan, at)
    made = await asyncio.to_thread(spsa_csv, _spsa(opened, lang))
    return attachment(made, "text/csv", f"{plan}-spsa-{lang}.csv")


@get("/plans/{plan:str}/spsa.xlsx", opt={"need": Need.PLAN})
async def xlsx_file(request: Page, plan: FromPath[str], at: FromQuery[str | None] = None) -> Response[bytes]:
    """Give the plan's goals in the shape of an SPSA as an Excel workbook."""
    lang = language_of(request)
    opened = await _opened(request, plan, at)
    made = await asyncio.to_thread(spsa_xlsx, _spsa(opened, lang), opened.position, opened.at)
    return attachment(made, _XLSX, f"{plan}-spsa-{lang}.xlsx")


@get("/plans/{plan:str}/print", opt={"need": Need.PLAN})
async def print_page(request: Page, plan: FromPath[str], at: FromQuery[str | None] = None) -> Response[bytes]:
    """Show the whole plan as one document to print."""
    lang = language_of(request)
    opened = await _opened(request, plan, at)

    def same(file: str) -> str:
        return with_query(f"/plans/{plan}/{file}", at=at, lang=lang)

    return await long_page(
        request,
        "plan_print.html",
        plan=plan,
        year=opened.tree.plan.year,
        document=await asyncio.to_thread(plan_document, opened, lang),
        pdf=same("pdf"),
        csv=same("spsa.csv"),
        xlsx=same("spsa.xlsx"),
    )


@get("/plans/{plan:str}/pdf", opt={"need": Need.PLAN})
async def pdf_file(
    request: Page, plan: FromPath[str], at: FromQuery[str | None] = None, paper: FromQuery[str] = LETTER
) -> Response[bytes]:
    """Give the whole plan as a tagged PDF, with page numbers in its table of contents."""
    size = paper_size(paper)
    opened = await _opened(request, plan, at)
    lang = language_of(request)
    said = await asyncio.to_thread(lambda: paper_said(plan_document(opened, lang), size))
    made = await press.pdf(TEMPLATE, said)
    return shown_pdf(made, f"plan-{plan}-{lang}.pdf")


async def _opened(request: Page, plan: str, at: str | None) -> OpenPlan:
    when = None if at is None else moment(at)
    return await open_plan(services_of(request), plan, signed_in(request).id, language_of(request), when)


def _spsa(opened: OpenPlan, lang: Language) -> Spsa:
    return Spsa(opened.tree, opened.school, opened.names, opened.outcomes, lang, opened.team)


ROUTES = [csv_file, xlsx_file, print_page, pdf_file]
