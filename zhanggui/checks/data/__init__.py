"""Checks about the data themselves."""
