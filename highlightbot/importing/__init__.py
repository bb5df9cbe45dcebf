"""Past documents become reports, with a list of doubts: what could not be read for certain."""

from highlightbot.importing.lines import Doubt
from highlightbot.importing.reading import ReadReport, read_document

__all__ = ["Doubt", "ReadReport", "read_document"]
