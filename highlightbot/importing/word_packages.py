"""Looks at a .docx from outside before anything opens it.

A .docx is a ZIP archive of XML parts in UTF-8 or UTF-16 without document type declarations
(ECMA-376, part 2, Open Packaging Conventions). Whoever sends one can make it expand without
bounds, by compression or by XML entities; both are refused here.
"""

import zipfile
import zlib
from io import BytesIO
from xml.parsers import expat

from highlightbot.core.errors import Refusal

_MOST_PARTS = 2_000
_LARGEST = 64 * 1024 * 1024
_LARGEST_XML = 16 * 1024 * 1024
_HIGHEST_RATIO = 150
_SMALL = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def check_package(name: str, content: bytes) -> None:
    """Refusal, with a sentence, of what is no Word file or not safe to open."""
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise Refusal(f"{name} is protected with a password. Save it without one.")
        raise Refusal(f"{name} is an old Word file. Open it in Word and save it as .docx.")
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            _check_sizes(name, package)
            if "[Content_Types].xml" not in package.namelist():
                raise Refusal(f"{name} is an archive but not a Word file.")
            for part in package.infolist():
                if part.filename.lower().endswith((".xml", ".rels")):
                    _check_xml(name, package.read(part))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise Refusal(f"{name} is damaged, or not a Word file at all.") from error
    except (NotImplementedError, RuntimeError) as error:
        raise Refusal(f"{name} is packed or protected in a way that Word does not use.") from error


def _check_sizes(name: str, package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    total = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    xml = sum(part.file_size for part in parts if part.filename.lower().endswith(".xml"))
    if (
        len(parts) > _MOST_PARTS
        or total > _LARGEST
        or xml > _LARGEST_XML
        or (total > _SMALL and total > _HIGHEST_RATIO * packed)
    ):
        raise Refusal(f"{name} would unpack to far more than a report holds.")
    if any(part.flag_bits & 1 for part in parts):
        raise Refusal(f"{name} is protected with a password. Save it without one.")


class _Declared(Exception):
    """A document type declaration was found."""


def _refuse_declaration(*_: object) -> None:
    raise _Declared


def _check_xml(name: str, content: bytes) -> None:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_declaration
    try:
        parser.Parse(content, True)
    except _Declared:
        raise Refusal(f"{name} holds XML declarations that no Word file has.") from None
    # pyexpat raises the last two for encodings that it does not know.
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Refusal(f"{name} is damaged: a part of it is not XML.") from error
