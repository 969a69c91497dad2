"""A file becomes rows."""
