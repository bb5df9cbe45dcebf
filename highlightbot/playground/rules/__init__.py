"""What Slack refuses in a message or a view, and how it says so.

`schema/` holds the rules as JSON Schema, each with its page of Slack's documentation;
`dialect` reads them; `beyond_schema` has the few that compare one part with another.
"""

from highlightbot.playground.rules.checks import check_message, check_payload, check_view
from highlightbot.playground.rules.violation import Violation

__all__ = ["Violation", "check_message", "check_payload", "check_view"]
