"""SVG elements as small trees, and how they are painted and written.

Marks are drawn with plain colours. Painting happens when the tree is written: inline in a
page every known colour becomes a class (so that dark, print and a strict Content-Security-
Policy work), on its own every colour becomes the value of one scheme.
"""

from dataclasses import dataclass, field
from html import escape
from typing import Literal

from dashboard.charts.theme import ROLE_OF

Scheme = Literal["light", "dark", "print"]
Value = str | float | int
COLOURS = ("fill", "stroke")


@dataclass
class Node:
    """One element: its attributes (underscores stand for hyphens) and what is inside."""

    tag: str
    attributes: dict[str, Value] = field(default_factory=dict)
    children: "list[Node | str]" = field(default_factory=list)


def node(tag: str, *children: "Node | str", **attributes: Value | None) -> Node:
    """An element; attributes that are None are left out."""
    kept = {
        name.rstrip("_").replace("_", "-"): value
        for name, value in attributes.items()
        if value is not None
    }
    return Node(tag, kept, list(children))


def number(value: float) -> str:
    """A number with at most one decimal, as short as it goes: 12.0 is 12, -0.04 is 0."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def coloured(value: str, scheme: Scheme) -> str:
    """A light colour as it is in ``scheme``; a colour of no role stays as it is."""
    role = ROLE_OF.get(value.lower())
    if role is None:
        return value
    return {"light": role.light, "dark": role.dark, "print": role.printed}[scheme]


def write(tree: Node, scheme: Scheme | None) -> str:
    """The tree as text; ``scheme`` None: with classes, for a page that links site.css."""
    parts: list[str] = []
    _write(tree, scheme, parts)
    return "".join(parts)


def _write(tree: Node, scheme: Scheme | None, parts: list[str]) -> None:
    attributes = dict(tree.attributes)
    classes = str(attributes.pop("class", "")).split()
    for name in COLOURS:
        value = attributes.get(name)
        if not isinstance(value, str) or value == "none" or value.startswith("url("):
            continue
        role = ROLE_OF.get(value.lower())
        if scheme is not None:
            attributes[name] = coloured(value, scheme)
        elif role is not None:
            del attributes[name]
            classes.append(f"{name[0]}-{role.name}")
    if classes:
        attributes = {"class": " ".join(classes), **attributes}
    parts.append(f"<{tree.tag}")
    for name, value in attributes.items():
        text = number(value) if isinstance(value, int | float) else escape(value)
        parts.append(f' {name}="{text}"')
    if not tree.children:
        parts.append("/>")
        return
    parts.append(">")
    for child in tree.children:
        if isinstance(child, Node):
            _write(child, scheme, parts)
        else:
            parts.append(escape(child, quote=False))
    parts.append(f"</{tree.tag}>")
