"""The line: where it may go, how much it takes, how long it waits."""

from __future__ import annotations

import gzip
import logging
import socket
import threading
from contextlib import suppress

import pytest

from tests.feeds.server import ok, serving
from zhanggui.feeds import guard
from zhanggui.feeds.guard import Refusal
from zhanggui.feeds.wire import Wire, document


def trouble_of(call, *given, **more):
    with pytest.raises(Refusal) as stopped:
        call(*given, **more)
    return stopped.value.trouble


@pytest.mark.parametrize(
    "address",
    [
        "https://10.0.0.8/stock",
        "https://192.168.1.1/",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[fd00::1]/",
        "https://0.0.0.0/",
        "https://100.64.0.1/",
        "https://224.0.0.1/",
        "http://93.184.215.14/",
    ],
)
def test_inner_and_plain_addresses_are_not_asked(address):
    assert trouble_of(guard.place, address).code == "address_not_allowed"


@pytest.mark.parametrize(
    "address", ["stock.csv", "ftp://8.8.8.8/", "file:///etc/passwd", "https://me:word@8.8.8.8/", "https://"]
)
def test_what_is_no_address_is_said(address):
    assert trouble_of(guard.place, address).code == "bad_address"


def test_a_public_address_is_let_through():
    assert guard.place("https://8.8.8.8:444/x").ips == ("8.8.8.8",)


def test_one_inner_address_among_several_is_enough_to_refuse():
    assert (
        trouble_of(guard.place, "https://erp.example/", (), lambda host, port: ["8.8.8.8", "10.0.0.1"]).code
        == "address_not_allowed"
    )


def test_an_unknown_name_is_unreachable():
    def nowhere(host, port):
        raise OSError

    assert trouble_of(guard.place, "https://erp.example/", (), nowhere).code == "unreachable"


def test_the_address_that_was_checked_is_the_one_that_is_called():
    """A name is looked up once; the call goes to that number, under the name."""
    with serving(lambda asked: ok(b"1")) as source:
        port = source.address.rsplit(":", 1)[1]
        looked = []

        def look_up(host, number):
            looked.append((host, number))
            return ["127.0.0.1"]

        Wire(allowed={"erp.example"}, look_up=look_up).ask("GET", f"http://erp.example:{port}/x?a=1", params={"b": "2"})
    assert looked == [("erp.example", int(port))]
    assert (source.asked[0].headers["host"], source.asked[0].query) == (f"erp.example:{port}", {"a": "1", "b": "2"})


def test_the_next_number_of_a_name_is_tried_where_the_first_is_not_there():
    with serving(lambda asked: ok(b"1")) as source:
        port = source.address.rsplit(":", 1)[1]
        wire = Wire(allowed={"erp.example"}, look_up=lambda host, number: ["127.0.0.2", "127.0.0.1"])
        assert wire.ask("GET", f"http://erp.example:{port}/").data == b"1"


def test_a_redirect_stays_with_the_host():
    def answer(asked):
        if asked.path == "/old":
            return 302, {"location": "/new?x=1"}, b""
        if asked.path == "/away":
            return 302, {"location": "http://169.254.169.254/"}, b""
        if asked.path == "/round":
            return 302, {"location": "/round"}, b""
        return ok(b"here")

    with serving(answer) as source:
        wire = Wire(allowed={"127.0.0.1"})
        assert wire.ask("GET", source.address + "/old").data == b"here"
        for path in ("/away", "/round"):
            assert trouble_of(wire.ask, "GET", source.address + path).code == "redirected_away"


def test_an_answer_above_the_limit_is_dropped():
    with serving(lambda asked: ok(b"x" * 3000)) as source:
        assert trouble_of(Wire(allowed={"127.0.0.1"}, max_bytes=2000).ask, "GET", source.address).code == "too_large"
        assert len(Wire(allowed={"127.0.0.1"}, max_bytes=3000).ask("GET", source.address).data) == 3000


def test_silence_is_a_timeout():
    over = threading.Event()

    def silent(asked):
        over.wait(20)

    with serving(silent) as source:
        try:
            assert trouble_of(Wire(allowed={"127.0.0.1"}, seconds=0.1).ask, "GET", source.address, asked="x").code == "timeout"
        finally:
            over.set()


def test_nobody_there():
    with serving(lambda asked: ok(b"")) as source:
        pass
    assert trouble_of(Wire(allowed={"127.0.0.1"}).ask, "GET", source.address).code == "unreachable"


def test_a_line_cut_in_the_middle_is_not_taken_for_whole():
    with serving(lambda asked: (200, {"content-length": "100"}, b'{"a": 1}')) as source:
        assert trouble_of(Wire(allowed={"127.0.0.1"}, seconds=1).ask, "GET", source.address).code == "broken_json"


def test_the_pause_is_the_one_that_is_asked_for(clock):
    with serving(lambda asked: (429, {"retry-after": "7.5"}, b"")) as source:
        wire = Wire(allowed={"127.0.0.1"}, clock=clock, sleep=clock.sleep)
        assert trouble_of(wire.ask, "GET", source.address, asked="x").code == "too_many_calls"
    assert (clock.slept, len(source.asked)) == ([7.5], 2)
    wire.pause("86400")
    wire.pause("soon")
    assert clock.slept[1:] == [60.0, 2.0]


def test_no_address_is_logged(caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with serving(lambda asked: ok(b"1")) as source:
        Wire(allowed={"127.0.0.1"}).ask("GET", source.address + "/?key=hidden")
    assert "hidden" not in caplog.text


def test_numbers_that_are_no_json_or_too_deep_are_broken():
    from zhanggui.feeds.wire import Reply

    assert trouble_of(document, Reply(200, {}, b"[" * 100_000), "x").code == "broken_json"
    assert trouble_of(document, Reply(200, {}, b"\xff\xfe{"), "x").code == "broken_json"


def test_an_address_that_hides_an_inner_number_in_ipv6_is_not_asked():
    for ip in ("64:ff9b::a00:1", "2002:a00:1::", "::a00:1", "64:ff9b:1::1", "::ffff:0:a00:1", "fec0::1"):
        assert (ip, trouble_of(guard.place, "https://erp.example/", (), lambda *_, ip=ip: [ip]).code) == (
            ip,
            "address_not_allowed",
        )
    assert guard.place("https://[2606:4700::1111]/").ips == ("2606:4700::1111",)


@pytest.mark.parametrize("host", ["2130706433", "127.1", "0x7f.0.0.1", "017700000001", "１２７.0.0.1"])
def test_numbers_written_oddly_are_the_numbers_that_they_are(host):
    assert trouble_of(guard.place, f"https://{host}/").code in ("address_not_allowed", "bad_address")


@pytest.mark.parametrize(
    "address", ["https://me:hidden@/x", "https://h:x/?key=hidden", "me:hidden@host", "https://me:hid?den@h:x/"]
)
def test_a_password_in_what_is_no_address_is_not_said(address):
    trouble = trouble_of(guard.place, address)
    assert (trouble.code, trouble.asked) == ("bad_address", "…")


def test_a_packed_answer_is_unpacked_no_further_than_the_limit():
    bomb = gzip.compress(b"\0" * 50 * 2**20, 9)
    with serving(lambda asked: (200, {"content-encoding": asked.path[1:].replace("+", ", ")}, bomb)) as source:
        wire = Wire(allowed={"127.0.0.1"}, max_bytes=2**20)
        assert trouble_of(wire.ask, "GET", source.address + "/gzip").code == "too_large"
        for packed in ("gzip+gzip", "br", "zstd", "deflate"):
            assert (packed, trouble_of(wire.ask, "GET", f"{source.address}/{packed}").code) == (packed, "broken_json")


def test_a_packed_answer_comes_out_whole_or_not_at_all():
    packed = gzip.compress(b"x" * 3000)
    given = {"/whole": packed, "/cut": packed[:-9], "/odd": b"{}", "/empty": b""}
    with serving(lambda asked: (200, {"content-encoding": "gzip"}, given[asked.path])) as source:
        wire = Wire(allowed={"127.0.0.1"}, max_bytes=3000)
        assert wire.ask("GET", source.address + "/whole").data == b"x" * 3000
        assert wire.ask("GET", source.address + "/empty").data == b""
        for path in ("/cut", "/odd"):
            assert trouble_of(wire.ask, "GET", source.address + path).code == "broken_json"


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\nx: ", b"HTTP/1.0 200 OK\r\n\r\n"])
def test_an_answer_that_drips_is_cut(head):
    """A byte now and then, in the headers or in a body of unsaid length: no single read is late, the call is."""
    over = threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))

    def drip():
        line, _ = listening.accept()
        with line, suppress(OSError):
            line.sendall(head)
            while not over.wait(0.01):
                line.sendall(b"a")

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        wire = Wire(allowed={"127.0.0.1"}, seconds=5, most_seconds=0.3)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        assert trouble_of(wire.ask, "GET", address, asked="x").code == "timeout"
    finally:
        over.set()
        thread.join()
        listening.close()


def test_nothing_is_asked_after_the_time_is_up(clock):
    with serving(lambda asked: ok(b"1")) as source:
        wire = Wire(allowed={"127.0.0.1"}, clock=clock, sleep=clock.sleep, pace=4.0, until=10.0)
        for _ in range(3):
            wire.ask("GET", source.address)
        trouble = trouble_of(wire.ask, "GET", source.address, asked="x")
    assert ((trouble.code, trouble.level), len(source.asked)) == (("more_to_come", "note"), 3)


def test_odd_words_about_pauses_and_redirects_are_troubles_not_errors(clock):
    given = {"/nan": (429, {"retry-after": "nan"}, b""), "/odd": (302, {"location": "http://[::1"}, b"")}
    with serving(lambda asked: given[asked.path]) as source:
        wire = Wire(allowed={"127.0.0.1"}, clock=clock, sleep=clock.sleep)
        assert trouble_of(wire.ask, "GET", source.address + "/nan").code == "too_many_calls"
        assert trouble_of(wire.ask, "GET", source.address + "/odd").code in ("redirected_away", "broken_json")
    assert clock.slept == [2.0]
