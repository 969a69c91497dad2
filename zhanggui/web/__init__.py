"""Pages: a thin door.

Takes: requests. Gives: HTML in the reader's language. Reads through facts, measures and plans; writes only through desk verbs.
May import: everything above it in the river.
"""
