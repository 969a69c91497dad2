"""The Alibaba.com Open Platform (国际站开放平台), as a seller's own app asks it.

Takes: an app's key and secret, and what the seller has agreed to. Gives: answers of products, orders, statistics, showcase and RFQ.
May import: the wire and what stands above the feeds.
"""

from zhanggui.feeds.alibaba.pulls import SUBJECTS, pull
from zhanggui.feeds.alibaba.sign_in import authorize_url, exchange

__all__ = ["SUBJECTS", "authorize_url", "exchange", "pull"]
