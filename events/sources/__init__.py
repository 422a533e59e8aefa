"""Documents out of files: text, title, day of publication, origin and zones of plain text, Markdown and saved pages.

`read_bytes` and `read_source` raise UnreadableSource where there is nothing to read, with the reason.
"""

from events.sources.finding import SUFFIXES, find_sources, read_bytes
from events.sources.reading import Source, open_source, read_source, to_document

__all__ = ["SUFFIXES", "Source", "find_sources", "open_source", "read_bytes", "read_source", "to_document"]
