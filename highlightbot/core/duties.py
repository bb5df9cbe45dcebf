"""Who has what to do with a report that is missing."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from highlightbot.core.people import Person
from highlightbot.core.periods import instant
from highlightbot.core.programmes import Programme, ServiceArea
from highlightbot.core.reports import Report
from highlightbot.core.stages import Duty


def duties(programme: Programme, report: Report, now: datetime) -> Iterator[tuple[Person, Duty]]:
    """Who is to be reminded of the report, each with one duty or, if they coordinate, with two.

    Its author is the deputy to whom it was handed, else its leads. While all of these are away,
    the deputies who are there stand in for them; a report that was handed comes back to its leads
    where there are none.
    """
    if not report.is_owed or programme.is_paused(now):
        return
    area = programme.area(report.area_id)
    deputies = present(area.deputies, programme, now)
    leads = present(area.leads, programme, now)
    holder = present(_holder(area, report), programme, now)
    authors = holder or (deputies or leads if _holder(area, report) else leads or deputies)
    for person in authors:
        yield person, Duty.AUTHOR
    for person in deputies:
        if person not in authors:
            yield person, Duty.DEPUTY
    for person in present(programme.coordinators, programme, now):
        yield person, Duty.COORDINATOR


def present(people: tuple[Person, ...], programme: Programme, now: datetime) -> tuple[Person, ...]:
    """Those who are not away, by their own clocks."""
    return tuple(
        person
        for person in people
        if not person.is_away(now.astimezone(zone_of(person, programme)).date())
    )


def next_return(programme: Programme, report: Report, now: datetime) -> datetime | None:
    """When the first of those comes back who would be reminded of the report but are away."""
    area = programme.area(report.area_id)
    return min(
        (
            instant(person.away_until + timedelta(days=1), time(), zone_of(person, programme))
            for person in (*area.leads, *area.deputies, *programme.coordinators)
            if person.away_until is not None
            and not person.has_left
            and person.is_away(now.astimezone(zone_of(person, programme)).date())
        ),
        default=None,
    )


def zone_of(person: Person, programme: Programme) -> ZoneInfo:
    """Whose clock the person lives by."""
    return person.zone or programme.zone


def _holder(area: ServiceArea, report: Report) -> tuple[Person, ...]:
    """The deputy to whom it was handed, as long as they still write for the area."""
    handed = report.handed
    return tuple(one for one in area.deputies if handed and one.id == handed.to_id)
