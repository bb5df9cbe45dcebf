"""The dialect of the rule files: JSON Schema 2020-12 that complains in Slack's words.

Four keywords are ours. `byType` chooses one schema by the value's `type`, so that a fault is
reported where it lies and not as "matches none of these". `surfaces` lists where a block or an
element may be used. `atLeastOneOf` and `exactlyOneOf` name fields. Two annotations are ours:
`source`, the page that states what stands beside and below it; `expected`, what a pattern or a
format means.

Lengths are counted in UTF-16 units: Slack does not say what it counts, and for no text is this
less than the number of code points.

The wordings for `byType`, `surfaces`, `required`, `additionalProperties`, `type`, lengths and
numbers of items were seen in Slack's answers; those for enumerations, patterns, bounds and
`exactlyOneOf` are not known and follow their style.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import create

Schema = Mapping[str, Any]
Keyword = Callable[[Validator, Any, Any, Schema], Iterator[ValidationError]]


def validator_for_surface(surface: str, schema: Schema) -> Validator:
    """A validator of `schema`, whose references are resolved, for payloads shown on `surface`."""
    dialect = create(
        meta_schema=Draft202012Validator.META_SCHEMA,
        validators={
            **KEYWORDS,
            "surfaces": _surfaces_including(surface),
        },
        type_checker=Draft202012Validator.TYPE_CHECKER.redefine_many(
            {
                "array": lambda _, value: isinstance(value, list | tuple),
                "object": lambda _, value: isinstance(value, Mapping),
            }
        ),
    )
    return dialect(schema)


def resolve_references(definitions: Mapping[str, Schema]) -> dict[str, Schema]:
    """`definitions` with each `{"$ref": "#/$defs/name"}` replaced by what it refers to.

    Following references while validating takes half of the time. No definition may hold itself.
    """
    resolved: dict[str, Schema] = {}

    def definition(name: str) -> Schema:
        if name not in resolved:
            resolved[name] = resolve(definitions[name])
        return resolved[name]

    def resolve(node: Any) -> Any:
        if isinstance(node, list):
            return [resolve(part) for part in node]
        if not isinstance(node, dict):
            return node
        parts = {key: resolve(part) for key, part in node.items() if key != "$ref"}
        if "$ref" not in node:
            return parts
        target = definition(node["$ref"].removeprefix("#/$defs/"))
        return {"allOf": [target], **parts} if parts else target

    return {name: definition(name) for name in definitions}


def source_of(error: ValidationError, schema: Schema | bool) -> str:
    """The page nearest above the rule that `error` broke, in the schema that found it."""
    source = ""
    node: Any = schema
    for part in error.absolute_schema_path:
        source = node.get("source", source) if isinstance(node, Mapping) else source
        node = node[part]
    return source


def text_length(text: str) -> int:
    """The length of `text` in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def is_date(text: str) -> bool:
    """Whether `text` is a day of the calendar in the form YYYY-MM-DD."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _faults(
    validator: Validator,
    schema: Schema,
    instance: Any,
    *,
    path: Sequence[str | int] = (),
    schema_path: Sequence[str | int] = (),
) -> Iterator[ValidationError]:
    """What a part of the schema finds in a part of the payload.

    The library's own `descend` makes a validator for each part of each payload, which takes most
    of the time. No keyword here asks its validator for more than types, so that one will do.
    """
    for name, value in schema.items():
        keyword = validator.VALIDATORS.get(name)
        for error in keyword(validator, value, instance, schema) if keyword else ():
            if not error.schema_path:
                error.validator = name
            error.schema_path.extendleft((name, *schema_path))
            error.path.extendleft(path)
            yield error


def _properties(
    validator: Validator, schemas: Mapping[str, Schema], instance: Any, schema: Schema
) -> Iterator[ValidationError]:
    if isinstance(instance, Mapping):
        for name, part in schemas.items():
            if name in instance:
                yield from _faults(validator, part, instance[name], path=[name], schema_path=[name])


def _items(
    validator: Validator, part: Schema, instance: Any, schema: Schema
) -> Iterator[ValidationError]:
    if validator.is_type(instance, "array"):
        for number, item in enumerate(instance):
            yield from _faults(validator, part, item, path=[number])


def _all_of(
    validator: Validator, schemas: Sequence[Schema], instance: Any, schema: Schema
) -> Iterator[ValidationError]:
    for number, part in enumerate(schemas):
        yield from _faults(validator, part, instance, schema_path=[number])


def _by_type(
    validator: Validator, schemas: Mapping[str, Schema], instance: Any, schema: Schema
) -> Iterator[ValidationError]:
    if not isinstance(instance, Mapping):
        yield ValidationError("must provide an object")
        return
    kind = instance.get("type")
    if kind is None and "type" not in instance:
        yield ValidationError("missing required field: type")
    elif not isinstance(kind, str):
        yield ValidationError("must provide a string", path=["type"])
    elif kind not in schemas:
        yield ValidationError(f"unsupported type: {kind}", path=["type"])
    else:
        for error in _faults(validator, schemas[kind], instance, schema_path=[kind]):
            # Asked before the error is handed on, because its path grows as it goes up.
            unavailable = error.validator == "surfaces" and list(error.path) == ["type"]
            yield error
            if unavailable:
                return


def _surfaces_including(surface: str) -> Keyword:
    def surfaces(
        validator: Validator, allowed: Sequence[str], instance: Any, schema: Schema
    ) -> Iterator[ValidationError]:
        if surface not in allowed:
            yield ValidationError(f"unsupported type: {instance['type']}", path=["type"])

    return surfaces


def _type(
    validator: Validator, types: str | list[str], instance: Any, schema: Schema
) -> Iterator[ValidationError]:
    names = [types] if isinstance(types, str) else types
    if not any(validator.is_type(instance, name) for name in names):
        article = "an" if names[0][0] in "aio" else "a"
        yield ValidationError(f"must provide {article} {names[0]}")


def _required(
    validator: Validator, names: list[str], instance: Any, schema: Schema
) -> Iterator[ValidationError]:
    if isinstance(instance, Mapping):
        for name in names:
            if name not in instance:
                yield ValidationError(f"missing required field: {name}")


def _additional_properties(
    validator: Validator, allowed: bool, instance: Any, schema: Schema
) -> Iterator[ValidationError]:
    if isinstance(instance, Mapping):
        for name in instance:
            if name not in schema["properties"]:
                yield ValidationError(f"invalid additional property: {name}")


def _at_least_one_of(
    validator: Validator, names: list[str], instance: Any, schema: Schema
) -> Iterator[ValidationError]:
    if isinstance(instance, Mapping) and not any(name in instance for name in names):
        yield ValidationError(f"must define either {_either(names)}")


def _exactly_one_of(
    validator: Validator, names: list[str], instance: Any, schema: Schema
) -> Iterator[ValidationError]:
    yield from _at_least_one_of(validator, names, instance, schema)
    if isinstance(instance, Mapping) and sum(name in instance for name in names) > 1:
        yield ValidationError(f"must define only one of {_either(names)}")


def _either(names: Sequence[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    return f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def _max_length(
    validator: Validator, limit: int, instance: Any, schema: Schema
) -> Iterator[ValidationError]:
    if isinstance(instance, str) and text_length(instance) > limit:
        yield ValidationError(f"must be less than {limit + 1} characters")


def _min_length(
    validator: Validator, limit: int, instance: Any, schema: Schema
) -> Iterator[ValidationError]:
    if isinstance(instance, str) and len(instance) < limit:
        yield ValidationError(f"must be more than {limit - 1} characters")


def _max_items(
    validator: Validator, limit: int, instance: Any, schema: Schema
) -> Iterator[ValidationError]:
    if validator.is_type(instance, "array") and len(instance) > limit:
        yield ValidationError(f"no more than {limit} items allowed")


def _min_items(
    validator: Validator, limit: int, instance: Any, schema: Schema
) -> Iterator[ValidationError]:
    if validator.is_type(instance, "array") and len(instance) < limit:
        yield ValidationError(f"must provide at least {limit} items")


def _maximum(
    validator: Validator, limit: float, instance: Any, schema: Schema
) -> Iterator[ValidationError]:
    if validator.is_type(instance, "number") and instance > limit:
        yield ValidationError(f"must be less than or equal to {limit}")


def _minimum(
    validator: Validator, limit: float, instance: Any, schema: Schema
) -> Iterator[ValidationError]:
    if validator.is_type(instance, "number") and instance < limit:
        yield ValidationError(f"must be greater than or equal to {limit}")


def _exclusive_minimum(
    validator: Validator, limit: float, instance: Any, schema: Schema
) -> Iterator[ValidationError]:
    if validator.is_type(instance, "number") and instance <= limit:
        yield ValidationError(f"must be greater than {limit}")


def _enum(
    validator: Validator, values: list[Any], instance: Any, schema: Schema
) -> Iterator[ValidationError]:
    if instance not in values and validator.is_type(instance, schema["type"]):
        yield ValidationError(f"must be one of: {', '.join(map(str, values))}")


def _pattern(
    validator: Validator, pattern: str, instance: Any, schema: Schema
) -> Iterator[ValidationError]:
    # In JSON Schema, `$` is the very end and `\d` one of ten digits.
    exact = pattern.replace("$", r"\Z")
    if isinstance(instance, str) and not re.search(exact, instance, re.ASCII):
        yield ValidationError(f"must be {schema['expected']}")


def _format(
    validator: Validator, form: str, instance: Any, schema: Schema
) -> Iterator[ValidationError]:
    """Dates only: no other form is asked for."""
    if isinstance(instance, str) and not is_date(instance):
        yield ValidationError(f"must be {schema['expected']}")


KEYWORDS: dict[str, Keyword] = {
    "additionalProperties": _additional_properties,
    "allOf": _all_of,
    "atLeastOneOf": _at_least_one_of,
    "byType": _by_type,
    "enum": _enum,
    "exactlyOneOf": _exactly_one_of,
    "exclusiveMinimum": _exclusive_minimum,
    "format": _format,
    "items": _items,
    "maximum": _maximum,
    "maxItems": _max_items,
    "maxLength": _max_length,
    "minimum": _minimum,
    "minItems": _min_items,
    "minLength": _min_length,
    "pattern": _pattern,
    "properties": _properties,
    "required": _required,
    "type": _type,
}
