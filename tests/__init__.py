"""Tests; they mirror the path of what they test. `house/` judges the project itself, `e2e/` walks in a real browser."""
