"""Whom a person may know by name: themselves, and those who have a part where they see something."""

from daybook.projections.network import ReviewListed
from daybook.server.guard import reads_everything
from daybook.server.identity import Person
from daybook.server.pages import visible_schools
from daybook.server.services import Services


async def known_people(services: Services, me: Person) -> dict[str, str]:
    """Return names by id: all for whoever may read everything, else those of schools and reviews that `me` may see.

    It follows from roles and teams as they stand: nobody is looked for in the log, of which there are millions of
    lines. Who helps all schools is known to everybody who sees one.
    """
    await services.stored.catch_up()
    people, names = await services.door.people(), await services.identity.names()
    if reads_everything(people, me.id):
        return names
    schools = {school.school for school in await visible_schools(services, me)}
    reviews = [r for r in await services.stored.find(ReviewListed, ("list:reviews",)) if r.school in schools]
    known = people.with_a_part_at(schools).union({me.id}, *(review.team for review in reviews))
    return {id: name for id, name in names.items() if id in known}
