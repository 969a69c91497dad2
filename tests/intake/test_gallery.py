"""Pictures and videos dropped like any file: rows, rejected names, trace into the zip, twice is once, undo, limits, hostile zips."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from tests.intake.files import DAY, archive, codes, taken, text
from tests.intake.studio import film, jpeg, logo, png, product, with_logo
from zhanggui.facts import open_facts
from zhanggui.intake import read

ID, OTHER = "1600123456789", "1600123456790"


@cache
def small(seed: int = 1) -> bytes:
    return jpeg(product(seed, (300, 300)))


@cache
def clip() -> bytes:
    return film(1, (90, 160), audio=False)


def rows(reading, table="picture"):
    return next(p for p in reading.parts if p.table.name == table).rows


def test_a_zip_of_pictures_and_videos_fills_both_tables():
    pack = archive({f"{ID}-1.jpg": small(), f"{ID}/2.jpg": small(2), f"{ID}+{OTHER}-video.mp4": clip(), "__MACOSX/x.jpg": b"x"})
    reading = taken(pack, "pictures.zip")
    assert (reading.ok, codes(reading)) == (True, [])
    seen = rows(reading).select("product_id", "position", "file", "whose", "_line", "width")
    assert seen.rows() == [(ID, 1, f"{ID}-1.jpg", None, 1, 300), (ID, 2, f"{ID}/2.jpg", None, 2, 300)]
    films = rows(reading, "video").select("product_id", "kind", "height", "seconds")
    assert films.rows() == [(ID, "main", 160, 1.0), (OTHER, "main", 160, 1.0)]


def test_one_picture_is_read_alone_and_dated_by_its_name_or_the_day():
    alone = taken(small(), f"{ID}-1.jpg")
    assert (rows(alone).height, alone.parts[0].as_of) == (1, DAY)
    assert taken(archive({f"{ID}-1.jpg": small()}), "图片 2026-09-19.zip").parts[0].as_of == date(2026, 9, 19)


def test_a_name_that_says_nothing_is_rejected_with_the_reason_and_the_others_come_in():
    reading = taken(archive({"front.jpg": small(), f"{ID}-1.jpg": small(), "factory.mp4": clip(), f"{ID}-2.jpg": b"hello"}))
    told = {(p.table.name, r["line"], r["value"], r["code"]) for p in reading.parts for r in p.rejected.iter_rows(named=True)}
    assert told == {
        ("picture", 1, "front.jpg", "picture_name"),
        ("video", 3, "factory.mp4", "picture_name"),
        ("picture", 4, f"{ID}-2.jpg", "picture_unreadable"),
    }
    assert (reading.ok, rows(reading).height) == (True, 1)


def test_reports_in_the_same_zip_are_read_as_ever():
    cells = [["统计周期：2026-09-13~2026-09-19"], ["词", "曝光量", "Top10平均曝光"], ["loafers", "3", "9"]]
    reading = taken(archive({f"{ID}-1.jpg": small(), "words.csv": text(cells)}))
    assert [p.table.name for p in reading.parts] == ["keyword_effect", "picture"]


def test_two_files_for_one_position_are_not_both_taken():
    reading = taken(archive({f"{ID}-1.jpg": small(), f"{ID}/1.jpg": small(2)}))
    assert (rows(reading)["file"].to_list(), codes(reading)) == ([f"{ID}-1.jpg"], ["same_key"])
    assert f"{ID} + 1" in reading.parts[0].problems("f")[0].says("en")


def test_the_logo_is_looked_for_and_is_no_picture_itself():
    made, share = with_logo(product(4), logo(4), 0.04, 4)
    reading = taken(archive({f"{ID}-1.jpg": jpeg(made), f"{OTHER}-1.jpg": jpeg(product(5)), "logo.png": png(logo(4))}))
    seen = rows(reading).select("logo", "logo_share").rows()
    assert [found for found, _ in seen] == [True, False]
    assert seen[0][1] == pytest.approx(share, rel=0.25)
    assert rows(taken(archive({f"{ID}-1.jpg": jpeg(made)})))["logo"].to_list() == [None]


def test_a_logo_that_is_broken_leaves_it_unknown():
    assert rows(taken(archive({f"{ID}-1.jpg": small(), "logo.png": b"x"})))["logo"].to_list() == [None]


def test_the_ending_does_not_matter_where_the_bytes_speak():
    reading = taken(archive({f"{ID}-1.png": small(), f"{ID}-2.xls": small(2), f"{ID}-video.jpg": clip()}))
    assert rows(reading)["format"].to_list() == ["JPEG", "JPEG"]
    assert rows(reading, "video")["seconds"].to_list() == [1.0]


def packed(name: str, encoding: str) -> bytes:
    """A zip of one picture whose name is in an encoding that the zip does not tell."""
    raw = name.encode(encoding)
    return archive({"x" * len(raw): small()}).replace(b"x" * len(raw), raw)


@pytest.mark.parametrize(
    "pack",
    [archive({"同行-甲-1.jpg": small()}), packed("同行-甲-1.jpg", "gbk"), packed("同行-甲-1.jpg", "utf-8")],
    ids=["told", "Windows", "macOS"],
)
def test_a_chinese_name_is_read_whoever_packed_it(pack):
    assert rows(taken(pack))[["product_id", "file"]].rows() == [("甲", "同行-甲-1.jpg")]


def test_a_name_that_is_said_to_be_utf_8_is_left_as_it_is_and_so_is_one_outside_a_zip():
    assert rows(taken(archive({"rival-Müller-1.jpg": small()})))["product_id"].to_list() == ["müller"]
    assert rows(taken(small(), "rival-Müller-1.jpg"))["product_id"].to_list() == ["müller"]


def test_twice_is_once_undo_leaves_nothing_and_a_figure_leads_into_the_zip(tmp_path):
    facts = open_facts(tmp_path, "shop")
    pack, name = archive({f"{ID}-1.jpg": small(), f"{ID}-video.mp4": clip()}), "2026-09-19.zip"
    first = facts.put(pack, name, read(pack, name, on=DAY), at="2026-09-21T00:00:00")
    again = facts.put(pack, name, read(pack, name, on=DAY), at="2026-09-21T00:00:01")
    assert (again.duplicate, [c.new for c in first.counts]) == (True, [1, 1])
    before = facts.snapshot(DAY).scan("picture").collect()
    record = facts.imports()[0]
    assert (record.file, facts.raw_file(record.sha256) == pack, before["file"].item()) == (name, True, f"{ID}-1.jpg")
    facts.rebuild()
    assert facts.snapshot(DAY).scan("picture").collect().equals(before)
    facts.undo(first.record.id, at="2026-09-21T00:00:02")
    assert [facts.snapshot(DAY).has(t) for t in ("picture", "video")] == [False, False]


def test_a_newer_picture_takes_the_place_and_the_older_one_is_kept_for_its_day(tmp_path):
    facts = open_facts(tmp_path, "shop")
    for day, seed in (("2026-09-12", 1), ("2026-09-19", 2)):
        pack = archive({f"{ID}-1.jpg": small(seed)})
        facts.put(pack, f"{day}.zip", read(pack, f"{day}.zip", on=DAY), at=f"{day}T00:00:00")
    looks = [facts.snapshot(day).scan("picture").collect()["content"].item() for day in (date(2026, 9, 15), DAY)]
    assert looks[0] != looks[1]


def test_too_many_pictures_are_refused_before_one_is_opened(monkeypatch):
    monkeypatch.setattr("zhanggui.intake.sheets.MAX_FILES", 2)
    assert codes(taken(archive({f"{ID}-{i}.jpg": b"x" for i in range(1, 4)}))) == ["zip_bomb"]


def test_a_bomb_among_pictures_is_turned_away_alone():
    from PIL import Image

    reading = taken(archive({f"{ID}-1.png": png(Image.new("1", (30_000, 30_000))), f"{ID}-2.jpg": small()}))
    assert (reading.ok, codes(reading), rows(reading)["position"].to_list()) == (True, ["picture_pixels"], [2])


def test_progress_is_told_and_may_end_the_reading():
    class Enough(Exception):
        pass

    told = []

    def progress(behind, of):
        told.append((behind, of))
        if behind == 1:
            raise Enough

    with pytest.raises(Enough):
        read(archive({f"{ID}-{i}.jpg": small() for i in (1, 2, 3)}), "p.zip", on=DAY, progress=progress)
    assert told == [(0, 3), (1, 3)]
