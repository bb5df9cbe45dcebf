"""What workflows need from outside.

A unit of work bundles the stores over one transaction. Stores never commit and return core
values. Every id that a store takes or gives is the database's own.
"""

from highlightbot.workflows.ports.database import Database, UnitOfWork
from highlightbot.workflows.ports.ledger import Deliveries, Ledger, Pacing
from highlightbot.workflows.ports.looks import Looks
from highlightbot.workflows.ports.outside import Clock, Directory, Messenger, RingBell, Watch
from highlightbot.workflows.ports.people import People
from highlightbot.workflows.ports.programmes import CalendarChanges, Periods, Programmes
from highlightbot.workflows.ports.reminders import Reminders
from highlightbot.workflows.ports.reports import Reports, Summaries

__all__ = [
    "CalendarChanges",
    "Clock",
    "Database",
    "Deliveries",
    "Directory",
    "Ledger",
    "Looks",
    "Messenger",
    "Pacing",
    "People",
    "Periods",
    "Programmes",
    "Reminders",
    "Reports",
    "RingBell",
    "Summaries",
    "UnitOfWork",
    "Watch",
]
