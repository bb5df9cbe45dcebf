"""Takes each rule away in turn: the battery must notice.

A rule of the schema is one keyword of one object, or one name in a keyword that lists names. Left
out is only what `byType` has settled before: that there is an object whose type is a string.
"""

import ast
import inspect
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import pytest

from highlightbot.playground.rules import (
    beyond_schema,
    block_rules,
    check_payload,
    checks,
    dialect,
    element_rules,
)
from tests.playground.rules.battery import PARTS_OF_THE_BATTERY, ROWS
from tests.playground.rules.battery.row import Row
from tests.playground.rules.samples import SURFACES

Schema = dict[str, Any]
ENFORCED = {*dialect.KEYWORDS, "surfaces"}
NAMED_PARTS = {"byType", "properties"}
LISTED_NAMES = {"atLeastOneOf", "enum", "exactlyOneOf", "required", "surfaces"}


@dataclass(frozen=True, slots=True)
class Removal:
    """A rule that can be taken away: `keyword` of `schema`, or only `name` in it."""

    place: str
    schema: Schema
    keyword: str
    name: Any = None
    without: Any = None

    def __str__(self) -> str:
        return f"{self.place}/{self.keyword}" + (f": {self.name}" if self.name else "")


@dataclass(frozen=True, slots=True)
class Trace:
    """Which rows reach a schema; which one of its keywords refuses, or the part so named."""

    reaching: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    refused_by: dict[tuple[int, str, Any], list[Row]] = field(
        default_factory=lambda: defaultdict(list)
    )


def removals() -> Iterator[Removal]:
    """Every rule of the schemas, once."""
    seen: set[int] = set()
    settled = types_settled()
    ahead = [(name, checks.VALIDATORS[name].schema) for name in ("message", "modal")]
    while ahead:
        place, schema = ahead.pop()
        if id(schema) not in seen:
            seen.add(id(schema))
            for removal in removals_in(place, schema):
                of_type = "type" in (removal.keyword, removal.name)
                if not (of_type and id(schema) in settled):
                    yield removal
            ahead += parts_of(place, schema)


def removals_in(place: str, schema: Schema) -> Iterator[Removal]:
    for keyword in sorted(ENFORCED & schema.keys()):
        value = schema[keyword]
        if keyword not in NAMED_PARTS:
            yield Removal(place, schema, keyword)
        if keyword in LISTED_NAMES and len(value) > 1:
            for name in value:
                yield Removal(place, schema, keyword, name, [n for n in value if n != name])
        if keyword in NAMED_PARTS:
            for name, part in value.items():
                yield Removal(place, schema, keyword, name, {**value, name: {}})
                if keyword == "byType" and part.get("surfaces") != []:
                    others = {kind: part for kind, part in value.items() if kind != name}
                    yield Removal(place, schema, keyword, name, others)


def parts_of(place: str, schema: Schema) -> Iterator[tuple[str, Schema]]:
    """The schemas right below, but for that of a type that `byType` has settled."""
    for keyword in NAMED_PARTS:
        for name, part in schema.get(keyword, {}).items():
            if part != {"type": "string"} or name != "type":
                yield f"{place}/{name}", part
    for part in schema.get("allOf", ()):
        yield place, part
    if "items" in schema:
        yield f"{place}/*", schema["items"]


def types_settled() -> set[int]:
    """The schemas that nothing but `byType` leads to, and the roots: they get objects only."""
    by_type: set[int] = set()
    otherwise: set[int] = set()
    ahead = [(checks.VALIDATORS[name].schema, True) for name in ("message", "modal")]
    while ahead:
        schema, is_settled = ahead.pop()
        found = by_type if is_settled else otherwise
        if id(schema) in found:
            continue
        found.add(id(schema))
        ahead += [(part, True) for part in schema.get("byType", {}).values()]
        ahead += [(part, is_settled) for part in schema.get("allOf", ())]
        ahead += [(part, False) for part in schema.get("properties", {}).values()]
        if "items" in schema:
            ahead.append((schema["items"], False))
    return by_type - otherwise


@contextmanager
def keywords_replaced(replacement: Callable[[str, str, Any], Any]) -> Iterator[None]:
    """Puts `replacement(surface, name, keyword)` in the place of each keyword."""
    tables = {name: validator.VALIDATORS for name, validator in checks.VALIDATORS.items()}
    before = {surface: dict(table) for surface, table in tables.items()}
    try:
        for surface, table in tables.items():
            table.update({name: replacement(surface, name, table[name]) for name in table})
        with renewed_validators():
            yield
    finally:
        for surface, table in tables.items():
            table.update(before[surface])


@contextmanager
def renewed_validators() -> Iterator[None]:
    """Validators that have not yet looked up the keywords of their schema."""
    before = dict(checks.VALIDATORS)
    try:
        checks.VALIDATORS.update({name: one.evolve() for name, one in before.items()})
        yield
    finally:
        checks.VALIDATORS.update(before)


def trace_of_the_battery() -> Trace:
    trace = Trace()
    reached: set[int] = set()
    refusals: set[tuple[int, str, Any]] = set()

    def noted(surface: str, name: str, keyword: Any) -> Any:
        def noting(validator: Any, value: Any, instance: Any, schema: Schema) -> Iterator[Any]:
            reached.add(id(schema))
            for error in keyword(validator, value, instance, schema) or ():
                part = next(iter(error.schema_path), None) if name in NAMED_PARTS else None
                refusals.add((id(schema), name, part))
                yield error

        return noting

    with keywords_replaced(noted):
        for row in sorted(ROWS, key=lambda row: len(str(row.payload))):
            reached.clear()
            refusals.clear()
            check_payload(row.payload)
            for schema in reached:
                trace.reaching[schema].append(row)
            for refusal in refusals:
                trace.refused_by[refusal].append(row)
    return trace


def is_noticed(removal: Removal, trace: Trace) -> bool:
    schema, keyword = removal.schema, removal.keyword
    likely = trace.refused_by[id(schema), keyword, None]
    if keyword in NAMED_PARTS:
        likely = trace.refused_by[id(schema), keyword, removal.name]
        if removal.name not in removal.without:
            likely = trace.reaching[id(schema[keyword][removal.name])]
    reaching = trace.reaching[id(schema)]
    with taken_away(removal), renewed_validators():
        return any(is_judged_wrong(row) for rows in (likely, reaching) for row in rows)


@contextmanager
def taken_away(removal: Removal) -> Iterator[None]:
    """The schema without that rule; afterwards its keywords stand in their order again."""
    before = dict(removal.schema)
    try:
        if removal.without is None:
            del removal.schema[removal.keyword]
        else:
            removal.schema[removal.keyword] = removal.without
        yield
    finally:
        removal.schema.clear()
        removal.schema.update(before)


def is_judged_wrong(row: Row) -> bool:
    try:
        return [str(fault) for fault in check_payload(row.payload)] != row.faults
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return True  # the later rules met a shape that the earlier ones let through


def without_each_statement(module: ModuleType) -> Iterator[tuple[str, ModuleType]]:
    """Copies of a module, each without one of the statements that yield a fault."""
    source = inspect.getsource(module)
    for number, statement in enumerate(yielding(ast.parse(source))):
        tree = ast.parse(source)
        removed = yielding(tree)[number]
        removed.value = ast.YieldFrom(ast.Tuple([], ast.Load()))
        copy = ModuleType(module.__name__)
        copy.__package__ = module.__package__
        exec(compile(ast.fix_missing_locations(tree), str(module.__file__), "exec"), vars(copy))
        yield f"{module.__name__}:{statement.lineno}", copy


def yielding(tree: ast.AST) -> list[ast.Expr]:
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield | ast.YieldFrom)
    ]


def each_sentence_first(rows: list[Row]) -> list[Row]:
    """The same rows, the first with each sentence ahead: what is amiss is found sooner."""
    known: set[str] = set()
    first, others = [], []
    for row in rows:
        sentences = {fault.partition(" [json-pointer:")[0] for fault in row.faults}
        (others if sentences <= known else first).append(row)
        known |= sentences
    return [*first, *others]


def test_no_rule_of_the_schema_can_be_removed_unnoticed() -> None:
    trace = trace_of_the_battery()
    rules = list(removals())

    unnoticed = [str(rule) for rule in rules if not is_noticed(rule, trace)]

    assert len(rules) > 1000
    assert unnoticed == []


@pytest.mark.parametrize(
    ("module", "user", "names"),
    [
        (beyond_schema, checks, ["message_rules", "view_rules"]),
        (block_rules, beyond_schema, ["block_rules"]),
        (element_rules, beyond_schema, ["element_rules"]),
    ],
)
def test_no_rule_beyond_the_schema_can_be_removed_unnoticed(
    module: ModuleType, user: ModuleType, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    later = [row for part in ("whole", "faults") for row in PARTS_OF_THE_BATTERY[part]]
    unnoticed = []
    for place, copy in without_each_statement(module):
        with monkeypatch.context() as patch:
            for name in names:
                patch.setattr(user, name, getattr(copy, name))
            if not any(is_judged_wrong(row) for row in later):
                unnoticed.append(place)

    assert unnoticed == []


def test_no_fault_of_the_dialect_can_be_silenced_unnoticed() -> None:
    refused = each_sentence_first([row for row in ROWS if row.faults])
    unnoticed = []
    for place, copy in without_each_statement(dialect):
        tables = {name: copy.validator_for_surface(name, {}).VALIDATORS for name in SURFACES}
        with keywords_replaced(lambda surface, name, _, tables=tables: tables[surface][name]):
            if not any(is_judged_wrong(row) for row in refused):
                unnoticed.append(place)

    assert unnoticed == []
