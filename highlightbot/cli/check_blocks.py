"""`check-blocks`: what Slack would refuse in a message, a view or a list of blocks."""

import json
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from highlightbot.core.errors import Refusal
from highlightbot.playground.rules import Violation, check_payload

STANDARD_INPUT = "-"

BYTES_READ = 5_000_000
"""The longest file that is read: twenty times the largest view that Slack takes."""


def check_blocks(file: str) -> int:
    """Print the verdict on the JSON in `file`, or in standard input for "-"; gives 0 or 1.

    Raises Refusal where the file cannot be read as JSON.
    """
    name = "standard input" if file == STANDARD_INPUT else file
    violations = check_payload(_json(name, _content(file, name)))
    for line in _verdict(name, violations):
        print("".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in line))
    return 1 if violations else 0


def _verdict(name: str, violations: Sequence[Violation]) -> list[str]:
    if not violations:
        return [f"{name}: Slack would take it."]
    count = "1 fault" if len(violations) == 1 else f"{len(violations)} faults"
    lines = [f"{name}: Slack would refuse it, for {count}."]
    for violation in violations:
        lines += [f"[ERROR] {violation}", f"        {violation.source}"]
    return lines


def _content(file: str, name: str) -> bytes:
    try:
        if file == STANDARD_INPUT:
            content = sys.stdin.buffer.read(BYTES_READ + 1)
        else:
            with open(file, "rb") as opened:
                content = opened.read(BYTES_READ + 1)
    except (OSError, ValueError) as error:  # ValueError: a name with a null character
        reason = error.strerror if isinstance(error, OSError) else error
        raise Refusal(f"{name} cannot be read: {reason}.") from None
    if len(content) > BYTES_READ:
        raise Refusal(f"{name} is over {BYTES_READ // 1_000_000} MB, and no message is so long.")
    return content


def _json(name: str, content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_no_json)
    except UnicodeDecodeError:
        raise Refusal(f"{name} is not text in UTF-8.") from None
    except RecursionError:
        raise Refusal(f"{name} is nested too deeply to be a message or a view.") from None
    except ValueError as error:
        raise Refusal(f"{name} is not JSON: {error}.") from None


def _no_json(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number there")
