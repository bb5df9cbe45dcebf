"""The workspace that the page's tests look at."""

from dataclasses import dataclass
from datetime import UTC, datetime

from highlightbot.playground.delivery import ACK_WITHIN
from highlightbot.playground.local_slack import (
    AppProfile,
    Conversation,
    LocalSlack,
    MovableClock,
    User,
    create_slack,
)
from highlightbot.playground.page.screen import viewpoint
from highlightbot.playground.page.viewpoint import Viewpoint

ASHA = User("U0ASHA", "asha", "Asha Example", email="asha@example.org")
BEN = User("U0BEN", "ben", "Ben Sample", email="ben@example.org", tz="America/New_York")
APP = AppProfile(commands=("/report",), scopes=AppProfile().scopes | {"files:read"})
START = datetime(2020, 6, 19, 8, 0, tzinfo=UTC)
CUT_OFF = datetime(2020, 6, 23, 11, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Office:
    """A running playground with the sample app connected to it."""

    slack: LocalSlack
    url: str


def new_slack(ack_within: float = ACK_WITHIN) -> LocalSlack:
    """Two people and the app in one channel, at nine o'clock on the period's last day."""
    clock = MovableClock(real_time=lambda: START.timestamp())
    people = frozenset({ASHA.id, BEN.id})
    channels = [
        Conversation("C0COORD", "coordination", members=people | {APP.bot_user_id}),
        Conversation("C0TEA", "tea", members=people),
    ]
    return create_slack(
        people=[ASHA, BEN], channels=channels, app=APP, clock=clock, ack_within=ack_within
    )


def seen_by_asha() -> Viewpoint:
    """What Asha sees by."""
    return viewpoint(new_slack(), ASHA.id)
