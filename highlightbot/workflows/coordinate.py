"""Do what a coordinator asks: told beforehand, done once, and kept."""

from datetime import datetime
from typing import assert_never

from highlightbot.core.coordination import CalendarChange, Foreseen, Managed
from highlightbot.core.errors import NotAllowed, Refusal, StaleDraft
from highlightbot.core.instructions import (
    ChaseArea,
    EndPeriod,
    ExcuseArea,
    ExpectArea,
    Instruction,
    MergePeriods,
    MoveCutOff,
    PauseProgramme,
    ResumeProgramme,
    parse_instruction,
)
from highlightbot.core.naming import find_by_name
from highlightbot.core.people import Account, Person
from highlightbot.core.programmes import Programme
from highlightbot.workflows.change_calendar import change_calendar, foresee_change
from highlightbot.workflows.chase_area import chase_area, foresee_chase
from highlightbot.workflows.excuse_area import excuse_area, foresee_excuse
from highlightbot.workflows.open_periods import read_calendar
from highlightbot.workflows.ports import Database, UnitOfWork

_NEWEST_CHANGES = 3


def coordinated_programmes(
    unit: UnitOfWork, workspace_id: int, account: Account
) -> list[Programme]:
    """The running programmes that the account's holder coordinates; NotAllowed if there is none."""
    person = unit.people.person(account)
    found = [
        programme
        for programme in unit.programmes.all(workspace_id)
        if programme.timetable is not None and _coordinates(programme, person)
    ]
    if not found:
        raise NotAllowed(
            "Only a coordinator of a programme can change its calendar, excuse an area or chase"
            " one, and you are none here. Ask a coordinator to do it, or to add you."
        )
    return found


def programmes_meant(
    unit: UnitOfWork, workspace_id: int, account: Account, words: str, now: datetime
) -> list[Programme]:
    """Of the programmes that the account's holder coordinates, those that the words can be about.

    Raises NotAllowed where they coordinate none, Refusal where the words cannot be read.
    """
    found = coordinated_programmes(unit, workspace_id, account)
    asked = parse_instruction(words, now.astimezone(found[0].zone).date())
    if not isinstance(asked, ExcuseArea | ExpectArea | ChaseArea):
        return found
    having = [
        programme
        for programme in found
        if find_by_name(asked.area, {one.name: one for one in programme.areas if not one.retired})
    ]
    return having or found


def managed(unit: UnitOfWork, account: Account, programme_id: int, now: datetime) -> Managed:
    """The programme as its coordinator manages it; NotAllowed for anybody else."""
    programme = unit.programmes.get(programme_id)
    _coordinator(unit, account, programme)
    if programme.timetable is None:
        raise Refusal(f"{programme.name} keeps past reports only: there is nothing to manage.")
    calendar = read_calendar(unit, programme, programme.timetable, now)
    return Managed(programme, calendar, tuple(unit.changes.newest(programme_id, _NEWEST_CHANGES)))


def foresee(
    unit: UnitOfWork, account: Account, programme_id: int, asked: Instruction, now: datetime
) -> Foreseen:
    """What the instruction would do now.

    Raises Refusal where it makes no sense, NotAllowed where the person does not coordinate the
    programme.
    """
    programme = unit.programmes.get(programme_id)
    _coordinator(unit, account, programme)
    return Foreseen(programme, asked, _told(unit, programme, asked, now))


def carry_out(
    database: Database,
    account: Account,
    programme_id: int,
    asked: Instruction,
    *,
    mark: str,
    change_key: str,
    now: datetime,
) -> Foreseen | None:
    """Do what was foreseen under that mark; None if the same ``change_key`` has done it before.

    Raises StaleDraft where the instruction would do something else by now, and as `foresee`.
    """
    with database.writing() as unit:
        programme = unit.programmes.hold(programme_id)
        person = _coordinator(unit, account, programme)
        if unit.changes.is_known(programme_id, change_key):
            return None
        foreseen = Foreseen(programme, asked, _told(unit, programme, asked, now))
        if foreseen.mark != mark:
            raise StaleDraft(
                "Something has changed since you looked at this. Look at it once more, and then"
                " confirm it."
            )
        change = CalendarChange(person.name, now, str(asked), foreseen.told)
        unit.changes.record(programme_id, person.id, change, change_key)
        _do(unit, programme, person, asked, now)
    return foreseen


def _told(
    unit: UnitOfWork, programme: Programme, asked: Instruction, now: datetime
) -> tuple[str, ...]:
    match asked:
        case MoveCutOff() | EndPeriod() | MergePeriods() | PauseProgramme() | ResumeProgramme():
            return foresee_change(unit, programme, asked, now)
        case ExcuseArea() | ExpectArea():
            return foresee_excuse(unit, programme, asked, now)
        case ChaseArea():
            return foresee_chase(unit, programme, asked, now)
        case _:
            assert_never(asked)


def _do(
    unit: UnitOfWork, programme: Programme, person: Person, asked: Instruction, now: datetime
) -> None:
    match asked:
        case MoveCutOff() | EndPeriod() | MergePeriods() | PauseProgramme() | ResumeProgramme():
            change_calendar(unit, programme, asked, now)
        case ExcuseArea() | ExpectArea():
            excuse_area(unit, programme, person, asked, now)
        case ChaseArea():
            chase_area(unit, programme, asked, now)
        case _:
            assert_never(asked)


def _coordinator(unit: UnitOfWork, account: Account, programme: Programme) -> Person:
    person = unit.people.person(account)
    if person is None or not _coordinates(programme, person):
        raise NotAllowed(f"Only a coordinator of {programme.name} can do that.")
    return person


def _coordinates(programme: Programme, person: Person | None) -> bool:
    return person is not None and any(one.id == person.id for one in programme.coordinators)
