from pathlib import Path

from highlightbot.templates import find_template
from tests.cli.conftest import Run, document


def test_import_stores_and_again_changes_nothing(run: Run, programme: str, tmp_path: Path) -> None:
    run("setup", programme)
    file = document(tmp_path)
    status, out, _ = run("import", file)
    assert status == 0
    assert f"{file}: stored" in out
    assert "  title     TOWN HIGHLIGHT REPORT\n  area      Libraries\n" in out
    assert "6–19 June 2020 (2020-06-06 to 2020-06-19)" in out
    assert "doubt" not in out
    assert f"{file}: already stored" in run("import", file)[1]


def test_import_lists_doubts_and_does_not_store_what_is_not_clear(run: Run, tmp_path: Path) -> None:
    file = document(tmp_path, period="some time in June")
    status, out, _ = run("import", file)
    assert status == 1
    assert "NOT STORED" in out
    assert "doubt     line 5" in out
    assert run("ask", "latest") == (0, "No report has come in yet.\n", "")


def test_import_of_a_report_on_another_form_is_not_stored(run: Run, tmp_path: Path) -> None:
    run("import", document(tmp_path))
    sections = find_template("covid-highlight-report 2020-06", tmp_path).sections
    body = "".join(f"{section.heading}\n\nNone\n\n" for section in sections)
    other = tmp_path / "other.txt"
    head, _, _ = Path(document(tmp_path)).read_text("utf-8").partition("KEY ACTIVITY")
    other.write_text(head + body, "utf-8")
    status, out, _ = run("import", str(other))
    assert (status, "NOT STORED, see the doubts below" in out) == (1, True), out
    assert "A report keeps its form" in out
    assert "Opened the new branch." in run("ask", "latest from Libraries")[1]


def test_import_replaces_a_report_only_where_told_to(run: Run, tmp_path: Path) -> None:
    file = document(tmp_path)
    run("import", file)
    Path(file).write_text(Path(file).read_text("utf-8").replace("Opened", "Shut"), "utf-8")
    status, out, _ = run("import", file)
    assert (status, "import it with --replace" in out) == (1, True)
    assert "Opened the new branch." in run("ask", "latest from Libraries")[1]
    status, out, _ = run("import", "--replace", file)
    assert (status, "This one takes its place." in out) == (0, True)
    assert "Shut the new branch." in run("ask", "latest from Libraries")[1]


def test_import_dry_run_shows_all_and_stores_nothing(
    run: Run, programme: str, tmp_path: Path
) -> None:
    file = document(tmp_path)
    status, out, _ = run("import", file, "--dry-run")
    assert status == 0
    assert out.startswith(f"{file}: would be stored\n")
    assert out.endswith("A dry run: nothing was stored.\n")
    assert "Workforce" in out
    assert sorted(file.name for file in tmp_path.iterdir()) == ["Libraries.txt", "town.toml"]
    run("setup", programme)
    run("import", document(tmp_path), "--dry-run")
    assert run("ask", "latest") == (0, "No report has come in yet.\n", "")


def test_import_goes_on_after_a_file_that_is_refused(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 not really")
    status, out, _ = run("import", str(broken), document(tmp_path))
    assert status == 1
    assert f"{broken}: refused" in out
    assert "Libraries.txt: stored" in out


def test_import_spells_out_what_a_terminal_would_obey(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text(Path(document(tmp_path)).read_text("utf-8").replace("Alex Amber", "A\x1b[2J"))
    _, out, _ = run("import", "--dry-run", str(file))
    assert "author    A\\x1b[2J" in out
    assert "\x1b" not in out
