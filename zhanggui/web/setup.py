"""First run: the first person, their shop, its first files."""

from __future__ import annotations

from zoneinfo import available_timezones

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from zhanggui.desk import access, founding, people
from zhanggui.intake.sheets import MAX_FILE_BYTES
from zhanggui.tables import TABLES
from zhanggui.web import freshness
from zhanggui.web.page import page, person_of
from zhanggui.web.words import said

KEY = (
    "只用小写字母、数字和短横线，以字母或数字开头，最多 64 个字。",
    "Lower-case letters, digits and dashes only, a letter or digit first, at most 64.",
)
ZONE = ("没有这个时区，例如 Asia/Shanghai。", "No such time zone; write for example Asia/Shanghai.")


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def you(request: HttpRequest) -> HttpResponse:
    """The first person; there is no such page once somebody is there."""
    if not founding.is_empty():
        raise Http404
    wrong: dict[str, list[str]] = {}
    if request.method == "POST":
        told = {name: request.POST.get(name, "") for name in ("code", "username", "password", "language")}
        if told["password"] != request.POST.get("again", ""):
            wrong["again"] = [said("两次输入的密码不一样。", "The two passwords differ.")]
        else:
            try:
                person = founding.found(**told)
            except founding.TooLate:
                raise Http404 from None
            except founding.WrongCode:
                wrong["code"] = [
                    said(
                        "设置码不对。它显示在启动掌柜的窗口里。",
                        "Not the code. It stands in the window that Zhanggui was started in.",
                    )
                ]
            except ValidationError as error:
                wrong = error.message_dict
            else:
                login(request, person)
                return redirect("setup_shop")
    else:
        founding.setup_code()
    return page(request, "setup_you.jinja", wrong=wrong, told=request.POST, status=422 if wrong else 200)


@require_http_methods(["GET", "POST"])
def first_shop(request: HttpRequest) -> HttpResponse:
    """The founder's shop."""
    person = person_of(request)
    if not access.may_open_first_shop(person):
        return redirect("home")
    wrong: dict[str, list[str]] = {}
    if request.method == "POST":
        try:
            shop = founding.open_first_shop(
                person,
                request.POST.get("name", ""),
                key=request.POST.get("key", ""),
                industry=request.POST.get("industry", ""),
                languages=[code for code in people.TITLE_LANGUAGES if code in request.POST.getlist("languages")],
                time_zone=request.POST.get("time_zone", ""),
                currency=request.POST.get("currency", ""),
            )
        except ValidationError as error:
            wrong = _explained(error)
        except ValueError:
            wrong["currency"] = [said("没有这个币种。", "No such currency.")]
        except access.Forbidden:  # the button was pressed twice
            return redirect("home")
        else:
            return redirect("begin", shop.key)
    return page(
        request,
        "setup_shop.jinja",
        wrong=wrong,
        told=request.POST,
        chosen=request.POST.getlist("languages") if request.method == "POST" else ["en"],
        languages=people.TITLE_LANGUAGES,
        zones=sorted(z for z in available_timezones() if "/" in z),
        status=422 if wrong else 200,
    )


def _explained(error: ValidationError) -> dict[str, list[str]]:
    """The errors by field, in the words of the page."""
    told = error.message_dict
    for name, codes, texts in (("key", ("invalid", "max_length"), KEY), ("time_zone", ("unknown_zone", "max_length"), ZONE)):
        if any(e.code in codes for e in error.error_dict.get(name, [])):
            told[name] = [said(*texts)]
    return told


@require_GET
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """What comes after the shop: its first files, or a look at a made-up shop."""
    shop = access.shop_for(person_of(request), key)
    return page(
        request,
        "begin.jinja",
        shop,
        wanted=freshness.reports_wanted(list(TABLES.values())),
        limit=MAX_FILE_BYTES,
    )
