"""The template files that ship, and how a template file is read."""

from highlightbot.templates.loading import find_template, read_template, shipped_templates

__all__ = ["find_template", "read_template", "shipped_templates"]
