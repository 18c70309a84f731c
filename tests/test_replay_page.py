"""The replay's page without scripts: a moment, and the way to those around it, in the reader's language."""

import re
from html import unescape

import pytest

from tests.server_fixtures import CEDAR, MAPLE, Server

PAGE = f"/reviews/{CEDAR}/replay"


def page(server: Server, person: str = "reviewer-1", path: str = PAGE, **query: str) -> str:
    answer = server.client(person).get(path, params=query or None)  # an empty dictionary would take out what is in path
    assert answer.status_code == 200, answer.text
    return answer.text


def text(html: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", html).split()))


def link(html: str, words: str) -> str:
    [href] = re.findall(rf'<a [^>]*href="([^"]*)"[^>]*>{words}</a>', html)
    return unescape(href)


def said(html: str) -> str:
    [sentence] = re.findall(r'<p class="player-said">([^<]*)</p>', html)
    return unescape(sentence)


def test_it_begins_at_the_beginning(standing_demo: Server) -> None:
    html = page(standing_demo)
    assert said(html) == "Daniel Reyes scheduled a School Support Review for Tue 10 Feb 2026 with 8 focus indicators"
    assert re.search(r"\b1 of 117\b", text(html))
    assert ">One step back</a>" not in html


def test_links_lead_from_step_to_step_and_from_moment_to_moment(standing_demo: Server) -> None:
    html = page(standing_demo)
    html = page(standing_demo, path=link(html, "One step forward"))
    assert said(html) == "Ruth Lindqvist opened the review"
    html = page(standing_demo, path=link(html, "Next moment"))
    assert said(html) == "Ruth Lindqvist revealed the ratings of CI.1"
    html = page(standing_demo, path=link(html, "Next moment"))
    assert said(html) == "Ruth Lindqvist recorded the consensus on CI.1: level 3, Partial Implementation"
    assert "Why: Units are planned together in most grades" in text(html)
    html = page(standing_demo, path=link(html, "Previous moment"))
    html = page(standing_demo, path=link(html, "One step back"))
    assert said(html) == "Hannah Cole rated SL.2"


def test_it_shows_the_room_as_it_was(standing_demo: Server) -> None:
    html = page(standing_demo, at="100000")
    assert said(html) == "Ruth Lindqvist closed the review"
    assert "8 of 8 agreed" in text(html)
    before = page(standing_demo, path=link(html, "Previous moment"))
    assert "Open 8 of 8 agreed" in text(before)
    assert "<form" not in before.partition('<div id="room"')[2].partition("</main>")[0].partition("<dialog")[0]


def test_a_moment_is_asked_for_by_its_time_too(standing_demo: Server) -> None:
    assert said(page(standing_demo, at="2026-02-10T15:00:30Z")) == "Ruth Lindqvist opened the review"
    assert "scheduled a School" in said(page(standing_demo, at="2020-01-01T00:00:00Z"))


@pytest.mark.parametrize("at", ["", "yesterday", "2026-02-10T15:00:30", "-1", "9" * 30])
def test_a_moment_that_is_none_is_refused_in_a_sentence(standing_demo: Server, at: str) -> None:
    answer = standing_demo.ask("GET", PAGE, "reviewer-1", params={"at": at})
    assert answer.status_code == 400
    assert "Say " in text(answer.text)


def test_it_is_told_in_spanish(standing_demo: Server) -> None:
    html = page(standing_demo, at="100000", lang="es")
    assert said(html) == "Ruth Lindqvist cerró la revisión"
    assert "Recorrido del día" in text(html)
    assert "Consenso sobre SL.2" in text(html)


def test_a_review_that_goes_on_says_what_is_not_in_its_replay(demo: Server) -> None:
    demo.do("facilitator", "open-review", review=MAPLE)
    note = "The review is not closed."
    assert note in text(page(demo, "reviewer-1", f"/reviews/{MAPLE}/replay"))
    assert note not in text(page(demo))


def test_ways_lead_to_it(standing_demo: Server) -> None:
    assert link(page(standing_demo, path=f"/reviews/{CEDAR}"), "Replay the day") == PAGE
    assert f'href="{PAGE}"' in page(standing_demo, path="/")
    assert f'href="{PAGE}"' in page(standing_demo, "coach", "/schools/cedar")
