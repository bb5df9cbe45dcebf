"""What people wrote, as it may be shown on a terminal."""

from unicodedata import category

_OBEYED = frozenset({"Cc", "Cs"})
_KEPT = "\n\t"


def show(text: str) -> None:
    """Print the text as far as it is `printable`."""
    print(printable(text))


def printable(text: str) -> str:
    """The text with every control character spelled out, which a terminal would obey."""
    return "".join(
        ascii(letter)[1:-1] if category(letter) in _OBEYED and letter not in _KEPT else letter
        for letter in text
    )
