"""Checks about the pages of products: pictures, videos, titles, prices, attributes, certificates."""
