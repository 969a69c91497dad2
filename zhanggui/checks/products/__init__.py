"""Checks about products."""
