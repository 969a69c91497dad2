"""Excel and CSV for people."""
