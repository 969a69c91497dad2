"""A made-up shop: make one, watch it being drawn, remove it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from zhanggui import jobs
from zhanggui.desk import access, demo
from zhanggui.desk.models import Shop
from zhanggui.web.page import page, person_of
from zhanggui.web.words import said


@require_http_methods(["GET", "POST"])
def sandbox(request: HttpRequest, key: str) -> HttpResponse:
    """Beside a real shop: the demo shop of its company, or the form that makes one. Of a demo shop: how far it is, and its end."""
    person = person_of(request)
    shop = access.shop_for(person, key)
    access.demand(person, "manage_shop", shop)
    if request.method == "POST":
        if request.POST.get("verb") == "remove":
            return _remove(request, shop)
        try:
            run, new = demo.start(shop, request.POST.get("size", ""), person=person)
        except ValueError:
            return HttpResponseBadRequest()
        if new:
            jobs.later(jobs.draw_demo, run.pk)
        return redirect("sandbox", run.shop.key if run.shop else key)
    if not shop.demo:
        return page(request, "sandbox_make.jinja", shop, made=demo.demo_of(shop))
    run_now = demo.drawing(shop)
    running = run_now is not None and run_now.finished is None
    if request.headers.get("HX-Request") and not running:
        return HttpResponse(headers={"HX-Refresh": "true"})  # the drawing that the page asked about has ended
    return page(
        request,
        "sandbox.jinja",
        shop,
        run=run_now,
        running=running,
        step=demo.STEPS.index(run_now.note["step"]) if run_now and running else 0,
        nobody_works=running and not jobs.worker_runs(),
    )


def _remove(request: HttpRequest, shop: Shop) -> HttpResponse:
    try:
        demo.remove(shop, person=person_of(request))
    except demo.NotADemo:
        return page(request, "403.html", status=403)
    messages.success(request, said("演示店铺已删除。", "The demo shop is removed."))
    return redirect("home")
