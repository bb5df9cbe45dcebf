"""`import`: past documents become reports, with a list of doubts."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from highlightbot.cli.terminal import show
from highlightbot.cli.workspaces import workspace_to_change
from highlightbot.core.errors import Problems, Refusal
from highlightbot.core.periods import format_bounds
from highlightbot.core.templates import Template
from highlightbot.importing import ReadReport, read_document
from highlightbot.scheduling.clock import SystemClock
from highlightbot.settings import Settings
from highlightbot.templates import shipped_templates
from highlightbot.workflows.import_reports import (
    DocumentReport,
    Imported,
    ImportResult,
    import_reports,
)

_Store = Callable[[Sequence[DocumentReport]], list[Imported]]


def import_documents(
    settings: Settings,
    files: Sequence[Path],
    *,
    programme: str | None,
    replace_newest: bool,
    dry_run: bool,
) -> int:
    """Read and store each file by itself; gives 1 if any could not be stored."""
    with workspace_to_change(settings, dry_run=dry_run) as (database, workspace_id):
        with database.reading() as unit:
            templates = _templates(unit.programmes.templates(workspace_id))
        store = partial(
            import_reports,
            database,
            workspace_id,
            programme,
            replace_newest=replace_newest,
            dry_run=dry_run,
            now=SystemClock().now(),
        )
        done = [_import_file(file, templates, store, dry_run=dry_run) for file in files]
    if dry_run:
        print("A dry run: nothing was stored.")
    return 0 if all(done) else 1


def _templates(used: Iterable[Template]) -> list[Template]:
    """The workspace's own templates, and those that ship."""
    own = list(used)
    known = {template.identity for template in own}
    return own + [one for one in shipped_templates() if one.identity not in known]


def _import_file(
    file: Path, templates: Sequence[Template], store: _Store, *, dry_run: bool
) -> bool:
    try:
        found = read_document(file, templates)
    except (Problems, Refusal) as refusal:
        show(f"{file}: refused\n  {refusal}")
        return False
    complete = [document for report in found if (document := _document(report)) is not None]
    imported = store(complete)
    outcomes = iter(imported)
    for report in found:
        _show(file, report, next(outcomes) if report.is_complete else None, dry_run=dry_run)
    is_stored = all(one.result is not ImportResult.REFUSED for one in imported)
    return is_stored and len(complete) == len(found)


def _document(report: ReadReport) -> DocumentReport | None:
    if (
        report.area is None
        or report.starts_on is None
        or report.ends_on is None
        or report.template is None
        or not report.is_complete
    ):
        return None
    return DocumentReport(
        area=report.area,
        author=report.author or "",
        starts_on=report.starts_on,
        ends_on=report.ends_on,
        template=report.template,
        sections=report.sections,
    )


def _show(file: Path, report: ReadReport, imported: Imported | None, *, dry_run: bool) -> None:
    result = imported.result if imported else ImportResult.REFUSED
    would_be = dry_run and result is ImportResult.STORED
    show(f"{file}: {'would be ' if would_be else ''}{result.value}")
    if report.title:
        show(f"  title     {report.title}")
    show(f"  area      {report.area or '?'}")
    show(f"  author    {report.author or '?'}")
    if report.starts_on and report.ends_on:
        show(
            f"  period    {format_bounds(report.starts_on, report.ends_on)}"
            f" ({report.starts_on} to {report.ends_on})"
        )
    if report.template:
        show(f"  template  {report.template.key} {report.template.version}")
    for said in report.sections:
        text = " ".join(said.text.plain.split())
        shown = "nil: " + text if said.nil else f"{len(said.text.plain)} characters"
        show(f"  section   {said.section.label} ({shown})")
    for doubt in report.doubts:
        show(f"  doubt     {f'line {doubt.line}: ' if doubt.line else ''}{doubt.text}")
    for sentence in imported.doubts if imported else ():
        show(f"  doubt     {sentence}")
