"""What every template can say: `t`, dates, figures, links."""

from __future__ import annotations

from typing import Any

from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from zhanggui.web import rule_words, sections, words


def url(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def environment(**options: Any) -> Environment:
    """The Jinja environment that settings name. An unknown name in a template is an error, not an empty string."""
    made = Environment(**options | {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True})  # noqa: S701
    made.globals |= {
        "t": words.said,
        "lang": words.lang,
        "static": static,
        "url": url,
        "get_messages": get_messages,
        "role": words.role,
        "rail": sections.rail,
        "section_title": sections.title_of,
        "state": words.state,
        "cadence": words.cadence,
        "table_title": words.table_title,
        "label": words.label,
        "shop": None,  # a page outside of any shop
        "section": "",
        "allowed": frozenset(),
    }
    made.filters |= {
        "day": words.day,
        "moment": words.moment,
        "span": words.span,
        "period": words.period,
        "size": words.size,
        "figure": words.figure,
        "unit": rule_words.unit,
    }
    return made
