"""Tests that judge the project itself: its layers, recipes, docs and words."""
