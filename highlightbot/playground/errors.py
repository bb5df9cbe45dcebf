"""How the playground refuses: in Slack's own error codes."""

from collections.abc import Sequence
from typing import Any

from highlightbot.playground.rules import Violation


class ApiError(Exception):
    """A Web API call that Slack answers with `{"ok": false, "error": code}`.

    `violations` become `response_metadata.messages`; `extra` joins the answer as it is, such as
    `needed` and `provided` of `missing_scope`.
    """

    def __init__(self, code: str, violations: Sequence[Violation] = (), **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.violations = tuple(violations)
        self.extra = extra

    def body(self) -> dict[str, Any]:
        """The JSON body of the answer."""
        body: dict[str, Any] = {"ok": False, "error": self.code, **self.extra}
        if self.violations:
            messages = [f"[ERROR] {violation}" for violation in self.violations]
            body["response_metadata"] = {"messages": messages}
        return body
