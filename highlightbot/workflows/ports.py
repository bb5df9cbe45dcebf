"""What workflows need from outside.

A unit of work bundles the stores over one transaction. Stores never commit and return core
values. Every id that a store takes or gives is the database's own.
"""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Protocol

from highlightbot.core.declarations import DeclaredPerson, DeclaredProgramme
from highlightbot.core.deliveries import Delivery, DeliveryStatus, MessageRef, NewDelivery
from highlightbot.core.people import Account, Person, Profile, Reader
from highlightbot.core.periods import Period
from highlightbot.core.programmes import Programme, ServiceArea
from highlightbot.core.reminders import ReminderKind
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

    def newest_with_reports(self, programme_id: int) -> Period | None:
        """The newest period for which any report was submitted or imported."""
        ...


class Reports(Protocol):
    """Reports, their drafts and their revisions."""

    def get(self, report_id: int) -> Report | None:
        """One report with its draft; None if there is none of that id."""
        ...

    def of_period(self, period_id: int) -> list[Report]:
        """The reports of active areas, in the areas' order, with their drafts."""
        ...

    def open_for(self, person_id: int, now: datetime) -> list[Report]:
        """Reports that the person may write now, the oldest period first."""
        ...

    def ensure(self, period_id: int, area_id: int, template_id: int) -> int:
        """The id of the area's report for the period; made awaited if there is none."""
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
        """Copy the draft into a new revision; gives its number.

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
        """Store a revision from a document; False if this very one is stored already."""
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
    ) -> None:
        """Freeze what an edition holds."""
        ...

    def edition(self, period_id: int, edition: int) -> list[Revision]:
        """The revisions that an edition holds, in the areas' order."""
        ...

    def posted(self, period_id: int) -> MessageRef | None:
        """Where the summary stands in its channel: the first part 0 that was sent."""
        ...


class Deliveries(Protocol):
    """The delivery ledger."""

    def enqueue(self, delivery: NewDelivery, now: datetime) -> bool:
        """Add a row; False if its dedupe key is there already."""
        ...

    def claim(self, now: datetime, lease: timedelta) -> Delivery | None:
        """Take one due row with a lease and a fresh token, oldest first.

        A claimed row whose lease has run out comes back with ``was_unknown``.
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

    def unfinished(self, period_id: int, edition: int) -> int:
        """How many rows of an edition are neither sent, unneeded nor dead."""
        ...


class UnitOfWork(Protocol):
    """The stores over one transaction."""

    people: People
    programmes: Programmes
    periods: Periods
    reports: Reports
    summaries: Summaries
    deliveries: Deliveries


class Database(Protocol):
    """Opens units of work. Raises StorageFailure where the database cannot do it now."""

    def reading(self) -> AbstractContextManager[UnitOfWork]:
        """A consistent view; nothing may be written."""
        ...

    def writing(self) -> AbstractContextManager[UnitOfWork]:
        """Commits when the block is left, undoes everything when it is left by an exception."""
        ...


class Directory(Protocol):
    """Who is who on the platform. Raises DeliveryFailure where it cannot be reached."""

    def profile(self, person: DeclaredPerson) -> Profile | None:
        """Who has that e-mail address or id; None where there is nobody."""
        ...


class Messenger(Protocol):
    """Sends the program's messages on one platform.

    ``key`` travels invisibly with a message and finds it again. Raises the kinds of
    DeliveryFailure.
    """

    def remind(
        self,
        person: Person,
        kind: ReminderKind,
        programme: Programme,
        reports: Sequence[Report],
        key: str,
    ) -> MessageRef:
        """A direct message about the reports that the person still owes for one period."""
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
