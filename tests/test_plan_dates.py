"""A plan's days, and the calendar file that they become, read back."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar
from msgspec.structs import replace

from daybook.projections.plan_dates import PlanDate, owned_by, plan_dates
from daybook.projections.plan_entries import RefinementShown
from daybook.projections.plan_tree import plan_tree
from daybook.projections.view import Shown
from daybook.server.calendar_file import About, calendar_file
from daybook.server.live import Change
from daybook.server.templates import Language
from tests.paper_world import AUTUMN, TREE_PEOPLE, text, year

TAKEN = datetime(2026, 10, 14, 8, 0, tzinfo=UTC)


def day_of(at: datetime) -> date:
    return at.date()


def days(view: dict[str, Shown]) -> dict[str, PlanDate]:
    return {one.key: one for one in plan_dates(plan_tree(view), day_of)}


def changes(view: dict[str, Shown], **later: Change) -> dict[str, Change]:
    known = dict.fromkeys(view, Change(AUTUMN, 1))
    return known | {key.replace("__", ":"): change for key, change in later.items()}


def about(lang: Language = "en") -> About:
    return About("sample", "maple-plan", "Maple Street Elementary", 2026, lang, "https://daybook.example", TREE_PEOPLE)


def events(view: dict[str, Shown], lang: Language = "en", **later: Change) -> dict[str, Any]:
    content = calendar_file(plan_dates(plan_tree(view), day_of), changes(view, **later), about(lang))
    found = Calendar.from_ical(content)
    return {str(event["uid"]).partition(".")[0]: event for event in found.walk("VEVENT")}


# Which days


def test_actions_check_ins_quarters_and_the_end_have_their_day() -> None:
    assert {key: one.on for key, one in days(year()).items()} == {
        "action-books": date(2026, 9, 15),
        "action-train": date(2026, 11, 20),
        "check-in-aloud": date(2026, 10, 9) + timedelta(days=45),
        "check-in-groups": date(2026, 7, 1) + timedelta(days=45),
        "refinement-1": date(2026, 10, 1),
        "refinement-2": date(2027, 1, 1),
        "refinement-3": date(2027, 4, 1),
        "end": date(2027, 6, 30),
    }


def test_a_strategy_that_was_added_later_is_not_due_before_it_was_there() -> None:
    view = year()
    view["strategy:groups"] = replace(view["strategy:groups"], begun_at=AUTUMN)
    view["strategy:aloud"] = replace(view["strategy:aloud"], begun_at=AUTUMN)  # after its last check-in
    for key in ("check-in-groups", "check-in-aloud"):
        assert days(view)[key].on == AUTUMN.date() + timedelta(days=45), key


def test_the_plans_adoption_and_a_strategys_beginning_fall_on_the_readers_own_day() -> None:
    west = ZoneInfo("Pacific/Honolulu")
    night = datetime(2026, 10, 13, 5, 0, tzinfo=UTC)
    for key in ("plan", "strategy:groups"):
        view = year()
        view[key] = replace(view[key], **{"adopted_at" if key == "plan" else "begun_at": night})
        there, here = (
            {one.key: one.on for one in plan_dates(plan_tree(view), told_in)}["check-in-groups"]
            for told_in in (lambda at: at.astimezone(west).date(), day_of)
        )
        assert (there, here) == (date(2026, 11, 26), date(2026, 11, 27)), key


def test_days_are_in_order() -> None:
    found = [one.on for one in plan_dates(plan_tree(year()), day_of)]
    assert found == sorted(found)


def test_a_draft_and_a_closed_plan_ask_for_no_check_ins() -> None:
    for phase in ("draft", "closed"):
        view = year()
        view["plan"] = replace(view["plan"], phase=phase)
        assert not [key for key in days(view) if key.startswith("check-in")], phase


def test_a_strategy_that_is_done_needs_no_check_in() -> None:
    view = year()
    view["status:aloud"] = replace(view["status:aloud"], status="done")
    assert "check-in-aloud" not in days(view)


def test_what_has_no_day_or_is_retired_is_not_there() -> None:
    view = year()
    view["action:books"] = replace(view["action:books"], due=None)
    view["action:train"] = replace(view["action:train"], retired_at=AUTUMN)
    assert not [key for key in days(view) if key.startswith("action")]


def test_mine_are_what_i_own_and_what_concerns_everyone() -> None:
    found = owned_by(plan_dates(plan_tree(year()), day_of), "coach")
    assert {one.key for one in found} == {"action-train", "refinement-1", "refinement-2", "refinement-3", "end"}


# The file


def test_every_day_is_an_event_that_lasts_it() -> None:
    found = events(year())
    assert found.keys() == days(year()).keys()
    event = found["action-books"]
    assert event["uid"] == "action-books.maple-plan.sample@daybook"
    assert event.decoded("dtstart") == date(2026, 9, 15)
    assert event.decoded("dtend") == date(2026, 9, 16)
    assert event["summary"] == "Done: Buy 200 books"
    assert event["description"] == "Strategy: Read aloud\nOwner: Óscar Núñez\nStatus: done"
    assert event["url"] == "https://daybook.example/plans/maple-plan#action-books"
    assert event["status"] == "CONFIRMED"
    assert event["transp"] == "TRANSPARENT"


def test_the_calendar_has_a_name_and_says_when_to_ask_again() -> None:
    content = calendar_file(plan_dates(plan_tree(year()), day_of), changes(year()), about())
    calendar = Calendar.from_ical(content)
    assert calendar["name"] == "Maple Street Elementary, plan 2026–27"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H" in content
    assert calendar["version"] == "2.0"
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_a_change_raises_the_sequence_and_says_when() -> None:
    before = events(year())["action-train"]
    after = events(year(), action__train=Change(TAKEN, 3))["action-train"]
    assert (int(before["sequence"]), before.decoded("last-modified")) == (0, AUTUMN)
    assert (int(after["sequence"]), after.decoded("last-modified")) == (2, TAKEN)
    assert before["uid"] == after["uid"]


def test_a_quarter_that_was_refined_asks_for_nothing_more() -> None:
    view, closed = year(), AUTUMN + timedelta(days=9)
    view["refinement:s"] = RefinementShown("s", 2, "pat", AUTUMN, 15)
    found = events(view, refinement__q1=Change(closed, 2))
    assert found["refinement-1"]["summary"] == "Done: refinement of quarter 1"
    assert found["refinement-1"]["dtstamp"].dt == closed  # so that calendars take it in
    assert found["refinement-2"]["summary"] == "Quarter 2 is over: refine the plan"


def test_the_same_plan_gives_the_same_bytes() -> None:
    made = [calendar_file(plan_dates(plan_tree(year()), day_of), changes(year()), about()) for _ in range(2)]
    assert made[0] == made[1]


def test_spanish() -> None:
    found = events(year(), "es")
    assert found["check-in-aloud"]["summary"] == "Toca seguimiento: Read aloud"
    assert found["refinement-2"]["summary"] == "Terminó el trimestre 2: revisar el plan"
    assert found["action-train"]["description"] == "Estrategia: Read aloud\nResponsable: Grace Lee\nEstado: en marcha"


def test_nothing_that_is_typed_ends_a_line_or_begins_a_field() -> None:
    typed = "Ends; here, \\n\nBEGIN:VEVENT\nSUMMARY:forged\r\nATTENDEE:mailto:x@example.org"
    view = year() | text("action:books", typed)
    found = events(view)
    assert found.keys() == days(year()).keys()
    assert "attendee" not in found["action-books"]
    assert found["action-books"]["summary"].startswith("Done: Ends; here, \\n BEGIN:VEVENT SUMMARY:forged")


def test_a_long_text_is_cut_in_the_title_and_whole_in_the_description() -> None:
    view = year() | text("action:books", "Buy books. " * 50)
    event = events(view)["action-books"]
    assert len(event["summary"]) < 140
    assert ("Buy books. " * 50).strip() in event["description"]


def test_erased_words_are_not_told() -> None:
    assert events(year() | text("action:train", None))["action-train"]["summary"] == "Words that were erased"
