"""Submissions of the review page as Slack sends them: signed, each from a view of its own.

https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload/
https://docs.slack.dev/authentication/verifying-requests-from-slack/
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import count
from time import time
from typing import Any
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

from benchmarks.office import AUTHOR, SIGNING_SECRET, TEAM
from highlightbot.slack import ids

_numbers = count(1)
_verifier = SignatureVerifier(SIGNING_SECRET)


@dataclass(frozen=True, slots=True)
class Request:
    """A request to `/slack/events`."""

    body: str
    headers: Mapping[str, str]


class Author:
    """Submits a review page, as `office.make_draft` gives it, again and again.

    Each submission comes from a page of its own, which shows what was submitted before.
    """

    def __init__(self, view: Mapping[str, Any]) -> None:
        self._view = view
        self._page = ids.decode(ids.ReviewRef, view["private_metadata"])
        self._submitted = 0

    def submission(self) -> Request:
        """The next one."""
        page = replace(self._page, revision=self._submitted)
        self._submitted += 1
        shown = {
            "private_metadata": ids.encode(page),
            "state": {"values": {ids.headline_block(page.revision): _HEADLINE}},
        }
        return interaction(
            {
                "type": "view_submission",
                "trigger_id": "1.2.benchmark",
                "view": {**self._view, **_seen(), **shown},
                "response_urls": [],
            }
        )


def interaction(payload: Mapping[str, Any]) -> Request:
    """The request that carries an interaction of the author."""
    told = {**_ABOUT, **payload}
    return signed(
        urlencode({"payload": json.dumps(told, separators=(",", ":"))}),
        "application/x-www-form-urlencoded",
    )


def signed(body: str, content_type: str) -> Request:
    """The body with the headers that Slack sends."""
    timestamp = str(int(time()))
    signature = _verifier.generate_signature(timestamp=timestamp, body=body)
    assert signature is not None
    return Request(
        body,
        {
            "content-type": content_type,
            "x-slack-request-timestamp": timestamp,
            "x-slack-signature": signature,
        },
    )


def _seen() -> dict[str, Any]:
    """What Slack adds to a view."""
    view_id = f"V{next(_numbers):010}"
    return {
        "id": view_id,
        "root_view_id": view_id,
        "previous_view_id": None,
        "team_id": TEAM,
        "app_id": "A0BENCHMARK",
        "app_installed_team_id": TEAM,
        "bot_id": "B0BOT",
        "external_id": "",
        "hash": "1.benchmark",
        "clear_on_close": False,
        "notify_on_close": False,
    }


_HEADLINE = {
    ids.HEADLINE: {
        "type": "plain_text_input",
        "value": "Every branch is open again on at least three days a week",
    }
}
_ABOUT = {
    "team": {"id": TEAM, "domain": "benchmark"},
    "user": {"id": AUTHOR, "username": "author", "name": "author", "team_id": TEAM},
    "api_app_id": "A0BENCHMARK",
    "token": "benchmark",
    "enterprise": None,
    "is_enterprise_install": False,
}
