"""A source on this machine: answers what a test tells it to, keeps what it was asked, and checks the platform's signatures itself."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass
class Asked:
    """One call as it arrived."""

    method: str
    path: str
    query: dict[str, str]
    form: dict[str, str]
    headers: dict[str, str]


#: Status, headers, body. None: the line is cut without an answer.
Given = tuple[int, dict[str, str], bytes]


@dataclass
class Source:
    """The server: `answer` says what comes back; `asked` is what it was asked."""

    answer: Callable[[Asked], Given | None]
    asked: list[Asked] = field(default_factory=list)
    address: str = ""


def ok(body: Any, **headers: str) -> Given:
    return 200, headers, body if isinstance(body, bytes) else json.dumps(body).encode()


@contextmanager
def serving(answer: Callable[[Asked], Given | None]) -> Iterator[Source]:
    source = Source(answer)

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
            headers = {k.lower(): v for k, v in self.headers.items()}
            asked = Asked(self.command, parts.path, dict(parse_qsl(parts.query)), dict(parse_qsl(body, True)), headers)
            source.asked.append(asked)
            given = source.answer(asked)
            if given is None:
                self.close_connection = True
                return
            status, more, data = given
            self.send_response(status)
            for name, value in ({"content-length": str(len(data))} | more).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = handle_any

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    source.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield source
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


APP_KEY, APP_SECRET = "500001", "a secret of the app"


def signature(form: dict[str, str], path: str) -> str:
    """The signature by the platform's own description: sorted pairs, under /rest with the path in front, HMAC-SHA256, upper-case hex."""
    text = path.removeprefix("/rest") if path.startswith("/rest/") else ""
    for name in sorted(form):
        if name != "sign":
            text += name + form[name]
    return hmac.digest(APP_SECRET.encode("utf-8"), text.encode("utf-8"), hashlib.sha256).hex().upper()


def platform(methods: dict[str, Any]) -> Callable[[Asked], Given | None]:
    """The platform: `methods` names for each method (or path under /rest) an answer, a list of answers in turn, or a function of the form."""
    counts: dict[str, int] = {}

    def answer(asked: Asked) -> Given | None:
        name = asked.form.get("method") or asked.path.removeprefix("/rest")
        if asked.form.get("sign") != signature(asked.form, asked.path) or asked.form.get("app_key") != APP_KEY:
            return ok({"code": "IncompleteSignature", "type": "ISV", "message": "The request signature does not conform"})
        if asked.form.get("sign_method") != "sha256" or not asked.form.get("timestamp", "").isdigit():
            return ok({"code": "MissingParameter", "type": "ISV", "message": "timestamp"})
        if name not in methods:
            return ok({"code": "InvalidApiPath", "type": "ISV", "message": "The specified API path is invalid"})
        given = methods[name]
        if callable(given):
            given = given(asked.form)
        elif isinstance(given, list):
            given = given[min(counts.get(name, 0), len(given) - 1)]
            counts[name] = counts.get(name, 0) + 1
        return given if given is None or isinstance(given, tuple) else ok(given)

    return answer


def error(method: str, code: str, **more: str) -> dict[str, Any]:
    """An error as /sync answers it."""
    return {"error_response": {"code": code, "type": "ISV", "msg": f"about {method}", "request_id": "1"} | more}
