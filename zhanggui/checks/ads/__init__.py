"""Checks about paid traffic."""
