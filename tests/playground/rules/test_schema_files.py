"""The rule files themselves: legal JSON Schema, with a page beside what they say."""

import json
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from highlightbot.playground.rules import dialect

FILES = {
    file.name: json.loads(file.read_text(encoding="utf-8"))
    for file in files("highlightbot.playground.rules").joinpath("schema").iterdir()
}
DEFINITIONS = {name: schema for file in FILES.values() for name, schema in file["$defs"].items()}
ANNOTATIONS = {"$comment", "$ref", "expected", "source"}
UNDERSTOOD = {*dialect.KEYWORDS, "surfaces", *ANNOTATIONS}


def schemas_in(schema: Any) -> Iterator[dict[str, Any]]:
    yield schema
    for keyword in ("properties", "byType"):
        for part in schema.get(keyword, {}).values():
            yield from schemas_in(part)
    if "items" in schema:
        yield from schemas_in(schema["items"])


ALL_SCHEMAS = [schema for definition in DEFINITIONS.values() for schema in schemas_in(definition)]


@pytest.mark.parametrize("name", FILES)
def test_rule_file_is_legal_json_schema(name: str) -> None:
    Draft202012Validator.check_schema(FILES[name])


def test_no_definition_is_given_twice() -> None:
    names = Counter(name for file in FILES.values() for name in file["$defs"])

    assert [name for name, count in names.items() if count > 1] == []


def test_definitions_use_only_keywords_that_are_enforced() -> None:
    used = {keyword for schema in ALL_SCHEMAS for keyword in schema}

    assert used - UNDERSTOOD == set()


def test_every_definition_is_reached_from_a_message_or_a_view() -> None:
    reached: set[str] = set()
    ahead = ["message", "view"]
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            references = (schema.get("$ref") for schema in schemas_in(DEFINITIONS[name]))
            ahead.extend(ref.removeprefix("#/$defs/") for ref in references if ref)

    assert reached == set(DEFINITIONS)


def test_closed_objects_name_every_field_that_they_require() -> None:
    strangers = {
        field
        for schema in ALL_SCHEMAS
        if schema.get("additionalProperties") is False
        for keyword in ("required", "atLeastOneOf", "exactlyOneOf")
        for field in schema.get(keyword, ())
        if field not in schema["properties"]
    }

    assert strangers == set()


def test_every_block_and_element_states_its_page() -> None:
    pages = {
        name: schema["source"]
        for name, schema in DEFINITIONS.items()
        if name.endswith(("_block", "_element")) and "byType" not in schema
    }

    assert len(pages) > 45
    assert [page for page in pages.values() if not page.startswith("https://docs.slack.dev/")] == []


def test_every_form_says_what_it_expects() -> None:
    assert [
        schema
        for schema in ALL_SCHEMAS
        if {"pattern", "format"} & schema.keys() and "expected" not in schema
    ] == []
