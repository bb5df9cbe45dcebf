"""What the bot sends as time passes."""

from datetime import UTC, datetime, time

from highlightbot.workflows.do_what_is_due import do_what_is_due
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger, Sent
from tests.workflows.office import COORDINATORS_TURN, DAY, LAST_DAY, Office

LOOKED_AT = (time(8, 59), *(time(hour) for hour in range(9, 18)), time(18, 30))


def sent_at(office: Office, messenger: FakeMessenger, now: datetime) -> list[Sent]:
    """Everything that is sent then."""
    before = len(messenger.sent)
    do_what_is_due(office.database, messenger, FakeClock(now))
    return messenger.sent[before:]


def tick(office: Office, messenger: FakeMessenger, now: datetime) -> list[tuple[str, str]]:
    """What reminders are sent then: to whom, and what they tell."""
    return [
        (sent.conversation.removeprefix("D-U-").lower(), sent.what)
        for sent in sent_at(office, messenger, now)
        if sent.conversation.startswith("D-")
    ]


def live_through(
    office: Office,
    messenger: FakeMessenger,
    start: datetime = LAST_DAY - DAY,
    end: datetime = COORDINATORS_TURN + 3 * DAY,
) -> list[tuple[datetime, str, str]]:
    """All reminders that are sent, looked at on the hour and at both ends of the working day."""
    days = range((end.date() - start.date()).days + 1)
    looks = (datetime.combine(start + day * DAY, at, UTC) for day in days for at in LOOKED_AT)
    return [
        (now, who, what)
        for now in looks
        if start <= now < end
        for who, what in tick(office, messenger, now)
    ]
