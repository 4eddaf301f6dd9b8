"""`{% drawn %}`: a section of a template that is rendered once for one Record, not each time."""

from typing import Any

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token

register = template.Library()


class Drawn(Node):
    """What stands between the tags; a page without a Record renders it each time."""

    def __init__(
        self, place: tuple[str, int], parts: list[FilterExpression], inside: NodeList
    ) -> None:
        self.place, self.parts, self.inside = place, parts, inside

    def render(self, context: template.Context) -> Any:
        draw = context.get("draw")
        if draw is None:
            return self.inside.render(context)
        key = (*self.place, *(part.resolve(context) for part in self.parts))
        return draw(key, lambda: self.inside.render(context))


@register.tag
def drawn(parser: Parser, token: Token) -> Drawn:
    """`{% drawn a b %}…{% enddrawn %}`: it depends on the Record, the page's day, its two clocks
    and `a` and `b`, and on nothing else. What the page is called, its filters and its notices
    must be among `a` and `b` or stand outside."""
    parts = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    inside = parser.parse(("enddrawn",))
    parser.delete_first_token()
    return Drawn((str(parser.origin), token.lineno or 0), parts, inside)
