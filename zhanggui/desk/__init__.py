"""What people do about it: the one Django app, with people, shops, imports, findings, tasks.

Takes: what people and the worker decide. Gives: rows of the database; its verb modules (`importing`, `checking`, `deciding`,
`people`, `setting`) are the only writers of it, `access` says who may.
May import: everything above it in the river.
"""
