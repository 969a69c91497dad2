"""Where the data of this installation lie."""

from pathlib import Path

from django.conf import settings

from zhanggui.desk.models import Shop
from zhanggui.facts import Facts, open_facts


def home() -> Path:
    """The data folder, `ZHANGGUI_HOME`."""
    return Path(settings.ZHANGGUI_HOME)


def facts_of(shop: Shop) -> Facts:
    return open_facts(home(), shop.key)
