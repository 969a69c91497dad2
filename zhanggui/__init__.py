"""掌柜 Zhanggui: runs an Alibaba.com export store from its own data."""

__version__ = "0.1.0"
