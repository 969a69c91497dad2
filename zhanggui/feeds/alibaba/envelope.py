"""The envelope of an answer: what it holds, or why it holds nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhanggui.desk.answers import Trouble

#: Error code → code of our trouble. Codes as seen on the platform; IllegalAccessToken and IncompleteSignature are the gateway's.
CODES = {
    "MissingParameter": "missing_parameter",
    "InsufficientPermission": "no_grant",
    "InvalidAppKey": "wrong_app_key",
    "InvalidApiPath": "unknown_method",
    "ApiCallLimit": "too_many_calls",
    "IncompleteSignature": "wrong_secret",
    "IllegalAccessToken": "sign_in_again",
    "IllegalRefreshToken": "sign_in_again",
}
#: After these, nothing else needs to be asked.
FATAL = frozenset(
    {"wrong_app_key", "wrong_secret", "sign_in_again", "sign_in_first", "unreachable", "timeout", "address_not_allowed"}
)
#: What another try may bring all the same: where a pull stops, and the next one goes on.
PASSING = FATAL | {
    "server_error",
    "too_many_calls",
    "broken_json",
    "html_instead",
    "empty_answer",
    "too_large",
    "redirected_away",
    "more_to_come",
}
#: These answer for the method, whatever it is asked about.
OF_THE_METHOD = frozenset({"no_grant", "unknown_method", "missing_parameter", "not_found"})


def payload(body: Any, method: str) -> dict[str, Any]:
    """What stands inside `<method>_response`; the document itself where it has no such wrapping."""
    inside = body.get(f"{method.replace('.', '_')}_response", body) if isinstance(body, Mapping) else {}
    return dict(inside) if isinstance(inside, Mapping) else {}


def refusal(body: Any, method: str, table: str = "") -> Trouble | None:
    """Why an answer is none, or None. An outer success may hide an inner failure."""
    inside = payload(body, method)
    error = inside.get("error_response") or (body.get("error_response") if isinstance(body, Mapping) else None)
    if error is None and str(inside.get("code") or "0") != "0":
        error = inside
    if isinstance(error, Mapping):
        return _named(error, method, table)
    for part in (inside, inside.get("result"), inside.get("response")):
        if isinstance(part, Mapping) and str(part.get("success", "true")).lower() == "false":
            return Trouble("inner_failure", asked=method, said=_words(part), table=table)
    return None


def _named(error: Mapping[str, Any], method: str, table: str) -> Trouble:
    code, sub = str(error.get("code", "")), str(error.get("sub_code") or "")
    if code == "15" and sub in ("402", "isv.402"):
        return Trouble("ids_refused", asked=method, said=_words(error), value="1", table=table)
    return Trouble(CODES.get(code, "refused"), asked=method, said=_words(error), table=table)


def _words(error: Mapping[str, Any]) -> str:
    names = (
        "sub_msg",
        "msg",
        "message",
        "error_msg",
        "msg_info",
        "error_message",
        "sub_code",
        "code",
        "error_code",
        "msg_code",
    )
    said = [str(error[n]) for n in names if error.get(n)]
    return " · ".join(dict.fromkeys(said))[:300] or "?"


def listed(part: Any, *names: str) -> list[dict[str, Any]]:
    """The records of a list by the names on the way to it, wrapped twice (`order_list.trade_ecology_order`) or once."""
    for name in names:
        part = part.get(name) if isinstance(part, Mapping) else None
    if isinstance(part, Mapping):
        part = next((v for v in part.values() if isinstance(v, list)), [])
    return [p for p in part if isinstance(p, dict)] if isinstance(part, list) else []


def records(part: Any) -> list[dict[str, Any]]:
    """The first list of records anywhere inside, where the way to it is not published."""
    if isinstance(part, list):
        return [p for p in part if isinstance(p, dict)]
    inner = part.values() if isinstance(part, Mapping) else ()
    return next((found for value in inner if (found := records(value))), [])
