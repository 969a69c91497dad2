"""Trouble in the data is a value: what, where, and what to do."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

WORDS: dict[str, dict[str, str]] = {
    "empty_file": {
        "zh": "文件是空的。请从后台重新导出。",
        "en": "The file is empty. Export it again from the back office.",
    },
    "too_large": {
        "zh": "文件大小 {value}，超过上限 {limit}。请按周或按月分开导出。",
        "en": "The file has {value}, above the limit of {limit}. Export it in parts, by week or by month.",
    },
    "zip_bomb": {
        "zh": "压缩包展开后会有 {value}，超过上限 {limit}，没有打开。",
        "en": "The archive would unpack to {value}, above the limit of {limit}; it was not opened.",
    },
    "unreadable": {
        "zh": "文件打不开，可能下载不完整（{value}）。请重新导出。",
        "en": "The file cannot be opened, it may be a broken download ({value}). Export it again.",
    },
    "html_as_excel": {
        "zh": "这其实是一个网页，不是 Excel（扩展名不对）。请在 Excel 里打开后另存为 .xlsx，或从后台重新导出。",
        "en": "This is a web page with an Excel name. Open it in Excel and save it as .xlsx, or export it again.",
    },
    "encoding": {
        "zh": "第 {line} 行附近有无法识别的字符（既不是 UTF-8 也不是 GB18030）。请另存为 UTF-8 的 CSV。",
        "en": "Characters near line {line} are neither UTF-8 nor GB18030. Save the file as CSV in UTF-8.",
    },
    "not_text": {
        "zh": "这不是表格文件。可以导入 .xls、.xlsx、.csv、.tsv 或装有它们的 .zip。",
        "en": "This is not a table. Import .xls, .xlsx, .csv, .tsv, or a .zip of these.",
    },
    "not_recognised": {
        "zh": "没有认出这是哪一种报表。最接近的是「{nearest}」，还缺这些列：{value}。",
        "en": "The report was not recognised. Nearest: “{nearest}”; columns missing: {value}.",
    },
    "reading_died": {
        "zh": "读取时程序中断了，没有读完，也没有导入任何数据。请点「再读一次」；如果又中断，请把文件按周或按月分开后重新上传。",
        "en": "Reading broke off before its end; nothing was imported. Choose “Read again”; if it breaks off once more, split the "
        "file by week or by month and bring the parts.",
    },
    "nothing_known": {
        "zh": "没有认出这是哪一种报表：没有一个列名是认识的。请说明每一列是什么。",
        "en": "The report was not recognised: none of its headers is known. Say what its columns are.",
    },
    "ambiguous": {
        "zh": "这份文件同时像 {value}，请用 --table 指明。",
        "en": "The file looks like {value} at once; name one with --table.",
    },
    "period_unknown": {
        "zh": "没有找到统计周期。请指明，例如 --period 2026-09-13~2026-09-19。",
        "en": "The period is not in the file. Name it, e.g. --period 2026-09-13~2026-09-19.",
    },
    "period_reversed": {
        "zh": "统计周期「{value}」的结束早于开始。",
        "en": "The period “{value}” ends before it starts.",
    },
    "period_in_future": {
        "zh": "统计周期「{value}」还没有到，没有导入。请检查文件标题里的年份。",
        "en": "The period “{value}” is yet to come; nothing was taken. See whether the year in the file's title is right.",
    },
    "period_differs": {
        "zh": "文件里写的周期是「{value}」，以文件为准，没有用您填写的周期。",
        "en": "The file itself says “{value}”; that was used, not the period you gave.",
    },
    "required_missing": {
        "zh": "「{column}」是空的，这一行没有导入。请在文件里补上。",
        "en": "“{column}” is empty; the row was left out. Fill it in the file.",
    },
    "not_a_number": {
        "zh": "「{column}」应为数字，文件里是“{value}”，这一行没有导入。请改正后重新导入。",
        "en": "“{column}” should be a number but is “{value}”; the row was left out. Correct it and import again.",
    },
    "not_a_whole_number": {
        "zh": "「{column}」应为整数，文件里是“{value}”，这一行没有导入。",
        "en": "“{column}” should be a whole number but is “{value}”; the row was left out.",
    },
    "not_a_day": {
        "zh": "「{column}」应为日期，文件里是“{value}”，这一行没有导入。请写成 2026-09-19。",
        "en": "“{column}” should be a date but is “{value}”; the row was left out. Write it as 2026-09-19.",
    },
    "not_a_flag": {
        "zh": "「{column}」应为 Y 或 N，文件里是“{value}”，这一行没有导入。",
        "en": "“{column}” should be Y or N but is “{value}”; the row was left out.",
    },
    "digits_lost": {
        "zh": "「{column}」是“{value}”：Excel 已把编号改成科学计数，末几位丢了，这一行没有导入。请把该列设为文本后重新导出。",
        "en": "“{column}” is “{value}”: Excel has turned the id into a rounded number, its last digits are lost; the row was "
        "left out. Export again with the column as text.",
    },
    "same_key": {
        "zh": "“{value}”与第 {other} 行相同但数值不同；保留了第 {other} 行，这一行没有导入。请在文件里只留一行。",
        "en": "“{value}” stands on line {other} too, with other figures; line {other} was kept and this one left out. Keep one of them in the file.",
    },
    "other_seller": {
        "zh": "“{value}”名下的行不归您管；这里请填 {limit}。",
        "en": "Rows of “{value}” are not yours to keep; write {limit} here.",
    },
    "totals_row": {
        "zh": "合计行，不作为数据导入。",
        "en": "A totals row, not taken as data.",
    },
    "same_row": {
        "zh": "与第 {other} 行完全相同，只算一次。",
        "en": "The same as line {other}; counted once.",
    },
    "row_too_long": {
        "zh": "这一行有 {value} 列，比表头（{limit} 列）多，列可能错位，没有导入。",
        "en": "The line has {value} cells where the header has {limit}; columns may have shifted, so it was left out.",
    },
    "cut_off": {
        "zh": "文件在这一行中间断了，这一行没有导入。下载可能不完整，后面的行也会缺：请重新导出。",
        "en": "The file stops in the middle of this line; the row was left out. The download may be incomplete and later rows "
        "missing: export it again.",
    },
    "unknown_column": {
        "zh": "不认识的列「{column}」，未导入（原始文件里保留）。",
        "en": "Column “{column}” is not known and was not imported (it stays in the raw file).",
    },
    "no_rows": {
        "zh": "认出了「{column}」，但表头下面没有数据行。",
        "en": "Recognised as “{column}”, but there is no row below the header.",
    },
    "column_not_mapped": {
        "zh": "「{column}」必须有：请选它在文件里的列，或填一个固定值。",
        "en": "“{nearest}” is needed: choose its column in the file, or give one value for all rows.",
    },
    "constant_unreadable": {
        "zh": "「{column}」的固定值“{value}”看不懂，请改正。",
        "en": "“{value}” cannot be read as “{nearest}”; correct it.",
    },
    "same_column_twice": {
        "zh": "「{column}」选了两次：{value}。每一列只能选一次。",
        "en": "“{nearest}” was chosen twice: {value}. Each column may be chosen once.",
    },
    "period_not_given": {
        "zh": "文件里没有统计周期，请填写开始和结束。",
        "en": "The file does not say its period; fill in its start and end.",
    },
    "nothing_mapped": {
        "zh": "还没有选任何一列。",
        "en": "No column was chosen yet.",
    },
    "no_such_table": {
        "zh": "没有名为 {value} 的表。",
        "en": "There is no table {value}.",
    },
    "no_such_header": {
        "zh": "文件的表头里没有“{value}”。",
        "en": "The file's header has no “{value}”.",
    },
    "no_such_column": {
        "zh": "「{value}」里没有名为 {column} 的列。",
        "en": "The table “{value}” has no column {column}.",
    },
    "hidden_sheet": {
        "zh": "隐藏的工作表没有读取。",
        "en": "A hidden sheet was not read.",
    },
    "answer_error": {
        "zh": "接口没有给出数据，它的答复是：{value}。请检查授权和权限包，或稍后再试。",
        "en": "The answer holds no data; it says: {value}. See whether the app is authorised for it, or ask again later.",
    },
    "answer_empty": {
        "zh": "这份 JSON 里没有任何记录。",
        "en": "There is no record in this JSON.",
    },
    "answer_key_twice": {
        "zh": "同一个对象里有重复的键（{value}），取最后一个。",
        "en": "A key stands twice in one object ({value}); the last one was taken.",
    },
    "answer_tail": {
        "zh": "JSON 末尾多了“{value}”，已忽略，其余内容完整。",
        "en": "There is “{value}” too much at the end of the JSON; it was left out, the rest is whole.",
    },
    "picture_name": {
        "zh": "文件名“{value}”看不出是哪个产品的第几张图，没有导入。请改名为 产品ID-序号，例如 1600123456789-1.jpg（1 是主图）；"
        "视频写 1600123456789-video.mp4。",
        "en": "The name “{value}” does not say which product's picture it is; it was left out. Name it PRODUCT_ID-POSITION, e.g. "
        "1600123456789-1.jpg (1 is the main image), a video 1600123456789-video.mp4.",
    },
    "picture_unreadable": {
        "zh": "“{value}”打不开：可能没有下载完整，或者不是图片或视频，没有导入。请重新下载这个文件。",
        "en": "“{value}” cannot be opened: a broken download, or neither picture nor video; it was left out. Download it again.",
    },
    "picture_pixels": {
        "zh": "“{value}”的像素超过上限 {limit} 百万，没有打开。请缩小后再导入。",
        "en": "“{value}” has more than {limit} million pixels and was not opened. Make it smaller and import it again.",
    },
    "picture_bytes": {
        "zh": "“{value}”超过上限 {limit} MB，没有打开。请压缩后再导入。",
        "en": "“{value}” is larger than {limit} MB and was not opened. Compress it and import it again.",
    },
    "logo_alone": {
        "zh": "“{value}”是店铺 LOGO，要和产品图片放在同一个 zip 里才有用，这次没有导入。",
        "en": "“{value}” is the shop's logo: it is of use in one zip with the pictures, and was left out alone.",
    },
    "bid_no_column": {
        "zh": "表里没有「{column}」这一列。请用从这张出价单导出的 Excel，或在「Excel 的列」里写上文件的列名。",
        "en": "The file has no column “{column}”. Use the Excel file of this sheet, or name the file's headers under “Columns of the file”.",
    },
    "bid_no_word": {
        "zh": "「{column}」是空的（也可能是算不出字的公式）。请写上词，或删掉这一行。",
        "en": "“{column}” is empty, or a formula without text. Write the word, or delete the row.",
    },
    "bid_unknown_word": {
        "zh": "“{value}”不在这张出价单里。请删掉这一行，或检查计划、推广组和关键词有没有改过。",
        "en": "“{value}” is not on this sheet. Delete the row, or see whether its campaign, group or word was altered.",
    },
    "bid_which_plan": {
        "zh": "“{value}”在几个计划或推广组里都有。请保留「推广计划」和「推广组」两列。",
        "en": "“{value}” stands in several campaigns or groups. Keep the columns for campaign and group in the file.",
    },
    "bid_same_word": {
        "zh": "“{value}”和第 {other} 行是同一个词。请只留一行。",
        "en": "“{value}” stands on line {other} too. Keep one of the two.",
    },
    "bid_not_a_number": {
        "zh": "「{column}」应为数字，文件里是“{value}”。请写成 1.25 这样的数，最小 0.01；0 是停投。",
        "en": "“{column}” should be a number but is “{value}”. Write it like 1.25, at least 0.01; 0 stops the word.",
    },
    "bid_empty": {
        "zh": "「{column}」是空的。请写新出价；不想改这个词，就把「采用」写成 N。",
        "en": "“{column}” is empty. Write the new bid; to leave the word as it is, write N under “Take”.",
    },
    "bid_out_of_range": {
        "zh": "「{column}」是“{value}”。出价要在 0 到 {limit} 之间，0 表示停投。",
        "en": "“{column}” is “{value}”. A bid lies between 0 and {limit}; 0 stops the word.",
    },
    "bid_not_a_tick": {
        "zh": "「{column}」应为 Y 或 N，文件里是“{value}”。",
        "en": "“{column}” should be Y or N but is “{value}”.",
    },
    "bid_other_sheet": {
        "zh": "这个文件是出价单 {value} 的，这里是 {limit}。请到那一张里上传。",
        "en": "The file belongs to bid sheet {value}, this is {limit}. Bring it there.",
    },
    "bid_no_version": {
        "zh": "文件没有说是出价单的第几版（CSV，或表名“{value}”改过），可能盖掉别人后来的改动。请用导出的 Excel，或勾选「也盖过导出之后的改动」。",
        "en": "The file does not say of which version of the sheet it is (a CSV file, or the tab was renamed to “{value}”), so it might undo what others changed later. Use the Excel file as it was taken out, or tick “Also over later changes”.",
    },
    "bid_old_file": {
        "zh": "导出这个文件之后，出价单又改过（文件是第 {value} 版，现在是第 {limit} 版）。请重新导出再改，或勾选「也盖过导出之后的改动」。",
        "en": "The sheet was changed after this file was taken out (the file is of version {value}, now it is {limit}). Take the file anew, or tick “Also over later changes”.",
    },
    "not_computed": {
        "zh": "星等级（{value}）的指标和下一星级均值全是 0，说明平台还没有算出来：按缺失处理，不当作 0。",
        "en": "All values and next level averages of the star track {value} are 0: the platform has not computed them. They are "
        "missing, not zero.",
    },
}


@dataclass(frozen=True)
class Problem:
    """One trouble with a file. `line` counts from 1 as a spreadsheet shows it; 0 means the whole sheet or file."""

    code: str
    level: Literal["error", "row", "note"] = "error"
    file: str = ""
    sheet: str = ""
    line: int = 0
    column: str = ""
    value: str = ""
    limit: str = ""
    nearest: str = ""
    other: int = 0

    def says(self, lang: str) -> str:
        """The sentence, in `zh` or `en`: what, and what to do."""
        return WORDS[self.code][lang].format(**asdict(self))

    def as_dict(self, lang: str) -> dict[str, Any]:
        """For a download or JSON: the place, the value and the sentence."""
        place = {k: v for k, v in asdict(self).items() if k in ("code", "level", "file", "sheet", "line", "column", "value")}
        return place | {"says": self.says(lang)}
