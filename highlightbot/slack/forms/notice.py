"""A modal that tells why something could not be done, and gives back what was typed."""

import json
from collections.abc import Iterator

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from highlightbot.core.rich_text import RichText
from highlightbot.slack import ids
from highlightbot.slack.blocks import TITLE, context, plain, section
from highlightbot.slack.rich_text import to_slack
from highlightbot.slack.text import clip_rich

_MOST_BYTES = 220_000
_CHARACTERS_OF_MORE = 15_000


def build(sentence: str, text: RichText | None = None) -> View:
    """The sentence, and below it the text to be copied, whole as far as a view (250 KB) holds."""
    return View(
        type="modal",
        callback_id=ids.NOTICE,
        title=plain(TITLE, 24),
        close=plain("Close", 24),
        blocks=[section(sentence), *_given_back(text)],
    )


def _given_back(text: RichText | None) -> Iterator[Block]:
    if text is None or text.is_blank:
        return
    whole = to_slack(text)
    if len(json.dumps(whole.to_dict())) <= _MOST_BYTES:
        yield context("Your text, to copy:")
        yield whole
        return
    yield context("The beginning of your text, which is too long to be shown whole:")
    yield to_slack(clip_rich(text, _CHARACTERS_OF_MORE))
