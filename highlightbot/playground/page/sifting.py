"""Which entries of the log somebody looks for."""

import json
from collections.abc import Iterable

from highlightbot.playground.local_slack import LogEntry


def sifted(
    entries: Iterable[LogEntry], *, words: str = "", kind: str = "", only: str = ""
) -> list[LogEntry]:
    """The entries of this `kind` that hold `words`; blank asks for nothing.

    `only` is `bad` for those where something was wrong, `violating` for broken rules of Slack.
    """
    sought = words.casefold()
    return [
        one
        for one in entries
        if kind in ("", one.kind)
        and (only != "bad" or one.went_wrong)
        and (only != "violating" or one.violations)
        and (not sought or sought in _text(one).casefold())
    ]


def _text(entry: LogEntry) -> str:
    payloads = json.dumps([entry.request, entry.response], ensure_ascii=False, default=str)
    told = [entry.kind, entry.name, entry.problem or "", *map(str, entry.violations)]
    return "\n".join([*told, payloads])
