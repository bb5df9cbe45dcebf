"""Whoever is mentioned in a report is read by name, and called by nobody."""

from collections.abc import Callable

from highlightbot.demonstration.fortnight import Fortnight
from highlightbot.demonstration.people import CHANNEL
from tests.bot.acting import Actor, move_clock
from tests.bot.test_refusals import nil_to_the_end, open_first_section
from tests.slack.shown import parts

MENTIONS = {
    "type": "rich_text_section",
    "elements": [
        {"type": "text", "text": "Thanks to "},
        {"type": "user", "user_id": "U0BO"},
        {"type": "text", "text": ", "},
        {"type": "user", "user_id": "U0OLLIE"},
        {"type": "text", "text": " and "},
        {"type": "broadcast", "range": "channel"},
        {"type": "text", "text": "."},
    ],
}


def test_mentions_become_names_and_call_nobody(
    fortnight: Fortnight, actor: Callable[[str], Actor]
) -> None:
    casey, kim = actor("U0CASEY"), actor("U0KIM")
    open_first_section(fortnight, casey)
    view = casey.view
    (block,) = (block for block in view.blocks if block["type"] == "input")
    value = {
        "type": "rich_text_input",
        "rich_text_value": {"type": "rich_text", "elements": [MENTIONS]},
    }
    state = {block["block_id"]: {block["element"]["action_id"]: value}}
    assert fortnight.slack.submit_view("U0CASEY", view.id, state).ok
    nil_to_the_end(casey)
    assert casey.submit("").ok
    move_clock(fortnight, "To the cut-off")
    # Ollie takes part in no programme: the bot knows the id alone.
    told = "Thanks to @Bo Birch, @U0OLLIE and @channel."
    summary = kim.wait_for_message("7–20 November 2026\nEdition 1", CHANNEL)
    full_text = kim.wait_for_reply(told, summary)
    assert kim.wait_for_message(told, CHANNEL).ts == summary.ts
    assert (summary.notified, full_text.notified) == (frozenset(), frozenset())
    kinds = {part.get("type") for part in parts([*summary.blocks, *full_text.blocks])}
    assert "text" in kinds
    assert kinds.isdisjoint({"user", "usergroup", "broadcast", "mrkdwn"})
