"""Every report beyond the first six, one file per subject of the back office: from a scene to one file of a week, month or day.

Takes: a `Scene` and the week, month or day. Gives: the path of the file written.
May import: the rest of the sandbox; nothing of the project.
"""
