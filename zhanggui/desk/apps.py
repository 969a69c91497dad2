"""The Django app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "zhanggui.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
