"""The template files that ship."""

from importlib import resources

import pytest

from highlightbot.core.templates import Template, TemplateVersion
from highlightbot.templates import shipped_templates

SHIPPED = {template.identity: template for template in shipped_templates()}


def test_shipped_templates_are_all_read_oldest_first() -> None:
    assert [template.identity for template in shipped_templates()] == [
        TemplateVersion("covid-highlight-report", "2020-04"),
        TemplateVersion("covid-highlight-report", "2020-06"),
        TemplateVersion("highlight-report", "1"),
        TemplateVersion("prince2-highlight-report", "1"),
    ]


@pytest.mark.parametrize("identity", list(SHIPPED), ids=" ".join)
def test_shipped_template_stands_in_the_file_of_its_name(identity: TemplateVersion) -> None:
    name = f"{identity.key}-{identity.version}.toml"

    assert resources.files("highlightbot.templates").joinpath(name).is_file()


def test_april_2020_headings_labels_and_themes() -> None:
    template = SHIPPED[TemplateVersion("covid-highlight-report", "2020-04")]

    assert _form(template) == [
        ("KEY ACTIVITY HEADLINES", "Key activity headlines", "activity"),
        (
            "RISKS / CHALLENGES (AND MITIGATION)",
            "Risks / challenges (and mitigation)",
            "challenges",
        ),
        ("WORKFORCE UPDATE", "Workforce update", "workforce"),
        (
            "FINANCIAL IMPACT (increase in costs / reduction in income)",
            "Financial impact",
            "finance",
        ),
        (
            "RECOVERY ACTIVITY (plans being considered / future steps)",
            "Recovery activity",
            "recovery",
        ),
        ("COMMUNICATIONS", "Communications", "communications"),
    ]


def test_june_2020_headings_labels_and_themes() -> None:
    template = SHIPPED[TemplateVersion("covid-highlight-report", "2020-06")]

    assert _form(template) == [
        ("NEW GUIDANCE AND IMPACT", "New guidance and impact", "guidance"),
        ("NEW CHALLENGES AND ACTIVITY", "New challenges and activity", "challenges"),
        ("RECOVERY ACTIVITY", "Recovery activity", "recovery"),
        (
            "DECISIONS MADE SINCE LAST REPORTING PERIOD",
            "Decisions made since last reporting period",
            "decisions",
        ),
        (
            "NEW FINANCIAL IMPLICATIONS SINCE LAST REPORTING PERIOD",
            "New financial implications since last reporting period",
            "finance",
        ),
        ("WORKFORCE CHANGES", "Workforce changes", "workforce"),
        ("COMMUNICATIONS", "Communications", "communications"),
    ]


def test_sections_that_kept_their_names_kept_their_keys() -> None:
    april = SHIPPED[TemplateVersion("covid-highlight-report", "2020-04")]
    june = SHIPPED[TemplateVersion("covid-highlight-report", "2020-06")]

    assert {section.key for section in april.sections} & {
        section.key for section in june.sections
    } == {"recovery-activity", "communications"}


@pytest.mark.parametrize("template", shipped_templates(), ids=lambda t: " ".join(t.identity))
def test_every_shipped_section_guides_its_author(template: Template) -> None:
    assert [section.key for section in template.sections if len(section.guidance) < 80] == []


@pytest.mark.parametrize("theme", ["activity", "challenges", "finance", "decisions"])
def test_history_of_a_theme_reaches_every_kind_of_report(theme: str) -> None:
    newest = {template.key: template for template in SHIPPED.values()}
    with_theme = {
        key
        for key, _ in SHIPPED
        if any(
            section.theme == theme
            for template in SHIPPED.values()
            if template.key == key
            for section in template.sections
        )
    }

    assert with_theme == set(newest)


def _form(template: Template) -> list[tuple[str, str, str]]:
    return [(section.heading, section.label, section.theme) for section in template.sections]
