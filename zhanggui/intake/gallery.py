"""Pictures and videos of one file or one zip → a sheet for the table of each, like any other sheet of text cells.

A row's line is the place of the file in the zip, counted from 1. What cannot be read, or whose name says nothing, is rejected with
the reason. `logo.png` beside the pictures is the shop's logo: it is looked for in them, and is no picture of a product itself.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from zhanggui.intake import picture, video
from zhanggui.intake.cells import Progress, Sheet, Source
from zhanggui.intake.clean import LONGEST_VALUE, REJECTED
from zhanggui.intake.file_names import PICTURES, VIDEOS, Named, ending, is_logo, picture_named, video_named
from zhanggui.intake.logo import Logo
from zhanggui.intake.picture import BadPicture
from zhanggui.tables import TABLES, Problem, Table

MAX_FILES = 3000  # of one zip
UTF_8 = 0x800  # the flag of a member whose name is in UTF-8

#: A file of a zip with its place in it, counted from 1.
Member = tuple[int, Source]
Rows = list[dict[str, Any]]


def kind_of(head: bytes, name: str = "") -> str:
    """`picture`, `video` or "": by its first bytes, else by its name."""
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\x00", b"MM\x00*")) or head[8:12] == b"WEBP":
        return "picture"
    if head.startswith(b"BM") and head[6:10] == b"\x00\x00\x00\x00":
        return "picture"
    if head[4:8] == b"ftyp" or head.startswith(b"\x1a\x45\xdf\xa3") or (head[:4] == b"RIFF" and head[8:11] == b"AVI"):
        return "video"
    return "picture" if ending(name) in PICTURES else "video" if ending(name) in VIDEOS else ""


def read_gallery(members: Sequence[Member], progress: Progress | None = None) -> tuple[list[Sheet], list[Problem]]:
    """A sheet of pictures and one of videos, as far as there are any; where not one can be taken, what is wrong with each.

    `progress` is told files behind and in all.
    """
    logo = _logo(members)
    sheets: dict[str, tuple[Rows, Rows]] = {"picture": ([], []), "video": ([], [])}
    for behind, (line, source) in enumerate(members):
        if progress:
            progress(behind, len(members))
        if is_logo(source.name) and len(members) > 1:
            continue
        name = source.name
        kind = kind_of(source.head(16), name)
        named = picture_named(name) if kind == "picture" else video_named(name)
        rows, rejected = sheets[kind]
        try:
            if named is None:
                raise BadPicture("logo_alone" if is_logo(name) else "picture_name")
            figures = _figures(kind, source, logo)
        except BadPicture as bad:
            rejected.append({"line": line, "value": name[-LONGEST_VALUE:], "code": bad.code, "other": bad.limit})
            continue
        rows += [{"_line": line, **own, "file": name, **figures} for own in _keys(kind, named)]
    if not any(rows for rows, _ in sheets.values()):
        inside = len(members) > 1
        told = [one for _, rejected in sheets.values() for one in rejected]
        told = [{"value": r["value"], "code": r["code"], "limit": str(r["other"]), "other": r["other"]} for r in told]
        return [], [Problem(**r, file=members[0][1].name, sheet=r["value"] if inside else "") for r in told]
    return [_sheet(TABLES[t], rows, rejected) for t, (rows, rejected) in sheets.items() if rows or rejected], []


def taken_out(raw: Path, line: int) -> bytes:
    """The file of a row of `picture` or `video`, out of the raw file that it came in. `BadPicture` where it is not there."""
    try:
        if not zipfile.is_zipfile(raw):
            return raw.read_bytes()
        with zipfile.ZipFile(raw) as archive, archive.open(archive.infolist()[line - 1]) as f:
            return f.read(video.MAX_BYTES)
    except (OSError, zipfile.BadZipFile, IndexError, RuntimeError, zlib.error):
        raise BadPicture("picture_unreadable") from None


def shown(member: zipfile.ZipInfo) -> str:
    """A name in a zip as its maker wrote it. Where the zip does not say that it is UTF-8, the reader takes it for an old code page,
    while packers write UTF-8 (macOS) or GBK (Windows)."""
    if member.flag_bits & UTF_8:
        return member.filename
    for encoding in ("utf-8", "gbk"):
        try:
            return member.filename.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return member.filename


def _logo(members: Sequence[Member]) -> Logo | None:
    for _, source in members:
        if is_logo(source.name):
            try:
                return Logo.of(_bytes(source, picture.MAX_BYTES))
            except BadPicture:
                return None
    return None


def _bytes(source: Source, most: int) -> bytes:
    """All of a file, or enough of it to see that it is too large."""
    with source.open() as f:
        return f.read(most + 1)


def _figures(kind: str, source: Source, logo: Logo | None) -> dict[str, Any]:
    if kind == "video":
        return video.measured(_bytes(source, video.MAX_BYTES))
    data = _bytes(source, picture.MAX_BYTES)
    found = picture.opened(data)
    figures: dict[str, Any] = picture.measured(data, found)
    if logo:
        share = logo.share(found.small())
        figures |= {"logo": share is not None, "logo_share": None if share is None else round(share, 4)}
    return figures


def _keys(kind: str, named: Named) -> Rows:
    if kind == "video":
        return [{"product_id": product, "kind": named.kind} for product in named.ids]
    return [{"whose": named.whose or None, "product_id": product, "position": named.at} for product in named.ids]


def _sheet(table: Table, rows: Rows, rejected: Rows) -> Sheet:
    """Under the table's own headers, so that it is recognised, cleaned, merged and traced as any other."""
    text: Callable[[Any], str | None] = lambda v: None if v is None else ("Y" if v else "N") if isinstance(v, bool) else str(v)  # noqa: E731
    header = [column.zh for column in table.columns.values()]
    cells = [header, *([text(row.get(name)) for name in table.columns] for row in rows)]
    frame = pl.DataFrame(cells, schema={f"c{i}": pl.String for i in range(len(header))}, orient="row")
    lines = pl.Series("line", [0, *(row["_line"] for row in rows)], dtype=pl.Int32)
    told = [row | {"column": table.columns["file"].zh} for row in rejected]
    return Sheet(table.zh, frame, lines, rejected=pl.DataFrame(told, schema=REJECTED))
