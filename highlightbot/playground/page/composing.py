"""What a person types into the message box, as Slack sends it on."""

import re

from highlightbot.playground.page.viewpoint import Viewpoint

_COMMAND = re.compile(r"(/\S+)(?:\s+(.*))?", re.DOTALL)


def as_command(typed: str) -> tuple[str, str] | None:
    """The slash command and its text, or None for a message."""
    found = _COMMAND.fullmatch(typed.strip())
    return (found[1], (found[2] or "").strip()) if found else None


def as_message(typed: str, seen: Viewpoint) -> str:
    """The typed text with `& < >` escaped, and @names and #channels as Slack's entities.

    https://docs.slack.dev/messaging/formatting-message-text#escaping
    """
    text = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    names = _mentionable(seen)
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.sub(
        rf"(?<![\w@#])({known})(?!\w)",
        lambda found: names[found[1].lower()],
        text,
        flags=re.IGNORECASE,
    )


def _mentionable(seen: Viewpoint) -> dict[str, str]:
    names = {f"@{group}": f"<!{group}>" for group in ("channel", "here", "everyone")}
    for conversation in seen.conversations.values():
        if conversation.kind != "im":
            names[f"#{conversation.name}".lower()] = f"<#{conversation.id}|{conversation.name}>"
    for person in seen.people.values():
        for name in (person.name, person.real_name):
            if name:
                names[f"@{name}".lower()] = f"<@{person.id}>"
    names[f"@{seen.app.name}".lower()] = f"<@{seen.app.bot_user_id}>"
    return names
