"""A plan as someone may read it, now or at a moment, with the names of what it holds as ids: for files and paper."""

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct

from daybook.projections.network import ReviewListed
from daybook.projections.outcomes_page import Lang
from daybook.projections.plan_tree import PlanTree, plan_tree
from daybook.projections.view import seen
from daybook.server.guard import NotFound, entered
from daybook.server.history import looking_back, room_at
from daybook.server.services import Services
from daybook.server.statements import statements, with_aims


class OpenPlan(Struct, frozen=True):
    """A plan as of a position of the log and a time. `team` tells whether the reader sees what the team sees.

    `outcomes` has the statement of each June Outcome that priorities may come from, in the reader's
    language, as it stood then;
    `reviews` has the day of each of the school's reviews.
    """

    tree: PlanTree
    position: int
    at: datetime
    team: bool
    school: str
    names: Mapping[str, str]
    outcomes: Mapping[str, str]
    reviews: Mapping[str, date]


async def open_plan(
    services: Services, plan: str, person: str, lang: Lang, moment: int | datetime | None = None
) -> OpenPlan:
    """Read a plan that this person may see. Raises NotFound for a moment at which it had not begun."""
    stream = f"plan:{plan}"
    room, position, audiences = await entered(stream, services, person)
    view, at = room.view, services.clock()
    if moment is not None:
        then, steps, position = await room_at(services.log, services.codec, stream, moment)
        audiences, view = looking_back(room, audiences, steps), then.view
        at = moment if isinstance(moment, datetime) else steps[-1].recorded.at if steps else at
    shown = seen(view, audiences)
    if "plan" not in shown:
        raise NotFound("This plan had not begun then. Choose a later moment.")
    tree = plan_tree(await with_aims(services, shown, moment))
    reviews = await services.stored.find(ReviewListed, (f"school:{tree.plan.school}",))
    return OpenPlan(
        tree=tree,
        position=position,
        at=at,
        team="team" in audiences,
        school=await services.stored.school_name(tree.plan.school),
        names=await services.identity.names(tree.people()),
        outcomes=await statements(services, tree.plan.outcomes, person, lang, moment),
        reviews={review.review: review.date for review in reviews},
    )
