"""What someone may do with a plan as it stands: which buttons its page shows.

The rules decide it again with every command. `static/plan-can.js` says the same where scripts run.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from daybook.events.people import People

View = Mapping[str, Any]


class May(Struct, frozen=True):
    """Who someone is to a plan's school. `act` is false for those who only read."""

    lead: bool
    home: bool
    administer: bool
    member: bool
    family: bool
    team: bool
    act: bool


def may_of(people: People, person: str, school: str, *, team: bool) -> May:
    """Say who someone is to a school; `team` tells whether they are told what its team says."""
    lead, member = people.leads(person, school), people.works_at(person, school)
    administer = people.holds(person, "network-administrator")
    home = administer or people.holds(person, "network-leader", school)
    return May(
        lead=lead,
        home=home,
        administer=administer,
        member=member,
        family=any(
            one.kind == "family-action" and one.school == school and person in one.members
            for one in people.teams.values()
        ),
        team=team,
        act=lead or member or home or people.holds(person, "observer", school),
    )


def split(part: str) -> tuple[str, str]:
    """Return the kind of a part, and its id."""
    kind, _, name = part.partition(":")
    return kind, name


def part_of(passage: str) -> str:
    """Return the part that a passage belongs to; itself for one that belongs to no part."""
    kind, *rest = passage.split(":")
    if kind == "reflection":
        return f"priority:{rest[0]}"
    return f"{kind}:{rest[0]}" if len(rest) > 1 else passage


def parent_of(view: View, part: str) -> str:
    """Return what a part stands under, `plan` for a priority and for what is no part, such as a refinement."""
    kind, _ = split(part)
    match kind:
        case "strategy" if part in view:
            return f"priority:{view[part]['priority']}"
        case "action" | "measure" | "support" if part in view:
            return f"strategy:{view[part]['strategy']}"
        case _:
            return "plan"


def retired_at(view: View, part: str) -> str | None:
    """Return the part that keeps this one from being pursued: itself or one above; None while it is."""
    while part != "plan" and part in view:
        if view[part].get("retired_at"):
            return part
        part = parent_of(view, part)
    return None


class Rights(Struct, frozen=True):
    """What someone may do now. `free`: text and order may be changed; `late`: the last quarter began."""

    view: View
    may: May
    me: str
    open: bool
    draft: bool
    refining: str | None
    free: bool
    late: bool

    def is_mine(self, part: str) -> bool:
        """Tell whether I own a part, or one that it stands under."""
        while part in self.view and part != "plan":
            if self.view[part].get("owner") == self.me:
                return True
            part = parent_of(self.view, part)
        return False

    def _owns(self, part: str) -> bool:
        return part in self.view and self.view[part].get("owner") == self.me

    def _live(self, part: str = "plan") -> bool:
        return self.open and self.may.act and retired_at(self.view, part) is None

    def word(self, passage: str) -> bool:
        """Tell whether I may put a passage into words now."""
        kind, _ = split(passage)
        part = part_of(passage)
        if not self._live(part if kind != "reflection" else "plan"):
            return False
        match kind:
            case "refinement":
                return self.refining == split(part)[1] and (self.may.lead or self.may.member)
            case "reflection":
                return self.late and not self.draft and self.may.lead
            case "vision":
                return self.free and self.may.lead
            case "family":
                return self.free and (self.may.lead or self.may.family)
            case "action":
                return self.may.lead or self._owns(part)
            case "support":
                return self.may.lead or self.is_mine(parent_of(self.view, part))
            case _:
                return self.free and (self.may.lead or self._owns(part))

    def propose(self, passage: str) -> bool:
        """Tell whether I am offered to propose other words; leaders open a refinement instead."""
        if split(passage)[0] in ("refinement", "reflection"):
            return False
        return self.propose_under() and not self.word(passage)

    def propose_under(self) -> bool:
        """Tell whether I am offered to propose something new."""
        return self.open and self.may.act and not self.may.lead

    def shape(self, kind: str) -> bool:
        """Tell whether I may add, move, retire and restore parts of a kind."""
        return self._live() and self.may.lead and (self.free or kind in ("action", "support"))

    def work(self, part: str) -> bool:
        """Tell whether I may report, read and check in."""
        return self._live(part) and (self.may.lead or self.may.home or self.is_mine(part))

    def request(self, strategy: str) -> bool:
        """Tell whether I may ask for support with a strategy."""
        return self._live(strategy) and (self.may.lead or self._owns(strategy))

    def answer(self, support: str) -> bool:
        """Tell whether I may answer a request for support."""
        return self._live(support) and self.may.home

    def schedule(self, action: str) -> bool:
        """Tell whether I may set the day of an action step."""
        return self._live(action) and (self.may.lead or self._owns(action))

    def arrange(self, part: str) -> bool:
        """Tell whether I may set the owner or the funding of a part."""
        return self._live(part) and (self.may.home if part.startswith("support:") else self.may.lead)

    def agree(self) -> bool:
        """Tell whether I may agree to the refinement that is open."""
        return self._live() and self.refining is not None and (self.may.lead or self.may.member or self.may.home)

    def refine(self) -> bool:
        """Tell whether I may open and close refinements, and close the plan."""
        return self._live() and self.may.lead and not self.draft

    def erase(self) -> bool:
        """Tell whether I may erase words from the record."""
        return self.may.act and (self.may.lead or self.may.administer)


def rights_of(view: View, may: May, me: str, today: date) -> Rights:
    """Say what someone may do with a plan as it stands, on a day."""
    plan = view["plan"]
    is_open = plan["phase"] != "closed"
    free = is_open and (plan["phase"] == "draft" or plan["rewording"] == "any-time" or plan["refining"] is not None)
    late = today.isoformat() >= plan["quarters"][3]
    return Rights(view, may, me, is_open, plan["phase"] == "draft", plan["refining"], free, late)
