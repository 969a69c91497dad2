"""Where each endpoint stands: below /api/v1/."""

from django.urls import path

from zhanggui.api.door import answering
from zhanggui.api.endpoints import ENDPOINTS
from zhanggui.api.openapi import openapi

urlpatterns = [
    path("openapi.json", openapi, name="openapi"),
    *[path(one.path, answering(one), name=f"api_{one.function.__name__}") for one in ENDPOINTS],
]
