import json
from pathlib import Path

from tests.cli.conftest import Run, document


def test_ask_answers_in_json(run: Run, tmp_path: Path) -> None:
    run("import", document(tmp_path))
    status, out, _ = run("ask", "latest from library", "--json")
    assert status == 0
    (answer,) = json.loads(out)["answers"]
    (report,) = answer["reports"]
    assert (report["area"], report["author"]) == ("Libraries", "Alex Amber")
    assert report["period"] == {"starts_on": "2020-06-06", "ends_on": "2020-06-19"}
    assert report["sections"][:2] == [
        {
            "heading": "KEY ACTIVITY",
            "label": "Key activity",
            "theme": "activity",
            "nil": False,
            "text": "Opened the new branch.\n\nTwo thousand visits.",
        },
        {
            "heading": "RISKS AND CHALLENGES",
            "label": "Risks and challenges",
            "theme": "challenges",
            "nil": True,
            "text": "None",
        },
    ]


def test_ask_spells_out_what_a_terminal_would_obey(run: Run, tmp_path: Path) -> None:
    path = document(tmp_path)
    written = Path(path).read_text(encoding="utf-8")
    obeyed = written.replace("Two thousand visits.", "Two\u00a0thousand \x9b31mvisits \U0001f642")
    Path(path).write_text(obeyed, encoding="utf-8")
    run("import", path)
    assert "Two\u00a0thousand \\x9b31mvisits \U0001f642" in run("ask", "latest from library")[1]


def test_ask_as_somebody_shows_what_they_may_read(run: Run, programme: str, tmp_path: Path) -> None:
    run("setup", programme)
    run("import", document(tmp_path))
    own = run("ask", "latest from libraries", "--as", "alex.amber@example.org")
    assert "Opened the new branch." in own[1]
    other = run("ask", "latest from libraries", "--as", "eli.ember@example.org")
    assert "Opened the new branch." not in other[1]
    status, _, err = run("ask", "latest", "--as", "stranger@example.org")
    assert (status, err) == (
        1,
        "No programme names anybody with the address stranger@example.org.\n",
    )


def test_ask_an_unknown_question_says_what_can_be_asked(run: Run, programme: str) -> None:
    run("setup", programme)
    status, out, _ = run("ask", "sing", "a", "song")
    assert status == 0
    assert "“sing a song” is no question that I know." in out
    assert "who is missing" in out
