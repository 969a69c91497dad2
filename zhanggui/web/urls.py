"""Where each page stands. A page of a shop stands under /s/<shop key>/."""

from django.urls import include, path

from zhanggui.web import accounts, evidence, imports, listing, today, undo

shop = [
    path("", today.today, name="today"),
    path("check/", today.check_again, name="check_again"),
    path("decide/<slug:verb>/", today.decide, name="decide"),
    path("tasks/<int:pk>/<slug:verb>/", today.task, name="task"),
    path("evidence/<int:pk>/", evidence.evidence, name="evidence"),
    path("figure/", evidence.figure, name="figure"),
    path("imports/", imports.imports, name="imports"),
    path("imports/accept/", imports.accept_all, name="accept_all"),
    path("imports/<int:pk>/", imports.preview, name="preview"),
    path("imports/<int:pk>/decide/", imports.decide, name="decide_import"),
    path("imports/<int:pk>/problems.csv", imports.problems, name="problems"),
    path("imports/<int:number>/undo/", undo.undo, name="undo"),
    path("products/", listing.products, name="products"),
    path("keywords/", listing.keywords, name="keywords"),
]

urlpatterns = [
    path("", accounts.home, name="home"),
    path("language/", accounts.language, name="language"),
    path("accounts/login/", accounts.SignIn.as_view(), name="account_login"),
    path("accounts/logout/", accounts.SignOut.as_view(), name="account_logout"),
    path("accounts/inactive/", accounts.nowhere, name="account_inactive"),
    path("accounts/signup/", accounts.nowhere, name="account_signup"),
    path("accounts/reauthenticate/", accounts.nowhere, name="account_reauthenticate"),
    path("accounts/password/reset/", accounts.nowhere, name="account_reset_password"),
    path("s/<slug:key>/", include(shop)),
]
