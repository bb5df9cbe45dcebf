"""The Messenger port, keeping what was sent and failing on demand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from highlightbot.core.deliveries import MessageRef
from highlightbot.core.errors import DeliveryFailure, Undeliverable
from highlightbot.core.people import Person
from highlightbot.core.programmes import Programme
from highlightbot.core.reminders import ReminderKind
from highlightbot.core.reports import Report
from highlightbot.core.summaries import Edition


@dataclass(frozen=True)
class Sent:
    """One message that arrived: where, what it was, with which key."""

    conversation: str
    what: str
    key: str


@dataclass
class FakeMessenger:
    """``failures`` are raised by the next sends, in order, None for a send that succeeds.

    A failure in ``after_accepting`` is raised although the message arrived.
    """

    failures: list[DeliveryFailure | None] = field(default_factory=list)
    after_accepting: list[DeliveryFailure] = field(default_factory=list)
    can_look: bool = True
    sent: list[Sent] = field(default_factory=list)
    shown: dict[MessageRef, Edition] = field(default_factory=dict)

    def remind(
        self,
        person: Person,
        kind: ReminderKind,
        programme: Programme,
        reports: Sequence[Report],
        key: str,
    ) -> MessageRef:
        areas = ", ".join(report.area_name for report in reports)
        return self._accept(f"D-{person.external_id}", f"{kind}: {areas}", key)

    def post_summary(self, programme: Programme, edition: Edition, key: str) -> MessageRef:
        ref = self._accept(programme.channel or "", f"edition {edition.summary.edition}", key)
        self.shown[ref] = edition
        return ref

    def update_summary(self, posted: MessageRef, programme: Programme, edition: Edition) -> None:
        self._fail()
        self.shown[posted] = edition

    def thread_length(self, programme: Programme, edition: Edition) -> int:
        return len(edition.changed) or len(edition.summary.sections)

    def post_to_thread(
        self, posted: MessageRef, programme: Programme, edition: Edition, part: int, key: str
    ) -> MessageRef:
        if edition.changed:
            what = f"from {edition.changed[part - 1].area_name}"
        else:
            what = f"section {edition.summary.sections[part - 1].section.label}"
        return self._accept(posted.conversation, what, key)

    def find(
        self,
        key: str,
        since: datetime,
        *,
        person: Person | None = None,
        channel: str | None = None,
        thread: MessageRef | None = None,
    ) -> MessageRef | None:
        if not self.can_look:
            raise Undeliverable("may not look")
        for number, sent in enumerate(self.sent):
            if sent.key == key:
                return MessageRef(sent.conversation, str(number))
        return None

    @property
    def whats(self) -> list[str]:
        """What was sent, in order."""
        return [sent.what for sent in self.sent]

    def _accept(self, conversation: str, what: str, key: str) -> MessageRef:
        self._fail()
        self.sent.append(Sent(conversation, what, key))
        if self.after_accepting:
            raise self.after_accepting.pop(0)
        return MessageRef(conversation, str(len(self.sent) - 1))

    def _fail(self) -> None:
        failure = self.failures.pop(0) if self.failures else None
        if failure is not None:
            raise failure
