"""One measure, one definition."""
