"""Make the stored programme what its file declares, and say what changes."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from highlightbot.core.calendars import Calendar
from highlightbot.core.day_names import written
from highlightbot.core.declarations import DeclaredArea, DeclaredPerson, DeclaredProgramme
from highlightbot.core.people import Person, Profile, Role
from highlightbot.core.periods import format_bounds, format_instant
from highlightbot.core.programmes import Programme, ServiceArea, Timetable
from highlightbot.core.reminder_plan import ReminderKind, ReminderPlan, format_reminder_time
from highlightbot.core.templates import refuse_changed
from highlightbot.workflows.open_periods import open_periods
from highlightbot.workflows.ports import Database, UnitOfWork


def planned_changes(
    database: Database, workspace_id: int, declared: DeclaredProgramme, now: datetime
) -> list[str]:
    """One sentence a change that `set_up_programme` would make; empty if there is none.

    Raises Refusal where the template's version is stored with another title or other sections.
    """
    with database.reading() as unit:
        for used in unit.programmes.templates(workspace_id):
            refuse_changed(declared.template, used)
        stored = _stored(unit, workspace_id, declared.key)
        if stored is None:
            return list(_as_new(declared, now))
        template = unit.programmes.template(stored.template_id) if stored.template_id else None
        changes = list(_differences(stored, declared))
        if template != declared.template:
            changes.append(
                f"From the next period on, the template is {declared.template.title}"
                f" ({declared.template.key} {declared.template.version})."
            )
        return changes


def set_up_programme(
    database: Database,
    workspace_id: int,
    declared: DeclaredProgramme,
    profiles: Mapping[DeclaredPerson, Profile | None],
    now: datetime,
) -> int:
    """Store the declared programme, open its present period, give its id."""
    with database.writing() as unit:
        people = {
            person: unit.people.declare(workspace_id, person, profiles.get(person))
            for person in sorted(declared.people, key=str)
        }
        programme_id = unit.programmes.save(workspace_id, declared, people)
    open_periods(database, now)
    return programme_id


def _stored(unit: UnitOfWork, workspace_id: int, key: str) -> Programme | None:
    return next((one for one in unit.programmes.all(workspace_id) if one.key == key), None)


def _as_new(declared: DeclaredProgramme, now: datetime) -> Iterator[str]:
    timetable = declared.timetable
    yield f"New programme: {declared.name}, every {timetable.cadence}."
    yield f"Template: {declared.template.title} ({declared.template.version})."
    yield f"Reports are due {timetable.cut_off} ({timetable.zone})."
    first = next(Calendar(timetable, ()).coming(now.astimezone(timetable.zone).date()))
    due = format_instant(first.due_at, timetable.zone)
    yield f"Its first period is {format_bounds(first.starts_on, first.ends_on)}, due {due}."
    yield f"Summaries go to the channel {declared.channel}."
    yield f"Coordinators: {_named(declared.coordinators)}."
    for area in declared.areas:
        yield f"New service area: {area.name} ({_area_people(area)})."


def _differences(stored: Programme, declared: DeclaredProgramme) -> Iterator[str]:
    if stored.name != declared.name:
        yield f"The programme {stored.name} is now called {declared.name}."
    if stored.channel != declared.channel:
        yield f"Summaries go to the channel {declared.channel} instead of {stored.channel}."
    yield from _timetable_differences(stored.timetable, declared.timetable)
    if not _same_people(declared.coordinators, stored.coordinators):
        yield f"Coordinators: {_named(declared.coordinators)}."
    yield from _area_differences(stored, declared)


def _timetable_differences(stored: Timetable | None, declared: Timetable) -> Iterator[str]:
    if stored is None:
        yield f"It now runs every {declared.cadence}, due {declared.cut_off} ({declared.zone})."
        return
    if stored.cadence != declared.cadence:
        yield (
            f"A period now takes {declared.cadence} from {written(declared.cadence.anchor)}"
            " (from the next period on)."
        )
    if (stored.cut_off, stored.zone.key) != (declared.cut_off, declared.zone.key):
        yield f"Reports are due {declared.cut_off} ({declared.zone}), from the next period on."
    if stored.region != declared.region:
        yield f"Public holidays are those of {declared.region or 'nowhere'}."
    yield from _reminder_differences(stored.reminders, declared.reminders)


_REMINDED = {
    ReminderKind.PERIOD_ENDED: "Authors are told that a period has ended",
    ReminderKind.DUE_SOON: "Authors are told that the cut-off is near",
    ReminderKind.OVERDUE: "Authors are told that the cut-off has passed",
    ReminderKind.DEPUTY: "Deputies have their turn",
    ReminderKind.COORDINATOR: "Coordinators are told who is missing",
}


def _reminder_differences(stored: ReminderPlan, declared: ReminderPlan) -> Iterator[str]:
    for kind, told in _REMINDED.items():
        times = declared.times(kind)
        if times != stored.times(kind):
            moments = "; ".join(format_reminder_time(kind, one) for one in times)
            yield f"{told}: {moments or 'never'}."
    if stored.hours != declared.hours:
        hours = declared.hours
        yield f"People are written to from {hours.start:%H:%M} to {hours.end:%H:%M}."


def _area_differences(stored: Programme, declared: DeclaredProgramme) -> Iterator[str]:
    active = {area.key: area for area in stored.areas if not area.retired}
    by_name = {area.name: area for area in active.values()}
    before_now = list(active.values())
    kept: list[ServiceArea] = []
    for area in declared.areas:
        before = active.pop(area.key, None) or by_name.get(area.name)
        if before is None:
            yield f"New service area, from the next period on: {area.name} ({_area_people(area)})."
            continue
        active.pop(before.key, None)
        kept.append(before)
        if before.name != area.name:
            yield f"{before.name} is now called {area.name}."
        if not _same_authors(before, area):
            yield f"Authors of {area.name}: {_area_people(area)}."
    for left in active.values():
        yield f"{left.name} no longer reports; its past reports are kept."
    if kept != [area for area in before_now if area in kept]:
        yield f"The areas come in this order: {', '.join(area.name for area in declared.areas)}."


def _same_authors(before: ServiceArea, area: DeclaredArea) -> bool:
    return all(
        _same_people(
            tuple(author.person for author in area.authors if author.role is role),
            tuple(author.person for author in before.authors if author.role is role),
        )
        for role in Role
    )


def _same_people(declared: Sequence[DeclaredPerson], stored: Sequence[Person]) -> bool:
    """Whether they are the same, in the same order."""
    return len(declared) == len(stored) and all(map(_is, declared, stored))


def _is(declared: DeclaredPerson, person: Person) -> bool:
    if declared.email:
        return declared.email.casefold() == (person.email or "").casefold()
    return declared.external_id == person.external_id


def _named(people: tuple[DeclaredPerson, ...]) -> str:
    return ", ".join(str(person) for person in people)


def _area_people(area: DeclaredArea) -> str:
    leads = _named(tuple(one.person for one in area.authors if one.role is Role.LEAD))
    deputies = _named(tuple(one.person for one in area.authors if one.role is Role.DEPUTY))
    return f"lead {leads}" + (f", deputy {deputies}" if deputies else "")
