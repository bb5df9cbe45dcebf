"""The Messenger port, keeping what was sent and failing on demand."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from highlightbot.core.alarms import Alarm
from highlightbot.core.deliveries import MessageRef
from highlightbot.core.errors import DeliveryFailure, MessageGone, Undeliverable
from highlightbot.core.pacing import UNPACED, Pace
from highlightbot.core.people import Person
from highlightbot.core.programmes import Programme
from highlightbot.core.reminders import Reminder
from highlightbot.core.reports import Revision
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

    A failure in ``after_accepting`` is raised although the message arrived; what is in
    ``while_accepting`` happens during the next sends. Summaries in ``taken_away`` cannot be changed
    any more. ``changed`` holds what
    reminders were made to show, each by what it was sent as.
    """

    failures: list[DeliveryFailure | None] = field(default_factory=list)
    after_accepting: list[DeliveryFailure] = field(default_factory=list)
    while_accepting: list[Callable[[], object]] = field(default_factory=list)
    look_up_failures: list[DeliveryFailure] = field(default_factory=list)
    lost_channel: DeliveryFailure | None = None
    can_look: bool = True
    calls: int = 0
    sent: list[Sent] = field(default_factory=list)
    shown: dict[MessageRef, Edition] = field(default_factory=dict)
    taken_away: set[MessageRef] = field(default_factory=set)
    changed: list[tuple[str, str]] = field(default_factory=list)
    reminders: dict[MessageRef, Reminder] = field(default_factory=dict)
    alarms: dict[MessageRef, Alarm] = field(default_factory=dict)
    pace: Pace = UNPACED
    timeout: timedelta = timedelta(seconds=10)

    def remind(self, to: Reminder, key: str) -> MessageRef:
        kinds: dict[str, list[str]] = {}
        for due in to.due:
            kinds.setdefault(due.kind, []).append(due.report.area_name)
        what = "; ".join(f"{kind}: {', '.join(areas)}" for kind, areas in kinds.items())
        ref = self._accept(f"D-{to.person.external_id}", what, key)
        self.reminders[ref] = to
        return ref

    def update_reminder(self, sent: MessageRef, to: Reminder) -> None:
        self._fail()
        told = ", ".join(f"{due.report.area_name} {due.report.revision}" for due in to.due)
        self.changed.append((self.sent[int(sent.message)].what, told))
        self.reminders[sent] = to
        if self.after_accepting:
            raise self.after_accepting.pop(0)

    def alarm(self, person: Person, alarm: Alarm, key: str) -> MessageRef:
        ref = self._accept(f"D-{person.external_id}", type(alarm).__name__, key)
        self.alarms[ref] = alarm
        return ref

    def post_summary(self, programme: Programme, edition: Edition, key: str) -> MessageRef:
        self._fail_in_channel()
        ref = self._accept(programme.channel or "", f"edition {edition.summary.edition}", key)
        self.shown[ref] = edition
        return ref

    def update_summary(self, posted: MessageRef, programme: Programme, edition: Edition) -> None:
        self._fail_in_channel()
        self._fail()
        if posted in self.taken_away:
            raise MessageGone("Slack refuses: message_not_found")
        self.shown[posted] = edition

    def thread_length(self, programme: Programme, edition: Edition) -> int:
        return len(_news(edition)) or len(edition.summary.sections)

    def post_to_thread(
        self, posted: MessageRef, programme: Programme, edition: Edition, part: int, key: str
    ) -> MessageRef:
        if news := _news(edition):
            what = f"from {news[part - 1].area_name}"
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
        if self.look_up_failures:
            raise self.look_up_failures.pop(0)
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
        if self.while_accepting:
            self.while_accepting.pop(0)()
        self.sent.append(Sent(conversation, what, key))
        if self.after_accepting:
            raise self.after_accepting.pop(0)
        return MessageRef(conversation, str(len(self.sent) - 1))

    def _fail_in_channel(self) -> None:
        if self.lost_channel is not None:
            raise self.lost_channel

    def _fail(self) -> None:
        self.calls += 1
        failure = self.failures.pop(0) if self.failures else None
        if failure is not None:
            raise failure


def _news(edition: Edition) -> tuple[Revision, ...]:
    return () if edition.anew else edition.changed
