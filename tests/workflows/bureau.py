"""The office with several bots, as its coordinators change it."""

from dataclasses import dataclass
from datetime import datetime

from highlightbot.core.coordination import Foreseen
from highlightbot.core.instructions import parse_instruction
from highlightbot.core.periods import Period
from highlightbot.persistence import SqlDatabase
from highlightbot.workflows.coordinate import carry_out, foresee
from tests.fakes.messenger import FakeMessenger
from tests.workflows.office import Office, account
from tests.workflows.ticking import sent_at


@dataclass
class Bureau(Office):
    """The office, and as many bots on its database as there are replicas."""

    replicas: tuple[SqlDatabase, ...] = ()

    def foresee(self, words: str, now: datetime, who: str = "kim") -> Foreseen:
        asked = parse_instruction(words, now.date())
        with self.database.reading() as unit:
            return foresee(unit, account(who), self.programme_id, asked, now)

    def do(self, words: str, now: datetime, who: str = "kim") -> Foreseen | None:
        return self.confirm(self.foresee(words, now, who), now, who)

    def confirm(
        self,
        foreseen: Foreseen,
        now: datetime,
        who: str = "kim",
        database: SqlDatabase | None = None,
    ) -> Foreseen | None:
        """Have done what was foreseen, by the first bot or that with this database."""
        return carry_out(
            database or self.database,
            account(who),
            self.programme_id,
            foreseen.asked,
            mark=foreseen.mark,
            change_key=f"{foreseen.asked} {now}",
            now=now,
        )

    def periods(self, now: datetime) -> list[Period]:
        with self.database.reading() as unit:
            return [period for period, _ in unit.periods.calendar(self.programme_id, now)]

    def tick(self, messenger: FakeMessenger, now: datetime) -> list[tuple[str, str]]:
        """What is sent then: to whom, and of which kind."""
        return [
            (sent.conversation, sent.what.partition(":")[0])
            for sent in sent_at(self, messenger, now)
        ]
