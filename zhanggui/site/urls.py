"""Where each page stands."""

from django.urls import include, path

urlpatterns = [path("", include("zhanggui.web.urls"))]
