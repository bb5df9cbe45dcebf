"""The template that most of the tests read documents by."""

from highlightbot.core.templates import Section, Template

VISITORS = Section(
    "visitors", "VISITORS (all sites)", "Visitors", "activity", "", nil_allowed=False
)
ROOF = Section("roof", "ROOF / WALLS", "Roof / walls", "challenges")
STAFF = Section("staff", "STAFF CHANGES", "Staff changes", "workforce")
MUSEUM = Template("museum-report", "1", "Museum report", (VISITORS, ROOF, STAFF))
