"""Slack's documented rates, as token buckets. https://docs.slack.dev/apis/web-api/rate-limits"""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

MOST_BUCKETS = 10_000


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` calls at once, and `a_minute` of them a minute in the long run."""

    a_minute: float
    burst: float


TIER_1, TIER_2, TIER_3, TIER_4 = (Rate(number, number) for number in (1, 20, 50, 100))
PER_CHANNEL = Rate(60, 1)
PER_WORKSPACE = Rate(300, 300)
"""`chat.postMessage`: one a second in a channel; "several hundred" a minute in a workspace."""
UNPUBLISHED = Rate(300, 300)
"""For methods whose special rate is not published."""

_METHODS: Mapping[Rate, str] = {
    TIER_1: "apps.connections.open",
    TIER_2: "chat.scheduleMessage conversations.archive conversations.close conversations.create "
    "conversations.list conversations.rename conversations.setPurpose conversations.setTopic "
    "conversations.unarchive dnd.teamInfo reactions.list reactions.remove users.list "
    "users.setPresence",
    TIER_3: "bots.info chat.delete chat.deleteScheduledMessage chat.scheduledMessages.list "
    "chat.update conversations.history conversations.info conversations.invite "
    "conversations.join conversations.kick conversations.leave conversations.mark "
    "conversations.open conversations.replies dnd.info files.delete files.list reactions.add "
    "reactions.get team.info users.conversations users.getPresence users.lookupByEmail",
    TIER_4: "api.test chat.postEphemeral conversations.members files.completeUploadExternal "
    "files.getUploadURLExternal files.info users.info users.profile.get views.open views.publish "
    "views.push views.update",
    UNPUBLISHED: "auth.test blocks.validate chat.getPermalink",
}
RATES: Mapping[str, Rate] = {
    name: rate for rate, names in _METHODS.items() for name in names.split()
}
"""Method -> its rate in a workspace, by the page of each at
https://docs.slack.dev/reference/methods"""


class RateLimits:
    """The buckets of one workspace. Real seconds, whatever the playground's clock says."""

    def __init__(self, stopwatch: Callable[[], float] = time.monotonic) -> None:
        self._stopwatch = stopwatch
        self._buckets: dict[tuple[str, str], _Bucket] = {}

    def take(self, method: str, arguments: Mapping[str, Any]) -> int:
        """Count one call; 0, or the whole seconds to wait if it comes too soon.

        A call that is refused takes nothing.
        """
        now = self._stopwatch()
        buckets = [self._bucket(key, rate, now) for key, rate in _rates_of(method, arguments)]
        wait = max(bucket.wait(now) for bucket in buckets)
        if wait > 0:
            return math.ceil(wait)
        for bucket in buckets:
            bucket.tokens -= 1
        return 0

    def _bucket(self, key: tuple[str, str], rate: Rate, now: float) -> "_Bucket":
        if key not in self._buckets:
            while len(self._buckets) >= MOST_BUCKETS:
                del self._buckets[next(iter(self._buckets))]
            self._buckets[key] = _Bucket(rate, rate.burst, now)
        return self._buckets[key]


@dataclass(slots=True)
class _Bucket:
    rate: Rate
    tokens: float
    filled_at: float

    def wait(self, now: float) -> float:
        """Fill up to `now`; the seconds until there is a token."""
        a_second = self.rate.a_minute / 60
        filled = self.tokens + (now - self.filled_at) * a_second
        self.tokens, self.filled_at = min(filled, self.rate.burst), now
        return max(0.0, (1 - self.tokens) / a_second)


def _rates_of(method: str, arguments: Mapping[str, Any]) -> list[tuple[tuple[str, str], Rate]]:
    if method == "chat.postMessage":
        channel = str(arguments.get("channel"))
        return [((method, channel), PER_CHANNEL), ((method, ""), PER_WORKSPACE)]
    return [((method, ""), RATES.get(method, TIER_3))]
