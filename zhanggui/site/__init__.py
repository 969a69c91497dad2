"""Wiring: settings, urls, wsgi.

Takes: environment variables. Gives: the Django project.
May import: everything; nothing imports it (Django finds it by name).
"""
