"""Opens a document, or says in a sentence why not."""

from pathlib import Path

from highlightbot.core.errors import Refusal
from highlightbot.importing.lines import Document
from highlightbot.importing.text_files import read_text_file
from highlightbot.importing.word_files import read_word_file

_LARGEST = 10 * 1024 * 1024


def open_document(path: Path) -> Document:
    """The lines of a .txt or .docx file.

    Raises Refusal where there is no such file, and for one that is empty, over 10 MB, damaged,
    encrypted, unsafe to open or not what its name says.
    """
    name = path.name or str(path)
    kind = path.suffix.casefold()
    content = _content(path, name)
    if kind == ".txt":
        document = read_text_file(name, content)
    elif kind == ".docx":
        document = read_word_file(name, content)
    elif kind == ".doc":
        raise Refusal(f"{name} is an old Word file. Open it in Word and save it as .docx.")
    else:
        raise Refusal(f"{name} cannot be imported: only .txt and .docx files can.")
    if all(line.is_blank for line in document.lines):
        raise Refusal(f"{name} is empty.")
    return document


def _content(path: Path, name: str) -> bytes:
    try:
        if path.is_dir():
            raise Refusal(f"{name} is a folder. Name the files in it.")
        if path.exists() and not path.is_file():
            raise Refusal(f"{name} is not a file.")
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except FileNotFoundError:
        raise Refusal(f"There is no file {path}.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it has no possible name"
        raise Refusal(f"{name} cannot be read: {reason}.") from error
    if len(content) > _LARGEST:
        raise Refusal(f"{name} is over 10 MB, which no report needs to be.")
    if not content:
        raise Refusal(f"{name} is empty.")
    return content
