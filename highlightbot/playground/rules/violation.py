"""One thing that Slack would refuse in a payload."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken rule of Block Kit.

    `pointer` is a JSON pointer into the checked payload ("" for the whole of it), `message` the
    fault in Slack's words, `source` the page that states the rule. `str()` gives the form of
    Slack's `response_metadata.messages`, without the "[ERROR]".

    Three messages are the error code that the playground answers in place of `invalid_blocks` or
    `invalid_arguments`: "msg_blocks_too_long", "view_too_large" and "only_one_table_allowed". Slack
    has been seen to answer a second table with `invalid_attachments` and the last as its message.
    """

    pointer: str
    message: str
    source: str

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"
