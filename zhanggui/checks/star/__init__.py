"""Checks about the star level."""
