"""Files that are not what they should be are refused in a sentence."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from highlightbot.core.errors import Refusal
from highlightbot.importing import Doubt, read_document
from highlightbot.importing.documents import open_document
from tests.importing.documents import BODY, HEAD, read_part, replace_parts, save, write_text
from tests.importing.forms import MUSEUM

TEXT = "\n".join((*HEAD, *BODY))


def _refused(path: Path) -> str:
    with pytest.raises(Refusal) as raised:
        open_document(path)
    return str(raised.value)


def _word(folder: Path) -> Path:
    word = docx.Document()
    for line in (*HEAD, *BODY):
        word.add_paragraph(line)
    return save(word, folder)


@pytest.mark.parametrize(
    ("content", "doubted"),
    [
        (TEXT.encode(), False),
        (b"\xef\xbb\xbf" + TEXT.encode(), False),
        (TEXT.encode("utf-16"), False),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), False),
        (TEXT.replace("Forty came.", "“Café” – £5").encode(), False),
        (TEXT.replace("Forty came.", "“Café” – £5").encode("cp1252"), True),
    ],
)
def test_text_file_in_any_usual_encoding(content: bytes, doubted: bool, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(content)

    (report,) = read_document(path, [MUSEUM])

    said = "Forty came." if b"F\0o\0r" in content or b"Forty" in content else "“Café” – £5"
    assert report.sections[0].text.plain.replace("\0", "") == f"{said}\n\nTwo came twice."
    assert report.doubts == (
        (
            Doubt(
                9,
                "The file is not UTF-8. Read as Windows-1252: check quotes, dashes, accents.",
            ),
        )
        if doubted
        else ()
    )


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.txt", b"", "a.txt is empty."),
        ("a.txt", b" \r\n\t\n", "a.txt is empty."),
        ("a.txt", b"\xef\xbb\xbf", "a.txt is empty."),
        ("a.txt", b"x" * (10 * 2**20 + 1), "a.txt is over 10 MB, which no report needs to be."),
        ("a.txt", b"\n" * 10_000, "a.txt has over 10,000 lines, which is no report."),
        ("a.txt", b"abc\0def", "a.txt is named as text but holds binary data."),
        ("a.txt", "abc".encode("utf-32"), "a.txt is named as text but holds binary data."),
        ("a.txt", b"\x81\x8d", "a.txt is not text in UTF-8, UTF-16 or Windows-1252."
         " Save it as UTF-8 text."),
        ("a.txt", b"\xff\xfea", "a.txt begins as UTF-16 text but is damaged."),
        ("a.txt", b"%PDF-1.7 x", "a.txt is named as text but is a PDF."
         " Save it as plain text or as .docx."),
        ("a.txt", b"PK\x03\x04xx", "a.txt is named as text but is a Word file or another archive."
         " Save it as plain text or as .docx."),
        ("a.doc", b"x", "a.doc is an old Word file. Open it in Word and save it as .docx."),
        ("a.pdf", b"x", "a.pdf cannot be imported: only .txt and .docx files can."),
        ("a", b"x", "a cannot be imported: only .txt and .docx files can."),
        ("a.docx", b"", "a.docx is empty."),
        ("a.docx", b"just text", "a.docx is damaged, or not a Word file at all."),
        ("a.docx", b"PK\x03\x04 broken", "a.docx is damaged, or not a Word file at all."),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....",
         "a.docx is an old Word file. Open it in Word and save it as .docx."),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
         "a.docx is protected with a password. Save it without one."),
    ],
)  # fmt: skip
def test_file_that_is_refused(name: str, content: bytes, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    assert _refused(path) == sentence


def test_file_that_is_not_there_or_a_folder(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()

    assert _refused(tmp_path / "none.txt") == f"There is no file {tmp_path / 'none.txt'}."
    assert _refused(tmp_path / "folder.txt") == "folder.txt is a folder. Name the files in it."
    assert _refused(Path("/dev/null")) == "null is not a file."
    assert _refused(tmp_path / "a\0b.txt").endswith("cannot be read: it has no possible name.")


def test_word_file_cut_short(tmp_path: Path) -> None:
    path = _word(tmp_path)
    path.write_bytes(path.read_bytes()[:-500])

    assert _refused(path) == "report.docx is damaged, or not a Word file at all."


def test_word_file_with_a_flipped_byte(tmp_path: Path) -> None:
    path = _word(tmp_path)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as package:
        content[package.getinfo("word/document.xml").header_offset + 120] ^= 0xFF
    path.write_bytes(content)

    assert "damaged" in _refused(path)


def test_archive_that_is_no_word_file(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("readme.txt", "hello")

    assert _refused(path) == "report.docx is an archive but not a Word file."


def test_spreadsheet_named_as_word_file(tmp_path: Path) -> None:
    path = _word(tmp_path)
    types = read_part(path, "[Content_Types].xml").replace(b"wordprocessingml.document.main", b"x")

    assert "not a Word document" in _refused(replace_parts(path, {"[Content_Types].xml": types}))


def test_word_file_without_its_document(tmp_path: Path) -> None:
    assert "damaged" in _refused(replace_parts(_word(tmp_path), {"word/document.xml": None}))


def test_word_file_with_a_locked_part(tmp_path: Path) -> None:
    path = _word(tmp_path)
    content = bytearray(path.read_bytes())
    directory = content.index(b"PK\x01\x02")
    content[directory + 8] |= 1
    path.write_bytes(content)

    assert _refused(path) == "report.docx is protected with a password. Save it without one."


@pytest.mark.parametrize(
    "bomb",
    [
        {"word/media/a.bin": bytes(20 * 1024 * 1024)},
        {"word/document.xml": b"<a>" + b"".join(b"%9d%500s" % (n * n, b"") for n in range(34_000))},
        {f"word/media/{n}.bin": b"" for n in range(2_100)},
    ],
    ids=["ratio", "xml", "parts"],
)
def test_word_file_that_is_a_bomb(bomb: dict[str, bytes], tmp_path: Path) -> None:
    path = replace_parts(_word(tmp_path), bomb)

    assert _refused(path) == "report.docx would unpack to far more than a report holds."


def test_word_file_that_lies_about_its_size(tmp_path: Path) -> None:
    path = replace_parts(_word(tmp_path), {"word/media/a.xml": b"<a>" + b" " * 5_000_000 + b"</a>"})
    content = path.read_bytes().replace(
        (5_000_007).to_bytes(4, "little"), (1_000).to_bytes(4, "little")
    )
    path.write_bytes(content)

    assert "damaged" in _refused(path)


ENTITIES = b"""<?xml version="1.0"?>
<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY f SYSTEM "file:///etc/passwd">]>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["word/document.xml", "[Content_Types].xml", "_rels/.rels"])
def test_word_file_with_xml_entities(part: str, encoding: str, tmp_path: Path) -> None:
    path = _word(tmp_path)
    original = re.sub(rb"^<\?xml.*?\?>", b"", read_part(path, part))
    attack = (ENTITIES + original).decode().encode(encoding)

    assert _refused(replace_parts(path, {part: attack})) == (
        "report.docx holds XML declarations that no Word file has."
    )


def test_word_file_with_a_part_that_is_no_xml(tmp_path: Path) -> None:
    path = replace_parts(_word(tmp_path), {"word/styles.xml": b"<w:styles"})

    assert _refused(path) == "report.docx is damaged: a part of it is not XML."


def test_word_file_nested_without_end(tmp_path: Path) -> None:
    deep = b"<w:sdt><w:sdtContent>" * 20_000 + b"</w:sdtContent></w:sdt>" * 20_000
    path = _word(tmp_path)
    document = read_part(path, "word/document.xml").replace(b"<w:body>", b"<w:body>" + deep, 1)

    assert "damaged" in _refused(replace_parts(path, {"word/document.xml": document}))


def _read_or_refused(path: Path) -> str:
    """What the file is called by the reports in it, or by the refusal."""
    try:
        return read_document(path, [MUSEUM])[0].file_name
    except Refusal as refusal:
        return str(refusal).split()[0]


PARTS = (
    "word/document.xml",
    "word/styles.xml",
    "word/numbering.xml",
    "word/_rels/document.xml.rels",
    "_rels/.rels",
    "[Content_Types].xml",
)


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_word_file_with_any_change_to_its_xml_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / "changed.docx"
    path.write_bytes(_WORD)
    part = data.draw(st.sampled_from(PARTS))
    content = read_part(path, part)
    names = st.sampled_from(sorted(set(re.findall(rb"[A-Za-z]+:?[A-Za-z]{2,}", content))))
    replace_parts(path, {part: content.replace(data.draw(names), data.draw(names))})

    assert _read_or_refused(path) == "changed.docx"


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1_000_000), st.binary(min_size=1, max_size=8))
def test_word_file_with_any_bytes_changed_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, place: int, noise: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "noise.docx"
    place %= len(_WORD)
    path.write_bytes(_WORD[:place] + noise + _WORD[place + len(noise) :])

    assert _read_or_refused(path) == "noise.docx"


def _word_bytes() -> bytes:
    word = docx.Document()
    for line in (*HEAD, *BODY):
        word.add_paragraph(line)
    packed = BytesIO()
    word.save(packed)
    return packed.getvalue()


_WORD = _word_bytes()


def test_write_text_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    document = open_document(write_text(tmp_path, "a", "", " b "))

    assert [(line.number, line.text) for line in document.lines] == [(1, "a"), (2, ""), (3, " b ")]
