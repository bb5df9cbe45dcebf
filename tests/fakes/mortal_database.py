"""The Database port of a process that may be killed or stopped around any of its commits."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from enum import StrEnum

from highlightbot.workflows.ports import Database, UnitOfWork
from tests.fakes.unsteady_slack import Killed


class Mishap(StrEnum):
    """What happens to the process."""

    KILLED_BEFORE_COMMIT = "killed before the commit"
    KILLED_AFTER_COMMIT = "killed after the commit"
    STOPPED_AFTER_COMMIT = "stopped after the commit"


@dataclass(frozen=True)
class MortalDatabase:
    """Asks ``mishap`` at every commit; ``meanwhile`` is what others do while it is stopped."""

    database: Database
    mishap: Callable[[], Mishap | None]
    meanwhile: Callable[[], None]

    def reading(self) -> AbstractContextManager[UnitOfWork]:
        return self.database.reading()

    @contextmanager
    def writing(self) -> Iterator[UnitOfWork]:
        mishap = self.mishap()
        with self.database.writing() as unit:
            yield unit
            if mishap is Mishap.KILLED_BEFORE_COMMIT:
                raise Killed
        if mishap is Mishap.KILLED_AFTER_COMMIT:
            raise Killed
        if mishap is Mishap.STOPPED_AFTER_COMMIT:
            self.meanwhile()
