"""产品图片文件: what was measured in the picture files that a person brought, one by one or in a zip.

`1600123456789-1.jpg` and `1600123456789/1.jpg` are the product's main image, `-2` its second, and so on; `rival-NAME-1.jpg` is a
picture saved from a rival's page; `shop-banner.jpg` and `shop-tile-1.jpg` are the first screen of the shop. See `intake.pictures`.
"""

from zhanggui.tables.columns import Count, Flag, Id, Rate, Text
from zhanggui.tables.table import Table

TABLE = Table(
    name="picture",
    zh="产品图片文件",
    en="Picture files",
    kind="report",
    time="state",
    grain="one row per product and position of its picture, as of a day",
    key=("whose", "product_id", "position"),
    signature=("white_share",),
    lag_days=0,
    menu={
        "zh": "图片银行 → 下载产品图片，按 产品ID-序号 命名后打成一个 zip",
        "en": "Photo bank → download the products' pictures, name them PRODUCT_ID-POSITION, zip them",
    },
    source="measured in the files themselves; the labels are our own (grade A)",
    columns={
        "whose": Text(zh="图片归属", en="Whose picture", missing="a product of the shop", options=("rival", "shop")),
        "product_id": Id(
            zh="产品ID", en="Product ID", also=("product_id",), required=True, missing="the file's name does not say"
        ),
        "position": Count(zh="图片位置", en="Position of the picture", required=True),
        "file": Text(zh="图片文件名", en="Picture file", required=True),
        "format": Text(zh="图片格式", en="Picture format"),
        "width": Count(zh="像素宽", en="Pixels wide", unit="pixel"),
        "height": Count(zh="像素高", en="Pixels high", unit="pixel"),
        "bytes": Count(zh="文件字节", en="Bytes of the file", unit="byte"),
        "alpha": Flag(zh="有透明层", en="Has transparency"),
        "mode": Text(zh="色彩模式", en="Colour mode"),
        "rotated": Flag(zh="按EXIF转正", en="Turned upright by EXIF"),
        "white_share": Rate(zh="边框白底占比", en="White share of the border"),
        "fill_share": Rate(
            zh="主体占比", en="Share filled by the product", missing="the border is not white, so nothing stands out"
        ),
        "logo": Flag(zh="左下有LOGO", en="Logo at lower left", missing="no logo.png came with the pictures"),
        "logo_share": Rate(zh="LOGO占比", en="Share of the logo", missing="no logo was found, or none to look for"),
        "look": Id(zh="画面指纹", en="Fingerprint of the look"),
        "colours": Id(zh="颜色指纹", en="Fingerprint of the colours"),
        "content": Id(zh="文件指纹", en="Fingerprint of the file"),
    },
)
