"""The guards of sending, and how each is taken away to see that its loss is found.

A guard is taken away in one process, by putting something else in its place. `SOAK_WITHOUT`
carries that over to the processes that a measure starts; nothing but a soak reads it.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import bindparam, exists, false, select
from sqlalchemy.sql.visitors import cloned_traverse

from highlightbot.core.deliveries import Delivery, DeliveryStatus
from highlightbot.core.periods import Period
from highlightbot.core.reports import Report, Revision
from highlightbot.persistence import deliveries as stored
from highlightbot.persistence.ledger import SqlLedger
from highlightbot.persistence.pacing import SqlPacing
from highlightbot.persistence.prepared import Prepared
from highlightbot.persistence.summaries import SqlSummaries
from highlightbot.persistence.tables import CLAIMED, deliveries
from highlightbot.playground.rate_limits import PER_WORKSPACE
from highlightbot.workflows import deliver, delivery_outcomes, publish_summaries, remind_authors
from highlightbot.workflows.ports import UnitOfWork
from highlightbot.workflows.reminder_delivery import ReminderMessage
from highlightbot.workflows.summary_delivery import SummaryMessage

Replace = Callable[[Any, str, object], None]
"""Puts a value in the place of an attribute, as `setattr` does."""

_WITHOUT = "SOAK_WITHOUT"


@dataclass(frozen=True, slots=True)
class Guard:
    """What keeps a promise, by a name that says what holds with it.

    ``found_by`` names the measure that must find it gone, at that ``size``, on those
    ``databases``; None where others guard the same and only the state machine of the suite finds a
    way around them all. ``drawn`` says that it finds this one.
    """

    name: str
    take_away: Callable[[Replace], object]
    found_by: str | None = None
    size: Mapping[str, int] = field(default_factory=dict)
    databases: tuple[str, ...] = ("sqlite", "postgresql")
    drawn: bool = False


def take_away(name: str) -> None:
    """Take a guard away in this process and in those that it starts; for good."""
    next(guard for guard in GUARDS if guard.name == name).take_away(setattr)
    os.environ[_WITHOUT] = name


def take_away_inherited() -> None:
    """Take away what the process that started this one is without."""
    if name := os.environ.get(_WITHOUT):
        take_away(name)


def _nothing_is_looked_up(put: Replace) -> None:
    put(ReminderMessage, "find", lambda *_: None)
    put(SummaryMessage, "find", lambda *_: None)


def _no_grace(put: Replace) -> None:
    put(delivery_outcomes, "GRACE", timedelta())
    put(stored, "GRACE", timedelta())


def _a_lapsed_claim_did_nothing(put: Replace) -> None:
    put(stored, "_LAPSE", stored._LAPSE.values(status="pending", was_unknown=False))


def _nothing_lapses(put: Replace) -> None:
    put(stored.SqlDeliveries, "has_stale", lambda *_: False)


def _what_lies_too_far_ahead_stays(put: Replace) -> None:
    run_out = deliveries.c.next_attempt_at <= bindparam("now")
    put(stored, "_HAS_LAPSED", select(exists().where(CLAIMED, run_out)))
    put(stored, "_IS_STRANDED", select(false()))


def _any_claim_may_finish(put: Replace) -> None:
    finish = stored.SqlDeliveries.finish

    def with_the_newest_token(
        self: stored.SqlDeliveries,
        delivery: Delivery,
        status: DeliveryStatus,
        now: datetime,
        **outcome: Any,
    ) -> bool:
        of_row = select(deliveries.c.token).where(deliveries.c.id == delivery.id)
        token = self._connection.execute(of_row).scalar_one()
        return finish(self, replace(delivery, token=token), status, now, **outcome)

    put(stored.SqlDeliveries, "finish", with_the_newest_token)


def _claims_do_not_lock(put: Replace) -> None:
    def unlock(one: Any) -> None:
        one._for_update_arg = None  # SQLAlchemy adds FOR UPDATE, but does not take it off

    unlocked = cloned_traverse(stored._CLAIM.statement, {}, {"select": unlock})
    put(stored, "_CLAIM", Prepared(unlocked))


def _later_editions_are_not_made(put: Replace) -> None:
    next_edition = publish_summaries._next_edition

    def only_the_first(unit: UnitOfWork, period: Period) -> tuple[int, list[Revision]] | None:
        upcoming = next_edition(unit, period)
        return upcoming if upcoming and upcoming[0] == 1 else None

    put(publish_summaries, "_next_edition", only_the_first)


GUARDS = (
    Guard(
        "it is looked up before it is sent again",
        _nothing_is_looked_up,
        "late landings",
        {"cases": 50},
        drawn=True,
    ),
    Guard(
        "the lookup waits for what is late",
        _no_grace,
        "late landings",
        {"cases": 50},
        drawn=True,
    ),
    Guard(
        "what a lapsed claim had in hand may have arrived",
        _a_lapsed_claim_did_nothing,
        "one summary",
        {"periods": 40},
        drawn=True,
    ),
    Guard(
        "a call ends before its lease",
        lambda put: put(deliver.Claim, "outlives", lambda *_: True),
        "one summary",
        {"periods": 200},
        drawn=True,
    ),
    Guard(
        "nobody calls inside of Retry-After",
        lambda put: put(SqlPacing, "close", lambda *_, **__: None),
        "unpaced",
        {"messages": 100},
        drawn=True,
    ),
    Guard(
        "a lane's rate is kept",
        lambda put: put(SqlPacing, "take", lambda *_: True),
        "paced",
        {"messages": 400, "spent": int(PER_WORKSPACE.burst)},
    ),
    Guard(
        "a reminder is one row a day",
        lambda put: put(
            remind_authors, "reminder_key", lambda person_id, day: f"reminder:{uuid4()}"
        ),
        drawn=True,
    ),
    Guard(
        "what is submitted is not owed",
        lambda put: put(Report, "is_owed", property(lambda _: True)),
        "one summary",
        {"periods": 10},
        drawn=True,
    ),
    Guard(
        "a posted summary is changed",
        lambda put: put(SqlSummaries, "posted", lambda *_: None),
        "late reports",
        {"spells": 5},
        drawn=True,
    ),
    Guard(
        "a summary is made anew until it holds what came in",
        _later_editions_are_not_made,
        "late reports",
        {"spells": 2},
    ),
    Guard(
        "an edition waits for the one before",
        lambda put: put(SqlLedger, "unfinished_editions", lambda *_: frozenset()),
        "late reports",
        {"spells": 20},
    ),
    Guard(
        "only the newest claim finishes a row",
        _any_claim_may_finish,
        "claims",
        {"claims": 1_500, "kills": 2, "holds": 15, "rate": 50},
    ),
    Guard(
        "two claims take different rows",
        _claims_do_not_lock,
        "claims",
        {"claims": 1_000, "kills": 2, "holds": 5},
        # SQLite lets one process write at a time, whatever the statement says.
        databases=("postgresql",),
    ),
    Guard(
        "what a process left is taken up",
        _nothing_lapses,
        "one summary",
        {"periods": 3},
    ),
    Guard(
        "a lease of before the clock was set back ends",
        _what_lies_too_far_ahead_stays,
        "clock changes",
        {"lived": 10, "zones": 10},
    ),
    Guard(
        "nothing is given up within a day",
        lambda put: put(delivery_outcomes, "GIVEN_UP_AFTER", timedelta()),
        "outages",
        {"outages": 2, "of_slack": 1},
    ),
)
