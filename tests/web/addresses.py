"""Every address of a shop, made from the urlpatterns: a page that nobody listed is tested all the same."""

from __future__ import annotations

from django.urls import reverse

from tests.desk.bids import key, proposal
from tests.intake.studio import jpeg, product
from zhanggui.desk import bidding, connecting, importing, inviting, tokens, viewing
from zhanggui.web import urls

PICTURE = "1601825074601-1.jpg"
POSTED = {
    "check_again",
    "decide",
    "task",
    "accept_all",
    "decide_import",
    "connection_verb",
    "register_try",
    "mapping_try",
    "forget_mapping",
    "open_shop",
    "revoke",
    "revoke_token",
    "take_token_away",
    "second_factor",
    "list_do",
    "save_view",
    "view_verb",
    "rule_try",
    "check_setting_try",
    "history_undo",
    "title_used",
    "bid_limits",
    "bid_weekly",
    "bid_sheet_bring",
    "bid_sheet_do",
}


def _bid_sheet(cast, *, applied: bool = False):
    sheet = bidding.draft(cast.shop, proposal({key(1): (1.0, 1.3), key(2): (2.0, 1.5)}))
    if applied:
        bidding.approve(sheet, version=sheet.version)
        bidding.apply(sheet)
    return sheet


def all_of(cast, shop: str) -> list[tuple[str, str, str]]:
    """Name, method, address; ids are those of Alice's shop."""
    values = {
        "evidence": {"pk": cast.finding.pk},
        "preview": {"pk": cast.items[0].pk},
        "decide_import": {"pk": cast.items[0].pk},
        "problems": {"pk": cast.items[0].pk},
        "undo": {"number": cast.items[0].number},
        "decide": {"verb": "bring_back"},
        "task": {"pk": cast.task.pk, "verb": "finish"},
        "register": {"name": "product_cost"},
        "register_try": {"name": "product_cost"},
        "register_history": {"name": "product_cost"},
        "register_undo": {"name": "product_cost"},
    }
    view = cast.shop.views.first() or viewing.save(cast.shop, "products", "Mine", "f=unseen", shared=True, person=cast.alice)
    values |= {
        "list": {"name": "leads"},
        "list_row": {"name": "products"},
        "list_do": {"name": "products", "verb": "task"},
        "save_view": {"name": "products"},
        "view_verb": {"pk": view.pk, "verb": "open_with"},
    }
    connection = cast.shop.connections.first() or connecting.connect(
        cast.shop, "generic", "ERP", settings={}, secret={}, every_minutes=15, active=False
    )
    values |= {
        "new_connection": {"kind": "generic"},
        "connection": {"pk": connection.pk},
        "connection_verb": {"pk": connection.pk, "verb": "off"},
    }
    unknown = cast.shop.imports.filter(state="refused").first() or importing.bring(cast.shop, b"a,b\n1,2\n", "Unknown.csv")
    values |= {"mapping": {"pk": unknown.pk}, "mapping_try": {"pk": unknown.pk}, "forget_mapping": {"pk": 1}}
    invitation = cast.shop.company.invitations.first() or inviting.invite(cast.shop, "reader", email="new@example.com")[0]
    values |= {"member": {"pk": cast.bob.memberships.get().pk}, "revoke": {"pk": invitation.pk}}
    token = tokens.tokens(cast.alice).first() or tokens.make(cast.alice.memberships.get(), "Program")[0]
    values |= {"revoke_token": {"pk": token.pk}, "take_token_away": {"pk": token.pk}}
    values |= {"rule": {"name": "no_effect_days"}, "rule_try": {"name": "no_effect_days"}}
    share = {"code": "TR01", "name": "share"}
    values |= {"check_setting": share, "check_setting_try": share}
    sheets = list(cast.shop.bid_sheets.order_by("pk")) or [_bid_sheet(cast), _bid_sheet(cast, applied=True)]
    values |= {name: {"pk": sheets[0].pk} for name in ("bid_sheet", "bid_sheet_excel", "bid_sheet_bring")}
    values |= {"bid_sheet_do": {"pk": sheets[0].pk, "verb": "apply"}, "bid_sheet_revert": {"pk": sheets[1].pk}}
    values["history_undo"] = {"pk": cast.shop.changes.latest("pk").pk}
    shot = cast.shop.imports.filter(file=PICTURE).first() or importing.take(cast.shop, jpeg(product(1, (60, 60))), PICTURE)
    found = []
    for pattern in urls.shop:
        address = reverse(pattern.name, kwargs={"key": shop} | values.get(pattern.name, {}))
        if pattern.name == "figure":
            address += "?address=products.effect.search_exposures@28"
        if pattern.name == "list_row":
            address += "?product_id=1601825074601"
        if pattern.name == "product_page":
            address += "?product_id=1601825074601"
        if pattern.name == "picture":
            address += f"?product_id=1601825074601&position=1&as_of={shot.preview['parts'][0]['as_of']}"
        found.append((pattern.name, "post" if pattern.name in POSTED else "get", address))
    return found
