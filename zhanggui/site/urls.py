"""Where each page stands, and the API."""

from django.urls import include, path

urlpatterns = [path("api/v1/", include("zhanggui.api.urls")), path("", include("zhanggui.web.urls"))]
