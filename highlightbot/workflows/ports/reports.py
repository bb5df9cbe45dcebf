"""Reports, and the summaries made of them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from highlightbot.core.deliveries import (
    MessageRef,
)
from highlightbot.core.reports import Answer, AnsweredSection, Report, Revision


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

    def newest_key(self, report_id: int) -> str:
        """The submission key of the newest revision of a report that has one."""
        ...

    def import_revision(
        self,
        report_id: int,
        *,
        author: str,
        sections: Sequence[AnsweredSection],
        now: datetime,
    ) -> None:
        """Store a revision of a report that is held.

        It makes no edition of a summary where the period is closed, or is not one that was opened.
        """
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

    def posted(self, period_id: int) -> tuple[MessageRef, int] | None:
        """Where the summary stands in its channel, and with which edition it came there."""
        ...

    def first_posted_at(self, period_id: int) -> datetime | None:
        """When the summary came to its channel for the first time."""
        ...

    def forget(self, period_id: int, posted: MessageRef) -> None:
        """The summary does not stand there any more."""
        ...
