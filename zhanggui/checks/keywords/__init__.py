"""Checks about keywords."""
