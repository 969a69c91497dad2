"""Where each page stands. A page of a shop stands under /s/<shop key>/."""

from django.urls import include, path

from zhanggui.web import accounts, cockpit, connections, evidence, imports, listing, mapping, page, registers, today, undo

shop = [
    path("", today.today, name="today"),
    path("pages/", page.pages, name="pages"),
    path("cockpit/", cockpit.cockpit_page, name="cockpit"),
    path("wall/", cockpit.wall, name="wall"),
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
    path("imports/<int:pk>/mapping/", mapping.form, name="mapping"),
    path("imports/<int:pk>/mapping/try/", mapping.try_form, name="mapping_try"),
    path("mappings/<int:pk>/forget/", mapping.forget, name="forget_mapping"),
    path("imports/<int:number>/undo/", undo.undo, name="undo"),
    path("connections/", connections.connections, name="connections"),
    path("connections/new/<slug:kind>/", connections.new, name="new_connection"),
    path("connections/<int:pk>/", connections.connection, name="connection"),
    path("connections/<int:pk>/<slug:verb>/", connections.verb, name="connection_verb"),
    path("products/", listing.products, name="products"),
    path("keywords/", listing.keywords, name="keywords"),
    path("registers/", registers.registers, name="registers"),
    path("registers/<slug:name>/", registers.register, name="register"),
    path("registers/<slug:name>/try/", registers.try_out, name="register_try"),
    path("registers/<slug:name>/history/", registers.history, name="register_history"),
    path("registers/<slug:name>/undo/", registers.undo, name="register_undo"),
]

urlpatterns = [
    path("", accounts.home, name="home"),
    path("language/", accounts.language, name="language"),
    path("currency/", accounts.currency, name="currency"),
    path("accounts/login/", accounts.SignIn.as_view(), name="account_login"),
    path("accounts/logout/", accounts.SignOut.as_view(), name="account_logout"),
    path("accounts/inactive/", accounts.nowhere, name="account_inactive"),
    path("accounts/signup/", accounts.nowhere, name="account_signup"),
    path("accounts/reauthenticate/", accounts.nowhere, name="account_reauthenticate"),
    path("accounts/password/reset/", accounts.nowhere, name="account_reset_password"),
    path("connections/callback/", connections.callback, name="connection_callback"),
    path("s/<slug:key>/", include(shop)),
]
