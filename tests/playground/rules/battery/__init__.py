"""The battery: payloads that we wrote from Slack's documentation, each with its verdict.

The rows come from tables: a limit is one line there and up to four payloads here, a field that an
object must have is one word.
"""

from tests.playground.rules.battery import (
    faults,
    fields,
    limits,
    places,
    surfaces,
    types,
    valid,
    whole,
)

PARTS_OF_THE_BATTERY = {
    "surfaces": list(surfaces.rows()),
    "places": list(places.rows()),
    "valid": list(valid.rows()),
    "limits": list(limits.rows()),
    "fields": list(fields.rows()),
    "types": list(types.rows()),
    "faults": list(faults.rows()),
    "whole": list(whole.rows()),
}
ROWS = [row for rows in PARTS_OF_THE_BATTERY.values() for row in rows]
