"""The API: shops, checks, findings, figures and tables for programs, and nothing that the pages would not show the same person.

Takes: requests with a token. Gives: JSON, CSV, problems (RFC 9457), and the document that describes it all (OpenAPI 3.1).
May import: everything above it in the river.

`endpoints.py` lists what can be asked; parameters, document and reference page come from that list. Nothing is written.
"""
