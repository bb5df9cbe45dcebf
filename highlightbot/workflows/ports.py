"""What workflows need from outside.

A unit of work bundles the stores over one transaction. Stores never commit and return core
values. Every id that a store takes or gives is the database's own.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Protocol

from highlightbot.core.alarms import Alarm
from highlightbot.core.coordination import CalendarChange
from highlightbot.core.declarations import DeclaredPerson, DeclaredProgramme
from highlightbot.core.deliveries import (
    Backlog,
    Delivery,
    DeliveryStatus,
    Lane,
    LedgerRow,
    MessageRef,
    NewDelivery,
    ReminderRow,
    SentReminder,
)
from highlightbot.core.duties import Reminder
from highlightbot.core.errors import DeliveryFailure
from highlightbot.core.pacing import Openings, Pace, Rate
from highlightbot.core.people import Account, Person, Profile, Reader
from highlightbot.core.periods import Period
from highlightbot.core.programmes import Pause, Programme, ServiceArea
from highlightbot.core.reports import Answer, AnsweredSection, Report, Revision
from highlightbot.core.summaries import Edition
from highlightbot.core.templates import Template


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class People(Protocol):
    """Workspaces and the people in them."""

    def workspace(self, platform: str, external_id: str | None = None) -> int:
        """The workspace's id; made or named on first use, which needs a writing unit.

        Without an ``external_id``: the only workspace of the platform, or one yet to be named.
        The first external id that is given names that one. Refusal where there are several.
        """
        ...

    def person(self, account: Account) -> Person | None:
        """Whose account it is, among the people whom programmes declare."""
        ...

    def get(self, person_id: int) -> Person:
        """One person."""
        ...

    def be_away(self, person_id: int, until: date | None) -> None:
        """Have the person away until the end of that day; None has them back."""
        ...

    def to_ask_about(self, workspace_id: int, before: datetime, limit: int) -> list[Person]:
        """Those with an account about whom the platform was not asked since then."""
        ...

    def asked_about(self, person_id: int, now: datetime, profile: Profile | None) -> None:
        """Take over what the platform tells of an account; None has the person left."""
        ...

    def reader_of(self, person_id: int) -> Reader:
        """What the person may read."""
        ...

    def writer(self, account: Account, area_id: int) -> Person | None:
        """Whose account it is, if they write for the area as lead or deputy."""
        ...

    def declare(self, workspace_id: int, person: DeclaredPerson, profile: Profile | None) -> int:
        """The id of the declared person, made or completed with what the platform tells."""
        ...

    def unresolved(self, workspace_id: int) -> list[Person]:
        """Those whom the platform has told nothing about yet: known by address or id alone."""
        ...

    def update_profile(self, person_id: int, profile: Profile) -> None:
        """Take over name, zone and platform id as the platform tells them."""
        ...

    def reader(self, account: Account) -> Reader:
        """What the account's holder may read; nothing for a stranger.

        Areas are those that they write for now, retired ones too.
        """
        ...


class Programmes(Protocol):
    """Programmes, their service areas and templates."""

    def all(self, workspace_id: int | None = None) -> list[Programme]:
        """Every programme with its areas (retired ones too) and people, in the order made."""
        ...

    def get(self, programme_id: int) -> Programme:
        """One programme."""
        ...

    def of_person(self, person_id: int) -> list[Programme]:
        """The programmes that the person writes for or coordinates.

        Each with the areas that they write for, or all of them if they coordinate it.
        """
        ...

    def hold(self, programme_id: int) -> Programme:
        """One programme, which nobody else holds or saves before this unit ends.

        Periods are opened, and documents imported, by who holds their programme.
        """
        ...

    def template(self, template_id: int) -> Template:
        """One template version."""
        ...

    def templates(self, workspace_id: int) -> list[Template]:
        """Every template version that the workspace has used."""
        ...

    def save_template(self, workspace_id: int, template: Template) -> int:
        """The template version's id; made on first use.

        Refusal if that key and version is stored with other sections.
        """
        ...

    def save(
        self, workspace_id: int, declared: DeclaredProgramme, people: "dict[DeclaredPerson, int]"
    ) -> int:
        """Make the stored programme equal to the declared one; areas left out are retired."""
        ...

    def save_archive(self, workspace_id: int, key: str, name: str) -> int:
        """A programme without a timetable, to keep imported documents; made on first use."""
        ...

    def add_area(self, programme_id: int, key: str, name: str, *, retired: bool) -> ServiceArea:
        """A new service area."""
        ...

    def with_periods_to_open(self, now: datetime) -> list[int]:
        """The ids of the programmes in which a period may have to be opened by now."""
        ...

    def wait_for_period(self, programme_id: int, until: datetime | None) -> None:
        """No period is to be opened before that instant, or ever; until the programme changes."""
        ...

    def pause(self, programme_id: int, pause: Pause | None) -> None:
        """Keep when a programme that is held rests; with None it does not."""
        ...


class Periods(Protocol):
    """Reporting periods."""

    def get(self, period_id: int) -> Period:
        """One period."""
        ...

    def open(
        self,
        programme: Programme,
        number: int,
        starts_on: date,
        ends_on: date,
        due_at: datetime,
        closes_at: datetime,
        now: datetime,
    ) -> Period:
        """Open a period: its template version and one awaited report an active area freeze here.

        If it is open already, that one. An imported period with the same bounds becomes it.
        """
        ...

    def archived(
        self,
        programme: Programme,
        template_id: int,
        starts_on: date,
        ends_on: date,
        due_at: datetime,
    ) -> Period:
        """The period with these bounds, made without number if the bot did not run it."""
        ...

    def last_number(self, programme_id: int) -> int | None:
        """The number of the newest period that was opened."""
        ...

    def collecting(self, now: datetime) -> list[Period]:
        """Opened periods that still take reports (``closes_at`` lies ahead), oldest first."""
        ...

    def awaiting_edition(self, now: datetime) -> list[Period]:
        """Opened periods past their cut-off that have news, oldest first.

        News is a newest revision of a report that the newest edition lacks, or that there is no
        edition yet.
        """
        ...

    def opened(self, programme_id: int) -> list[Period]:
        """The periods that the bot has run, newest first."""
        ...

    def calendar(self, programme_id: int, now: datetime) -> list[tuple[Period, bool]]:
        """The opened periods that still take reports and the newest one, oldest first.

        Each with whether its summary is out.
        """
        ...

    def reschedule(self, period: Period) -> bool:
        """Give an opened period of a held programme these dates and instants.

        False, and nothing written, where another period has exactly these dates.
        """
        ...

    def newest_with_reports(self, programme_id: int) -> Period | None:
        """The newest period for which any report was submitted or imported."""
        ...


class Reports(Protocol):
    """Reports, their drafts and their revisions."""

    def get(self, report_id: int) -> Report | None:
        """One report with its draft; None if there is none of that id."""
        ...

    def concerning(self, person_id: int, now: datetime) -> list[Report]:
        """Reports of open periods that the person writes, or coordinates, the oldest first.

        Those that they only coordinate once the cut-off has passed.
        """
        ...

    def hand(self, report_id: int, to: int | None, by: int | None, now: datetime) -> None:
        """Have it that the report was handed to that person, by that one; None takes it back."""
        ...

    def hold(self, report_id: int) -> Report | None:
        """As `get`, and nobody else holds the report before this unit ends.

        What is saved or submitted upon what was read is read so.
        """
        ...

    def of_period(self, period_id: int) -> list[Report]:
        """The reports of active areas, in the areas' order, with their drafts."""
        ...

    def open_for(self, person_id: int, now: datetime) -> list[Report]:
        """Reports that the person may write now, the oldest period first."""
        ...

    def excuse(self, report_id: int, by: int | None, now: datetime) -> None:
        """Have it that the person let the area off a report that is held; None takes it back."""
        ...

    def ensure(self, period_id: int, area_id: int, template_id: int) -> int:
        """The id of the area's report for the period, held; made awaited if there is none."""
        ...

    def save_answer(
        self,
        report_id: int,
        answer: Answer,
        expected_version: int | None,
        person_id: int,
        now: datetime,
    ) -> int:
        """Save one draft answer; gives its new version.

        StaleDraft if the stored version is another than ``expected_version`` (0: none yet), and
        says something else; None overwrites. To say the same again changes nothing.
        """
        ...

    def submit(
        self,
        report_id: int,
        *,
        submission_key: str,
        person_id: int,
        headline: str,
        now: datetime,
    ) -> int:
        """Copy the draft of a report that is held into a new revision; gives its number.

        A ``submission_key`` that the report has seen gives the number that it made then.
        """
        ...

    def import_revision(
        self,
        report_id: int,
        *,
        submission_key: str,
        author: str,
        sections: Sequence[AnsweredSection],
        now: datetime,
    ) -> bool:
        """Store a revision of a report that is held; False if this very one is stored already."""
        ...

    def newest_revisions(self, period_id: int) -> list[Revision]:
        """The newest revision of each area's report for the period, in the areas' order."""
        ...

    def newest_revision(self, area_id: int) -> Revision | None:
        """The newest revision of the area's newest period that has one."""
        ...

    def previous_answers(self, report: Report) -> list[AnsweredSection]:
        """What the area said in the newest earlier period that it reported for."""
        ...

    def history(self, area_ids: Collection[int]) -> list[Revision]:
        """The newest revision of every period of these areas, newest period first."""
        ...


class Summaries(Protocol):
    """Published editions."""

    def newest_edition(self, period_id: int) -> tuple[int, frozenset[int]]:
        """The newest edition's number and the ids of its revisions; (0, empty) before the first."""
        ...

    def add_edition(
        self, period_id: int, edition: int, revision_ids: Collection[int], now: datetime
    ) -> bool:
        """Freeze what an edition holds; False, and nothing written, if it is there already."""
        ...

    def edition(self, period_id: int, edition: int) -> list[Revision]:
        """The revisions that an edition holds, in the areas' order."""
        ...

    def posted(self, period_id: int) -> MessageRef | None:
        """Where the summary stands in its channel: the first part 0 that was sent."""
        ...


class CalendarChanges(Protocol):
    """What coordinators changed: who, when and what."""

    def is_known(self, programme_id: int, change_key: str) -> bool:
        """Whether that confirmation was carried out already."""
        ...

    def record(
        self, programme_id: int, person_id: int, change: CalendarChange, change_key: str
    ) -> None:
        """Keep a change of a programme that is held."""
        ...

    def newest(self, programme_id: int, most: int) -> list[CalendarChange]:
        """The newest changes, newest first."""
        ...


class Deliveries(Protocol):
    """The delivery ledger."""

    def enqueue(self, delivery: NewDelivery, now: datetime) -> bool:
        """Add a row; False if its dedupe key is there already."""
        ...

    def claim(
        self,
        now: datetime,
        lease: timedelta,
        lanes: Collection[Lane] = tuple(Lane),
        rest: timedelta = timedelta(),
    ) -> Delivery | None:
        """Take one due row of the lanes with a lease and a fresh token, oldest first.

        Not one to a place, a person or a programme's channel, to which another is on its way, or
        was sent less than ``rest`` ago.
        """
        ...

    def next_attempt_at(self) -> datetime | None:
        """When the next row can be claimed, at the earliest; None where there is none."""
        ...

    def has_stale(self, now: datetime, lease: timedelta) -> bool:
        """Whether `free_stale` has anything to do."""
        ...

    def free_stale(self, now: datetime, lease: timedelta) -> int:
        """Have what nobody will come back to looked up or tried after a grace; gives how many.

        That is what was claimed and whose lease has run out, and what waits longer than any
        lease or wait lasts, as the clock was set back.
        """
        ...

    def finish(
        self,
        delivery: Delivery,
        status: DeliveryStatus,
        now: datetime,
        *,
        ref: MessageRef | None = None,
        reason: str = "",
    ) -> bool:
        """Record a final outcome; False, and nothing written, if the token is no longer held."""
        ...

    def put_back(self, delivery: Delivery, until: datetime, *, unknown: bool, reason: str) -> bool:
        """Hand a row back, to be claimed from ``until`` on; False if the token is not held."""
        ...

    def hand_back(self, delivery: Delivery, until: datetime, *, reason: str) -> bool:
        """Put back a row as one that nobody has tried to send."""
        ...

    def waits_because(self, period_id: int, edition: int) -> str | None:
        """Why the edition's first message that is not sent waits; None if all are finished."""
        ...

    def untold_dead(self) -> Sequence[LedgerRow]:
        """Dead rows that are in no batch, without alarms."""
        ...

    def tell(self, ids: Collection[int], batch: int) -> int:
        """Put dead rows into a batch; gives how many were in none."""
        ...

    def told_in(self, batch: int) -> Sequence[LedgerRow]:
        """The rows of a batch that are still dead."""
        ...

    def ledger(self, states: Collection[DeliveryStatus], most: int) -> Sequence[LedgerRow]:
        """The newest rows in these states, newest first."""
        ...

    def row(self, row_id: int) -> LedgerRow | None:
        """One row."""
        ...

    def requeue(self, row_id: int, now: datetime, *, unknown: bool) -> bool:
        """Have a dead row tried anew, ``unknown``: looked up first; False if it is not dead."""
        ...

    def cancel(self, row_id: int, now: datetime) -> bool:
        """Have a row not sent any more; False if it is on its way or at its end."""
        ...

    def backlog(self, now: datetime) -> Backlog:
        """What is not finished at that instant."""
        ...

    def unfinished(self, period_id: int, edition: int) -> int:
        """How many rows of an edition are neither sent, unneeded nor dead."""
        ...


class Pacing(Protocol):
    """How fast the platform is asked, by all who share the database."""

    def openings(self, pace: Pace, now: datetime) -> Openings:
        """Where something can be sent, and when."""
        ...

    def take(self, lane: Lane, rate: Rate, now: datetime) -> bool:
        """Count one call; False, and nothing counted, if it comes too soon."""
        ...

    def give_back(self, lane: Lane, rate: Rate) -> None:
        """The call that was counted is not made."""
        ...

    def close(self, until: datetime, now: datetime, *, refused_since: datetime | None) -> None:
        """No lane can be used before then. ``refused_since``: the platform refuses the bot."""
        ...

    def open(self) -> None:
        """The platform accepts again."""
        ...


class Reminders(Protocol):
    """What reminders have told, and when it is to be seen again who is due one.

    A ``mark`` names a stage, as `core.reminders.Stage` has it, or a request.
    """

    def periods_to_look_at(self, now: datetime) -> list[int]:
        """The periods about which somebody may be due a reminder, the one that waits longest first.

        It costs the same however many periods there are of which none is due.
        """
        ...

    def hold(self, period_id: int, now: datetime) -> Period | None:
        """The period, held; None if it is not to be looked at any more, or somebody else does."""
        ...

    def look_again(self, period_id: int, at: datetime | None) -> None:
        """Have a held period looked at next at that instant; None never again."""
        ...

    def wake(
        self,
        *,
        period_id: int | None = None,
        programme_id: int | None = None,
        person_id: int | None = None,
    ) -> None:
        """Have the period, or the open ones of the programme or person, looked at at once.

        Whatever changes who is due what must call it.
        """
        ...

    def told(self, period_id: int) -> Collection[tuple[int, int, str]]:
        """What was told, or is in a message to be sent: person, report, mark."""
        ...

    def told_to(self, person_id: int, report_ids: Collection[int]) -> Mapping[tuple[int, str], int]:
        """In which row which mark of which report was, or is to be, told to the person."""
        ...

    def shown_in(self, delivery_id: int) -> list[tuple[int, str]]:
        """The reports and marks that a row tells."""
        ...

    def record(
        self,
        delivery_id: int,
        person_id: int,
        marks: Collection[tuple[int, str]],
        revisions: Mapping[int, int],
    ) -> None:
        """Keep that a row tells the marks of these reports; each is told once.

        ``revisions`` are those of the reports that its message shows.
        """
        ...

    def row_of(self, person_id: int, since: datetime, before: datetime) -> ReminderRow | None:
        """The person's reminder of that day: it was sent since, or is to be sent before then."""
        ...

    def join(self, key: str, at: datetime) -> int | None:
        """The id of a row that nobody has begun to send, held, brought forward to that instant."""
        ...

    def reopen(self, key: str, at: datetime, expires_at: datetime) -> bool:
        """Have a row that was found not to be needed sent after all; False if there is none."""
        ...

    def untold(self) -> list[tuple[int, int]]:
        """Reports with a revision that no message tells which shows them, and their periods."""
        ...

    def told_now(self, report_id: int) -> None:
        """Keep that the messages are being changed to tell of the report's newest revision."""
        ...

    def messages_about(self, report_id: int) -> list[SentReminder]:
        """The reminders that arrived and show the report."""
        ...

    def newest_change(self, person_id: int, key: str) -> int:
        """The number of the newest change of the message of that key; 0 where there is none."""
        ...

    def message(self, key: str) -> tuple[int, MessageRef] | None:
        """The row of that key and where its message arrived; None while it has not."""
        ...

    def history(self, report_ids: Collection[int]) -> list[tuple[int, str, datetime]]:
        """Who was last reminded when of each report, coordinators left out: report, name, when."""
        ...


class UnitOfWork(Protocol):
    """The stores over one transaction."""

    people: People
    programmes: Programmes
    periods: Periods
    reports: Reports
    summaries: Summaries
    changes: CalendarChanges
    deliveries: Deliveries
    reminders: Reminders
    pacing: Pacing


class Database(Protocol):
    """Opens units of work. Raises StorageFailure where the database cannot do it now."""

    def reading(self) -> AbstractContextManager[UnitOfWork]:
        """A consistent view; nothing may be written."""
        ...

    def writing(self) -> AbstractContextManager[UnitOfWork]:
        """Commits when the block is left, undoes everything when it is left by an exception.

        Other processes may write at the same time: what is read may have changed before the end,
        unless it is held.
        """
        ...


class Directory(Protocol):
    """Who is who on the platform. Raises DeliveryFailure where it cannot be reached."""

    def profile(self, person: DeclaredPerson) -> Profile | None:
        """Who has that e-mail address or id; None where there is nobody."""
        ...


class Watch(Protocol):
    """Is told what becomes of the ledger's rows, after it was stored. Quick, and never raises."""

    def claimed(self, delivery: Delivery, now: datetime) -> None:
        """The row was claimed, to be attempted now."""
        ...

    def ended(self, delivery: Delivery, status: DeliveryStatus) -> None:
        """The row came to its end."""
        ...

    def failed(self, delivery: Delivery, failure: DeliveryFailure) -> None:
        """An attempt failed; there will be another."""
        ...


class Messenger(Protocol):
    """Sends the program's messages on one platform.

    ``key`` travels invisibly with a message and finds it again. Raises the kinds of
    DeliveryFailure. No call takes longer than ``timeout``; ``pace`` is how fast the platform may
    be asked.
    """

    pace: Pace
    timeout: timedelta

    def remind(self, to: Reminder, key: str) -> MessageRef:
        """A direct message about all that is due to a person."""
        ...

    def update_reminder(self, sent: MessageRef, to: Reminder) -> None:
        """Make a reminder that was sent show how its reports stand now."""
        ...

    def post_summary(self, programme: Programme, edition: Edition, key: str) -> MessageRef:
        """The one message in the coordination channel."""
        ...

    def update_summary(self, posted: MessageRef, programme: Programme, edition: Edition) -> None:
        """Make the posted message show a later edition."""
        ...

    def thread_length(self, programme: Programme, edition: Edition) -> int:
        """How many messages the edition's text takes in the thread."""
        ...

    def post_to_thread(
        self, posted: MessageRef, programme: Programme, edition: Edition, part: int, key: str
    ) -> MessageRef:
        """One of the thread's messages, from 1."""
        ...

    def alarm(self, person: Person, alarm: Alarm, key: str) -> MessageRef:
        """A direct message to a coordinator about what does not arrive."""
        ...

    def find(
        self,
        key: str,
        since: datetime,
        *,
        person: Person | None = None,
        channel: str | None = None,
        thread: MessageRef | None = None,
    ) -> MessageRef | None:
        """Where a message with that key arrived, if it did.

        Undeliverable where the platform does not let the bot look.
        """
        ...


RingBell = Callable[[], None]
"""Makes the next tick happen at once."""
