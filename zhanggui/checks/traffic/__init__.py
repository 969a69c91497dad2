"""Checks about the shop's traffic as a whole."""
