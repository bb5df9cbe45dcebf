"""Template versions. They never change, so those that were read are kept."""

import json
from collections.abc import MutableMapping
from dataclasses import asdict
from typing import TypeAlias

from sqlalchemy import Connection, bindparam, select

from highlightbot.core.templates import Section, Template, refuse_changed
from highlightbot.persistence.rows import AnyRow, insert_missing
from highlightbot.persistence.tables import templates

TemplateCache: TypeAlias = MutableMapping[int, Template]

_TEMPLATE = select(
    templates.c.id,
    templates.c.key,
    templates.c.version,
    templates.c.title,
    templates.c.sections,
)
_ONE = _TEMPLATE.where(templates.c.id == bindparam("id"))
_OF_WORKSPACE = _TEMPLATE.where(templates.c.workspace_id == bindparam("workspace_id")).order_by(
    templates.c.id
)
_BY_VERSION = _OF_WORKSPACE.where(
    templates.c.key == bindparam("key"), templates.c.version == bindparam("version")
)
_ADD = insert_missing(templates)


class SqlTemplates:
    """Template versions of one transaction, on top of those that are known already."""

    __slots__ = ("_cache", "_connection")

    def __init__(self, connection: Connection, cache: TemplateCache) -> None:
        self._connection = connection
        self._cache = cache

    def get(self, template_id: int) -> Template:
        """One template version; NoResultFound where there is none."""
        known = self._cache.get(template_id)
        if known is None:
            known = _template(self._connection.execute(_ONE, {"id": template_id}).one())
            self._cache[template_id] = known
        return known

    def all(self, workspace_id: int) -> list[Template]:
        """Every template version of the workspace, in the order of first use."""
        rows = self._connection.execute(_OF_WORKSPACE, {"workspace_id": workspace_id})
        return [_template(row) for row in rows]

    def save(self, workspace_id: int, template: Template) -> int:
        """See `ports.Programmes.save_template`."""
        names = {
            "workspace_id": workspace_id,
            "key": template.key,
            "version": template.version,
        }
        row = self._connection.execute(_BY_VERSION, names).one_or_none()
        if row is None:
            sections = json.dumps([asdict(section) for section in template.sections])
            values = {**names, "title": template.title, "sections": sections}
            self._connection.execute(_ADD, values)
            row = self._connection.execute(_BY_VERSION, names).one()
        refuse_changed(template, _template(row))
        return int(row.id)


def _template(row: AnyRow) -> Template:
    sections = tuple(Section(**section) for section in json.loads(row.sections))
    return Template(row.key, row.version, row.title, sections)
