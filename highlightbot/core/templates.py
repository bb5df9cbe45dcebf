"""The sections of a report: versioned, ordered, each with the theme that carries its history."""

from dataclasses import dataclass
from typing import NamedTuple

from highlightbot.core.errors import Refusal


class TemplateVersion(NamedTuple):
    """What identifies a template: two versions of one key are different forms."""

    key: str
    version: str


@dataclass(frozen=True, slots=True)
class Section:
    """One question of a report.

    ``heading`` stands verbatim as on the paper form, ``label`` is how screens name it (sentence
    case, short), ``theme`` is what it is about across template versions.
    """

    key: str
    heading: str
    label: str
    theme: str
    guidance: str = ""
    nil_allowed: bool = True


@dataclass(frozen=True, slots=True)
class Template:
    """One version of a form. Never changed once a period has used it: a change is a version."""

    key: str
    version: str
    title: str
    sections: tuple[Section, ...]

    @property
    def identity(self) -> TemplateVersion:
        """Its key and version."""
        return TemplateVersion(self.key, self.version)

    @property
    def nil_allowed(self) -> bool:
        """Whether a whole report may say that there is nothing."""
        return all(section.nil_allowed for section in self.sections)

    def section(self, key: str) -> Section:
        """The section of that key; KeyError where there is none."""
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(key)

    def position(self, key: str) -> int:
        """Where the section of that key stands, from 0; KeyError where there is none."""
        return self.sections.index(self.section(key))


def refuse_changed(template: Template, stored: Template) -> None:
    """Refusal where both say that they are the same version of a form, and are not."""
    if template.identity == stored.identity and template != stored:
        raise Refusal(
            f"Version {template.version} of the template {template.key} is in use with another"
            " title or other sections. Give the changed template a version of its own."
        )
