"""Write the documents of Jira Cloud (Atlassian Document Format) as plain text."""

from collections.abc import Mapping

_BLOCKS = frozenset(
    {"paragraph", "heading", "codeBlock", "blockquote", "panel", "rule", "tableRow", "listItem"}
)
"""What begins in a line of its own."""
_MARKS = {"hardBreak": "\n", "rule": "---"}
DEPTH = 60
"""How deep a document is read; no editor nests as deep."""


def is_document(value: object) -> bool:
    """Whether a value is a document."""
    return isinstance(value, Mapping) and value.get("type") == "doc"


def document_text(node: object, depth: int = 0) -> str:
    r"""Return the text of a document, a block a line.

    >>> document_text({"type": "doc", "content": [
    ...     {"type": "paragraph", "content": [{"type": "text", "text": "No"}]},
    ...     {"type": "paragraph", "content": [{"type": "text", "text": "paper"}]}]})
    'No\npaper'
    """
    if not isinstance(node, Mapping) or depth > DEPTH:
        return ""
    kind = str(node.get("type"))
    if kind == "text":
        return str(node.get("text", ""))
    if kind in {"bulletList", "orderedList"}:
        return _list_text(node, depth)
    content = node.get("content")
    if not isinstance(content, list):
        return _MARKS.get(kind) or _attribute(node)
    return _joined([(child, document_text(child, depth + 1)) for child in content], kind)


def _joined(parts: list[tuple[object, str]], kind: object) -> str:
    if kind == "tableRow":
        return " | ".join(text for _, text in parts)
    text = ""
    for child, part in parts:
        block = isinstance(child, Mapping) and (
            str(child.get("type")) in _BLOCKS or "content" in child
        )
        text += "\n" + part if block and text and not text.endswith("\n") else part
    return text


def _list_text(node: Mapping[str, object], depth: int) -> str:
    items = node.get("content")
    texts = [document_text(item, depth + 1) for item in items] if isinstance(items, list) else []
    ordered = node.get("type") == "orderedList"
    return "\n".join(
        f"{number}. {text}" if ordered else f"* {text}" for number, text in enumerate(texts, 1)
    )


def _attribute(node: Mapping[str, object]) -> str:
    """Return what a node without content shows: a mention, an emoji, a link."""
    attributes = node.get("attrs")
    if not isinstance(attributes, Mapping):
        return ""
    return next(
        (str(attributes[name]) for name in ("text", "shortName", "url") if attributes.get(name)), ""
    )
