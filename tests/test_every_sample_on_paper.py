"""All plans and June Outcomes of the sample network on paper: what its people wrote and did can be set."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.server_fixtures import Server

NAMES = ("maple-2024", "cedar-2024", "olive-2024", "redwood-2024", "maple-2025")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_sample_year_goes_on_paper(standing_demo: Server, name: str, lang: str) -> None:
    june = standing_demo.ask("GET", f"/outcomes/{name}/pdf", "auditor", params={"lang": lang})
    assert len(PdfReader(BytesIO(june.content)).pages) == 1
    fit = standing_demo.ask("GET", f"/api/v1/outcomes/{name}/fit", "auditor", params={"lang": lang}).json()
    assert fit["fits"], fit["message"]
    plan = standing_demo.ask("GET", f"/plans/{name}/pdf", "auditor", params={"lang": lang})
    assert len(PdfReader(BytesIO(plan.content)).pages) > 3
    for file in ("print", "spsa.csv", "spsa.xlsx", "calendar"):
        answer = standing_demo.ask("GET", f"/plans/{name}/{file}", "auditor", params={"lang": lang})
        assert answer.status_code == 200, file
