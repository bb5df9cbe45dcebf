"""`setup`: a programme file becomes a programme."""

from collections.abc import Mapping
from pathlib import Path

from highlightbot.cli.workspaces import workspace_to_change
from highlightbot.core.declarations import DeclaredPerson, DeclaredProgramme
from highlightbot.core.errors import Problems
from highlightbot.core.people import Profile
from highlightbot.scheduling.clock import SystemClock
from highlightbot.settings import Settings
from highlightbot.slack.connection import connect
from highlightbot.slack.messenger import SlackDirectory
from highlightbot.wiring import read_programme, slack_client
from highlightbot.workflows.resolve_people import look_up
from highlightbot.workflows.set_up_programme import planned_changes, set_up_programme


def set_up(settings: Settings, file: Path, *, dry_run: bool) -> int:
    """Show what the file would change, and change it unless it is a dry run.

    Raises Problems with everything that is wrong with the file, people whom Slack does not know
    among it; nothing is applied then.
    """
    declared = read_programme(file)
    team_id, profiles = _ask_slack(settings, declared)
    with workspace_to_change(settings, team_id, dry_run=dry_run) as (database, workspace_id):
        now = SystemClock().now()
        changes = planned_changes(database, workspace_id, declared, now)
        if not changes:
            print(f"{declared.name} is set up like this already. Nothing changes.")
            return 0
        for change in changes:
            print(f"  {change}")
        if dry_run:
            print("A dry run: nothing was changed.")
            return 0
        set_up_programme(database, workspace_id, declared, profiles, now)
        print(f"Done: {declared.name} is set up.")
        if not settings.has_slack:
            print("No Slack token is set yet: people are looked up when the bot first connects.")
        return 0


def _ask_slack(
    settings: Settings, declared: DeclaredProgramme
) -> tuple[str | None, Mapping[DeclaredPerson, Profile | None]]:
    if not settings.has_slack:
        return None, {}
    client = slack_client(settings)
    connection = connect(client)
    profiles = look_up(SlackDirectory(client), declared.people)
    strangers = [
        f"{person}: nobody in the Slack workspace {connection.team} has this"
        f" {'address' if person.email else 'id'}. Correct it, or invite them first."
        for person, profile in profiles.items()
        if profile is None
    ]
    if strangers:
        raise Problems(strangers)
    return connection.team_id, profiles
