"""Excel and CSV for people.

Takes: plain rows. Gives: bytes of a file; no cell of it is ever a formula.
May import: tables and everything above desk.
"""
