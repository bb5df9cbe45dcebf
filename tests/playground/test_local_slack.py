"""What people can do, and what nobody can."""

import pytest

from highlightbot.playground.local_slack import LocalSlack, Message
from tests.playground.conftest import ANA, BEN, BOT, COORDINATION, GONE


@pytest.mark.parametrize("user_id", [BOT, GONE.id, "U0NOBODY"])
def test_nobody_can_be_a_bot_or_somebody_who_has_left(slack: LocalSlack, user_id: str) -> None:
    before = slack.conversations
    for act in (slack.conversations_of, slack.open_home, slack.unread):
        with pytest.raises(LookupError, match=user_id):
            act(user_id)
    with pytest.raises(LookupError, match=user_id):
        slack.say(user_id, COORDINATION.id, "Hello")
    assert slack.conversations == before


def test_a_reply_has_no_thread_of_its_own(slack: LocalSlack) -> None:
    parent = slack.say(ANA.id, COORDINATION.id, "Hello")
    reply = slack.say(ANA.id, COORDINATION.id, "Hello to you", parent.ts)
    with pytest.raises(ValueError, match="no thread"):
        slack.say(ANA.id, COORDINATION.id, "And to you", reply.ts)
    assert slack.thread_for(ANA.id, COORDINATION.id, parent.ts)[1:] == [reply]


def test_what_only_one_sees_has_no_thread(slack: LocalSlack) -> None:
    workspace = slack.installation.workspace
    ts = workspace.issue_ts()
    workspace.post(Message(ts, COORDINATION.id, BOT, "For you", ephemeral_to=ANA.id))
    with pytest.raises(ValueError, match="no thread"):
        slack.say(ANA.id, COORDINATION.id, "For all", ts)
    with pytest.raises(LookupError, match=ts):
        slack.say(BEN.id, COORDINATION.id, "For all", ts)
