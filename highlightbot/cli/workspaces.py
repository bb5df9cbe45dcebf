"""The workspace that a command works on."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from highlightbot.core.errors import NothingStored
from highlightbot.persistence import SqlDatabase
from highlightbot.settings import Settings
from highlightbot.wiring import PLATFORM, present_database, ready_database, workspace_in


@contextmanager
def present_workspace(
    settings: Settings, team_id: str | None = None
) -> Iterator[tuple[SqlDatabase, int]]:
    """The database as it is, and the id of its workspace.

    Raises Problems as `present_database` does, NothingStored also where there is no workspace.
    """
    with closing(present_database(settings)) as database:
        with database.reading() as unit:
            workspace_id = unit.people.known_workspace(PLATFORM, team_id)
        if workspace_id is None:
            raise NothingStored(["Nothing is set up in the database yet: run setup."])
        yield database, workspace_id


@contextmanager
def workspace_to_change(
    settings: Settings, team_id: str | None = None, *, dry_run: bool
) -> Iterator[tuple[SqlDatabase, int]]:
    """The database and the id of its workspace, both made where they are missing.

    A dry run makes and migrates nothing: where nothing is stored it gets an empty database that is
    thrown away.
    """
    with ExitStack() as stack:
        if not dry_run:
            found = stack.enter_context(_made(settings, team_id))
        else:
            try:
                found = stack.enter_context(present_workspace(settings, team_id))
            except NothingStored:
                empty = Path(stack.enter_context(TemporaryDirectory())) / "empty.db"
                thrown_away = replace(settings, database_url=f"sqlite:///{empty}")
                found = stack.enter_context(_made(thrown_away, team_id))
        yield found


@contextmanager
def _made(settings: Settings, team_id: str | None) -> Iterator[tuple[SqlDatabase, int]]:
    with closing(ready_database(settings)) as database:
        yield database, workspace_in(database, team_id)
