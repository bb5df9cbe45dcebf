"""What is stored, as others see it."""

from highlightbot.core.reports import Report, Revision
from tests.samples import Stored


def get(stored: Stored, report_id: int) -> Report:
    with stored.database.reading() as unit:
        report = unit.reports.get(report_id)
    assert report is not None
    return report


def revisions(stored: Stored, *names: str) -> list[Revision]:
    with stored.database.reading() as unit:
        return unit.reports.history([stored.area_id(name) for name in names])
