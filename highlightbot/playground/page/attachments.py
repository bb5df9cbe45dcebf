"""Secondary attachments of a message. https://docs.slack.dev/messaging/formatting-message-text"""

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from highlightbot.playground.page.blocks import blocks
from highlightbot.playground.page.html import join, tag
from highlightbot.playground.page.mrkdwn import link, mrkdwn, plain
from highlightbot.playground.page.place import Json, Place


def attachments(shown: Sequence[Json], place: Place) -> Markup:
    """Each attachment in a box with a bar: its blocks, or its older fields."""
    return join(
        tag("div", _attachment(one, replace(place, prefix=f"{place.prefix}.a{number}")),
            class_="attachment")
        for number, one in enumerate(shown)
    )  # fmt: skip


def _attachment(shown: Json, place: Place) -> Markup:
    if shown.get("blocks"):
        return blocks(shown["blocks"], place)
    title, seen = shown.get("title"), place.seen
    parts = [tag("div", mrkdwn(shown["pretext"], seen))] if shown.get("pretext") else []
    if title:
        address = shown.get("title_link", "")
        parts.append(tag("strong", link(address, title) if address else plain(title)))
    if shown.get("text"):
        parts.append(tag("div", mrkdwn(shown["text"], seen), class_="text", dir="auto"))
    parts += [
        tag("div", tag("strong", plain(field.get("title", ""))), " ",
            mrkdwn(field.get("value", ""), seen))
        for field in shown.get("fields") or ()
    ]  # fmt: skip
    if shown.get("footer"):
        parts.append(tag("small", plain(shown["footer"])))
    return join(parts) if parts else plain(shown.get("fallback", ""))
