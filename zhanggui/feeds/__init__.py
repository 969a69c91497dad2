"""Asking the outside for data: an answer becomes a raw file, and intake reads it like any other.

Takes: a connection's settings and secret, and where the last pull ended. Gives: answers (bytes and a name) and where to go on.
May import: everything above, and the network.
"""

from zhanggui.feeds.alibaba import authorize_url
from zhanggui.feeds.guard import Refusal, host_of
from zhanggui.feeds.kinds import KINDS, Field, Kind, choices, exchange, pull

__all__ = ["KINDS", "Field", "Kind", "Refusal", "authorize_url", "choices", "exchange", "host_of", "pull"]
