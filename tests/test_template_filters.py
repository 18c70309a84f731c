"""What templates call: glyphs, words, days, initials, queries, and colours that stand out."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest

from daybook.events.core import Sentence, stored_name
from daybook.events.outcomes_commands import OutcomesCommand
from daybook.events.people import Role, TeamKind
from daybook.events.plan_commands import PlanCommand
from daybook.events.review import ReviewRole, Source, Stance
from daybook.events.review_commands import ReviewCommand
from daybook.events.school import Grades
from daybook.server.templates import (
    LANGUAGES,
    WEB,
    by_day,
    clock,
    day,
    initials,
    long_day,
    name_of,
    plain_day,
    render,
    tell,
    translations,
    when,
    with_query,
)
from tests.template_pages import AFTERNOON, EVERYBODY, Page, line, school_context

pytest_plugins = ["tests.utc"]
pytestmark = pytest.mark.usefixtures("in_utc")


@pytest.mark.parametrize("levels", range(2, 8))
def test_a_glyph_is_filled_by_the_share_of_the_scale(levels: int) -> None:
    scale = [f"Level {n}" for n in range(1, levels + 1)]
    page = Page(render("school.html", "en", **EVERYBODY | school_context(1) | {"levels": scale, "others": []}))
    glyphs = [a["class"] for a in page.every("svg") if (a.get("class") or "").startswith("glyph level-")]
    assert glyphs[0] == "glyph level-1"
    assert glyphs[-1] == "glyph level-7"
    assert len(set(glyphs)) == levels
    shares = [(a["stroke-dasharray"], a["pathlength"]) for a in page.every("circle") if a["class"] == "glyph-share"]
    assert shares == [(f"{n} {levels}", f"{levels - 1}") for n in range(1, levels - 1)]


def test_each_word_that_is_stored_has_a_name_in_each_language() -> None:
    words: set[str] = set()
    for literal in (Role, ReviewRole, Source, Stance, TeamKind, Grades):
        words |= set(get_args(literal))
    for word in words | {"scheduled", "open", "closed", "insufficient-evidence", "abstain"}:
        english = name_of(word, "en")
        assert "-" not in english.removeprefix("self-").removeprefix("grade-")
        assert translations("es").gettext(english) == name_of(word, "es") != english or word == "auditor"
    assert name_of("maple", "es") == "maple"


def test_a_sentence_is_told_in_the_language_of_the_reader_with_names_for_ids() -> None:
    names = {"ana": "Ana Ruiz", "ben": "Ben Whitfield"}
    put = Sentence("{actor} put {person} on the team as {role}", {"person": "ben", "role": "reviewer"})
    assert tell(put, "ana", names, "en") == "Ana Ruiz put Ben Whitfield on the team as reviewer"
    assert tell(put, "ana", names, "es") == "Ana Ruiz puso a Ben Whitfield en el equipo como revisor/a"
    shown = Sentence(
        "{actor} revealed the ratings of {code}; without a rating: {people}", {"code": "CI.2", "people": "ben x"}
    )
    assert tell(shown, "gone", names, "en") == "gone revealed the ratings of CI.2; without a rating: Ben Whitfield, x"


def test_a_name_with_braces_is_only_a_name() -> None:
    assert tell(Sentence("{actor} opened the review", {}), "x", {"x": "{code}"}, "en") == "{code} opened the review"


def test_days_and_times_are_in_the_language_of_the_reader() -> None:
    assert day(AFTERNOON, "en") == "Tue 24 Nov 2026"
    assert day(date(2026, 11, 24), "es") == "mar 24 nov 2026"
    assert long_day(AFTERNOON, "en") == "Tuesday 24 November 2026"
    assert long_day(AFTERNOON, "es") == "martes 24 de noviembre de 2026"
    assert [re.sub(r"\s", " ", clock(AFTERNOON, lang)) for lang in LANGUAGES] == ["3:05 PM", "3:05 p.m."]


def test_an_instant_is_told_with_its_day_unless_that_is_today() -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    earlier = now - timedelta(days=400)
    for lang in LANGUAGES:
        assert when(now.isoformat(), lang) == clock(now, lang)
        assert when(earlier.isoformat(), lang) == f"{plain_day(earlier, lang)}, {clock(earlier, lang)}"
    assert plain_day(AFTERNOON, "en") == "24 Nov 2026"
    assert plain_day(AFTERNOON, "es") == "24 nov 2026"


def test_lines_are_grouped_by_day_in_their_order() -> None:
    lines = [line(AFTERNOON, 3), line(AFTERNOON - timedelta(hours=2), 2), line(AFTERNOON - timedelta(days=1), 1)]
    assert [(when, [one["position"] for one in those]) for when, those in by_day(lines)] == [
        (date(2026, 11, 24), [3, 2]),
        (date(2026, 11, 23), [1]),
    ]


@pytest.mark.parametrize(
    ("name", "short"),
    [("Ana Ruiz", "AR"), ("María José Fernández de Córdoba", "MC"), ("Cher", "C"), ("sam o’neil", "SO"), ("…", "?")],
)
def test_initials_are_of_the_first_and_the_last_name(name: str, short: str) -> None:
    assert initials(name) == short


def test_a_query_is_changed_in_place_and_emptied_by_none() -> None:
    assert with_query("/timeline?school=a b&before=7", before=None, person="ana") == "/timeline?school=a+b&person=ana"
    assert with_query("/timeline?before=7", before=None) == "/timeline"


def luminance(colour: str) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_stand_out_from_what_they_are_on(scheme: str) -> None:
    blocks = (WEB / "static/app.css").read_text(encoding="utf-8").split(":root {")
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", blocks[1 if scheme == "light" else 2].split("}")[0]))
    text = [(ink, on) for ink in ("ink", "muted", "accent", "refused", "done") for on in ("ground", "surface")]
    text += [("on-accent", "accent"), ("on-accent", "accent-deep"), ("accent-deep", "accent-wash")]
    text += [("refused", "refused-wash"), ("done", "done-wash"), ("muted", "sunken"), ("ground", "refused")]
    for ink, on in text:
        assert contrast(colours[ink], colours[on]) >= 4.5, (ink, on)
    for mark in ("edge", *(f"level-{n}" for n in range(2, 8))):
        assert contrast(colours[mark], colours["surface"]) >= 3, mark
        assert contrast(colours[mark], colours["ground"]) >= 3, mark
    depth = [luminance(colours[f"level-{n}"]) for n in range(1, 8)]
    assert depth == sorted(depth, reverse=scheme == "light")


def test_every_command_that_a_page_sends_is_told_in_words() -> None:
    told = re.findall(r'^  "([a-z-]+)": t\(', (WEB / "static/outbox-acts.js").read_text(encoding="utf-8"), re.M)
    streams = (ReviewCommand, OutcomesCommand, PlanCommand)
    sent = {stored_name(kind) for commands in streams for kind in get_args(commands)} - {"schedule-review"}
    assert sent == set(told)
