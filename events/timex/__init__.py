"""Time expressions in text (TimeML TIMEX3), German and English: `find_time_expressions`.

The rules are data in `events/lang/LANGUAGE`; docs/time.md says how to add one.
"""

from events.timex.tagger import TimeExpression, find_time_expressions
from events.timex.tml import TimeMLDocument, read_tml, write_tml

__all__ = ["TimeExpression", "TimeMLDocument", "find_time_expressions", "read_tml", "write_tml"]
