"""One row of the battery."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """A payload, and every fault that Slack's pages find in it: none if it is valid."""

    name: str
    payload: Any
    faults: list[str]
