"""产品视频文件: what was measured in the video files that a person brought, one by one or in a zip.

`1600123456789-video.mp4` is a product's main video, `1600123456789-feed.mp4` its upright one for the feed. One file may serve
several products: `1600123456789+1600123456790-video.mp4`. See `intake.pictures`.
"""

from zhanggui.tables.columns import Count, Flag, Id, Number, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="video",
    zh="产品视频文件",
    en="Video files",
    kind="report",
    time="state",
    grain="one row per product and kind of video, as of a day",
    key=("product_id", "kind"),
    signature=("seconds",),
    lag_days=0,
    menu={
        "zh": "视频银行 → 下载产品视频，按 产品ID-video 命名后打成一个 zip",
        "en": "Video bank → download the products' videos, name them PRODUCT_ID-video, zip them",
    },
    source="measured in the files themselves; the labels are our own (grade A)",
    columns={
        "product_id": Id(
            zh="产品ID", en="Product ID", also=("product_id",), required=True, missing="the file's name does not say"
        ),
        "kind": Text(zh="视频类型", en="Kind of video", required=True, options=("main", "feed")),
        "file": Text(zh="视频文件名", en="Video file", required=True),
        "format": Text(zh="视频编码", en="Video codec"),
        "seconds": Number(zh="视频时长", en="Length of the video", unit="second"),
        "width": Count(zh="画面宽", en="Frame width", unit="pixel"),
        "height": Count(zh="画面高", en="Frame height", unit="pixel"),
        "fps": Number(zh="每秒帧数", en="Frames a second"),
        "bytes": Count(zh="文件字节", en="Bytes of the file", unit="byte"),
        "audio": Flag(zh="有声音", en="Has sound"),
        "subtitles": Flag(zh="有字幕轨", en="Has a subtitle track", missing="the file does not say"),
        "black_start": Flag(zh="前3秒黑屏", en="Black for the first 3 seconds", missing="no frame could be read"),
        "content": Id(zh="文件指纹", en="Fingerprint of the file"),
    },
)
