"""Every address of a shop, made from the urlpatterns: a page that nobody listed is tested all the same."""

from __future__ import annotations

from django.urls import reverse

from zhanggui.web import urls

POSTED = {"check_again", "decide", "task", "accept_all", "decide_import"}


def all_of(cast, key: str) -> list[tuple[str, str, str]]:
    """Name, method, address; ids are those of Alice's shop."""
    values = {
        "evidence": {"pk": cast.finding.pk},
        "preview": {"pk": cast.items[0].pk},
        "decide_import": {"pk": cast.items[0].pk},
        "problems": {"pk": cast.items[0].pk},
        "undo": {"number": cast.items[0].number},
        "decide": {"verb": "bring_back"},
        "task": {"pk": cast.task.pk, "verb": "finish"},
    }
    found = []
    for pattern in urls.shop:
        address = reverse(pattern.name, kwargs={"key": key} | values.get(pattern.name, {}))
        if pattern.name == "figure":
            address += "?address=products.effect.search_exposures@28"
        found.append((pattern.name, "post" if pattern.name in POSTED else "get", address))
    return found
