"""Lists end, whatever the other side does."""

from __future__ import annotations

from zhanggui.feeds.paging import gathered, linked, numbered


def by_number(lists, *, size=2, total=None, first=1):
    asked = []

    def call(number):
        asked.append(number)
        return lists(number)

    pages, trouble = gathered(numbered(call, list, "x", first=first, size=size, total=lambda page: total))
    return [list(p) for p in pages], trouble, asked


def test_a_list_without_total_ends_with_a_page_that_is_not_full():
    assert by_number(lambda n: {1: "ab", 2: "cd", 3: "e"}[n]) == ([["a", "b"], ["c", "d"], ["e"]], None, [1, 2, 3])


def test_a_total_counts_even_where_pages_are_shorter_than_asked_for():
    assert by_number(lambda n: {0: "a", 1: "b", 2: "c"}[n], size=20, total=3, first=0) == (
        [["a"], ["b"], ["c"]],
        None,
        [0, 1, 2],
    )


def test_an_empty_page_ends():
    assert by_number(lambda n: "ab" if n == 1 else "", total=9)[1:] == (None, [1, 2])


def test_an_odd_first_page_is_given_to_be_kept_and_a_list_of_nought_is_empty():
    assert by_number(lambda n: "") == ([[]], None, [1])
    assert by_number(lambda n: "", total=0) == ([], None, [1])
    assert by_number(lambda n: "", total=-1) == ([], None, [1])


def test_a_page_that_repeats_ends_with_a_trouble_and_keeps_what_came():
    pages, trouble, asked = by_number(lambda n: "ab", total=9)
    assert (pages, asked) == ([["a", "b"]], [1, 2])
    assert (trouble.code, trouble.value) == ("page_repeats", "2")


def test_a_list_that_never_ends_is_stopped():
    pages, trouble, _ = by_number(lambda n: [n, -n])
    assert (len(pages), trouble.code) == (1000, "too_many_pages")


def test_links_are_followed_until_there_is_none_and_never_in_a_circle():
    onward = {None: "p2", "p2": "p3", "p3": None}
    assert gathered(linked(lambda where: where, onward.get, "x")) == ([None, "p2", "p3"], None)
    pages, trouble = gathered(linked(lambda where: where, {None: "p2", "p2": "p3", "p3": "p2"}.get, "x"))
    assert (pages, trouble.code) == ([None, "p2", "p3"], "page_repeats")
