"""`doctor`: what is well, what is not, and what to do about it."""

from collections.abc import Iterator
from contextlib import closing

from highlightbot.core.errors import HighlightbotError, NothingStored
from highlightbot.core.programmes import Programme
from highlightbot.persistence import DatabaseCheck
from highlightbot.persistence import check as check_database
from highlightbot.settings import DEFAULT_PORT, Settings
from highlightbot.slack.checks import Finding, check_app_token, check_channel, check_workspace
from highlightbot.wiring import present_database, slack_client


def examine(settings: Settings) -> int:
    """Print every check; gives 1 if any is not well."""
    findings = list(_findings(settings))
    width = max(len(finding.subject) for finding in findings)
    for finding in findings:
        print(f"{'ok ' if finding.well else 'BAD'}  {finding.subject:{width}}  {finding.told}")
        if finding.advice and not finding.well:
            print(f"{'':{width + 5}}→ {finding.advice}")
    return 0 if all(finding.well for finding in findings) else 1


def _findings(settings: Settings) -> Iterator[Finding]:
    programmes: list[Programme] | None = None
    try:
        yield _database(check_database(settings.database_url))
        programmes = _programmes(settings)
    except NothingStored as error:
        yield Finding("database", False, str(error))
    except HighlightbotError as error:
        yield Finding("database", False, str(error), _SEE_GUIDE)
    if programmes == []:
        yield Finding("programmes", False, "none is set up", "Run python bot.py setup FILE.")
    yield Finding("monitoring", True, _monitoring(settings))
    if not settings.has_slack:
        yield Finding("Slack", True, "no tokens are set, so the playground is started")
        return
    client = slack_client(settings)
    connection, findings = check_workspace(client)
    yield from findings
    if settings.app_token:
        yield check_app_token(settings.app_token, settings.slack_api_url)
    if connection is not None:
        for programme in programmes or ():
            yield check_channel(client, programme)


_SEE_GUIDE = "See “When something is wrong” in docs/set-up-slack.md."


def _monitoring(settings: Settings) -> str:
    if settings.uses_socket_mode and settings.port is None:
        served = "no health or metrics, as PORT is not set"
    else:
        metrics = " and /metrics" if settings.shows_metrics else ", no /metrics without a token"
        served = f"/healthz, /readyz{metrics} at {settings.host}:{settings.port or DEFAULT_PORT}"
    return f"{served}; {'a' if settings.ping_url else 'no'} dead-man's switch"


def _database(found: DatabaseCheck) -> Finding:
    return Finding(
        "database",
        found.doubt is None,
        f"schema {found.revision}, {found.size:,} bytes, {found.engine}",
        found.doubt or "",
    )


def _programmes(settings: Settings) -> list[Programme]:
    with closing(present_database(settings)) as database, database.reading() as unit:
        return unit.programmes.all()
