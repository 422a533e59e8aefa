"""Markdown with front matter: the words as a reader sees them, without the marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from events.model import ZoneKind
from events.sources.assembly import Assembly
from events.sources.details import Details, parse_date

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?P<yaml>.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)
_KEYS = {
    "title": ("title", "titel", "headline"),
    "date": ("date", "datum", "published", "publication_date", "pubdate"),
    "outlet": ("outlet", "site", "sitename", "publication", "newspaper", "zeitung", "medium"),
    "agency": ("agency", "agentur"),
    "author": ("author", "authors", "autor", "autorin", "autoren"),
    "url": ("url", "link", "canonical", "canonical_url", "address"),
    "language": ("language", "lang", "sprache"),
}


def has_front_matter(text: str) -> bool:
    """Whether the text begins with a block of metadata between two lines of dashes."""
    return _FRONT_MATTER.match(text) is not None and _split_front_matter(text)[0] is not None


def read_markdown(text: str) -> tuple[Assembly, Details]:
    """The paragraphs of a Markdown text, and what its front matter tells.

    Headings and list items keep what they are; of pictures the alternative text stays, as a caption. A text without a
    heading above it begins with the title of the front matter.
    """
    values, remarks, body = _split_front_matter(text)
    assembly, details = _assemble(body), _details(values or {}, remarks)
    if assembly.blocks and not any(kind == "headline" for _, kind in assembly.blocks[:2]):
        assembly.put_headline_first(details.title)
    return assembly, details


def _split_front_matter(text: str) -> tuple[Mapping[str, str] | None, list[str], str]:
    """The values of the front matter (None where there is none), remarks on it, and the text below it."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return None, [], text
    import yaml

    try:
        # BaseLoader leaves every value a string: no date, number or "no" is read into it.
        loaded = yaml.load(match["yaml"], Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        where = getattr(error, "problem_mark", None)
        line = f", line {where.line + 2}" if where is not None else ""
        return {}, [f"front matter left out: it is no valid YAML{line}"], text[match.end() :]
    if not isinstance(loaded, dict):
        return None, [], text
    return {str(key).casefold(): _as_words(value) for key, value in loaded.items()}, [], text[match.end() :]


def _as_words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(item for item in value if isinstance(item, str))
    return " ".join(value.split()) if isinstance(value, str) else ""


def _details(values: Mapping[str, str], remarks: list[str]) -> Details:
    found = {name: next((values[key] for key in keys if values.get(key)), "") for name, keys in _KEYS.items()}
    published = parse_date(found["date"])
    if found["date"] and published is None:
        remarks = [*remarks, f"front matter: date {found['date']!r} is not understood; write it as 2019-04-25"]
    return Details(
        title=found["title"],
        published=published,
        outlet=found["outlet"],
        agency=found["agency"],
        author=found["author"],
        url=found["url"],
        language=found["language"],
        remarks=tuple(remarks),
    )


def _assemble(text: str) -> Assembly:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    assembly = Assembly()
    parser = MarkdownIt("commonmark", {"maxNesting": 50}).enable("table")
    _add_blocks(SyntaxTreeNode(parser.parse(text)), assembly, None)
    return assembly


def _add_blocks(parent: SyntaxTreeNode, assembly: Assembly, kind: ZoneKind | None) -> None:
    """Append the blocks below a node; `kind` is what stands in them, where a list has settled it."""
    for node in parent.children:
        match node.type:
            case "heading":
                assembly.add(_words(node), "headline")
            case "paragraph":
                assembly.add(_number(node) + _words(node), kind)
                for image in _images(node):
                    assembly.add(image.content, "caption")
            case "list_item":
                _add_blocks(node, assembly, "body")
            case "tr":
                assembly.add_row([_words(cell) for cell in node.children])
            case "fence" | "code_block" | "html_block":
                for part in re.split(r"\n\s*\n", _TAG.sub(" ", node.content)):
                    assembly.add(part, kind)
            case _:
                _add_blocks(node, assembly, kind)


def _number(paragraph: SyntaxTreeNode) -> str:
    """The number before the first paragraph of a list item, else "".

    "12. Juni 2018: ..." is the twelfth item of a list to Markdown; without the number a reader would miss the day.
    """
    item = paragraph.parent
    if item is None or item.type != "list_item" or item.children[0] is not paragraph or not item.info:
        return ""
    return f"{item.info}{item.markup} "


def _words(node: SyntaxTreeNode) -> str:
    """The words below a node, line breaks as blanks, without pictures and tags."""
    if node.type in ("softbreak", "hardbreak"):
        return " "
    if node.type in ("image", "html_inline"):
        return ""
    return "".join(map(_words, node.children)) if node.children else node.content


def _images(node: SyntaxTreeNode) -> Iterator[SyntaxTreeNode]:
    return (child for child in node.walk() if child.type == "image")
