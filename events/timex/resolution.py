"""From matched words to TIMEX3 value and When: all functions that rules may name under `resolve`.

Each takes a `Hit` and returns a `Resolved`, or None where the words cannot mean what the rule thought ("31. Februar").
What cannot be placed in the calendar keeps its words: its `when` is None and its value `XXXX-XX-XX`.
"""

from __future__ import annotations

# Imported for the functions that each of them enters into RESOLVERS.
from events.timex import calendar_dates, clock_times, holidays, lengths, named_periods, relative_dates
from events.timex.hits import RESOLVERS

__all__ = ["RESOLVERS", "calendar_dates", "clock_times", "holidays", "lengths", "named_periods", "relative_dates"]
