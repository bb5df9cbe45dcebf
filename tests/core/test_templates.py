import pytest

from highlightbot.core.templates import TemplateVersion
from tests.builders import section, template


def test_identity_is_key_and_version() -> None:
    assert template("a").identity == TemplateVersion("form", "1")


def test_section_and_position_by_key() -> None:
    form = template("a", "b")
    assert (form.section("b"), form.position("b")) == (section("b"), 1)


@pytest.mark.parametrize("method", ["section", "position"])
def test_an_unknown_section_is_a_key_error(method: str) -> None:
    with pytest.raises(KeyError, match="c"):
        getattr(template("a", "b"), method)("c")
