"""What a record names by an id only, and another list of the same answer says in words."""

from __future__ import annotations

from zhanggui.intake.answer_records import Found

#: The key that names a record elsewhere → the list where that stands under `id`, and what it is called there.
LINKS = {"inventory_item_id": ("inventory_items", "sku")}


def link(found: list[Found]) -> None:
    """Give every record that names another what that one is called; its id where it has no such name or is not in the answer."""
    for key, (place, name) in LINKS.items():
        named = [r for part in found if part.place.rsplit(".", 1)[-1] == place for r in part.records]
        called = {r["id"]: r[name] for r in named if r.get("id") and r.get(name)}
        for part in found:
            if key in part.own and name not in part.own:
                part.own[name] = None
                for record in part.records:
                    record[name] = called.get(record.get(key)) or record.get(key)
