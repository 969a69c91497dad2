"""What a shop needs to think about its star: made-up actions with made-up effects, deals off the platform, the industry's best shops."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from sandbox import outside
from sandbox import vocabulary as voc
from sandbox.files import Cell, xlsx
from sandbox.market import stream
from sandbox.reports.outside import utf8
from sandbox.scene import Scene

ACTION_HEADER = voc.labels(
    "升星动作|星等级指标代码|每份动作至少改变|一份是多少|每份动作分钟|每份动作花费|最多几份动作|几天见效|备注"
)
MADE_UP = "演示：效果是编的"
#: Action, code, change per unit (shares in %), unit, minutes, CNY, at most, days until it shows.
ACTIONS: tuple[tuple[str, str, float, str, int, int, int, int], ...] = (
    ("补全潜力优品", "6020013", 2, "5 个产品", 60, 0, 20, 14),
    ("补全潜力优品", "21100058", 2.5, "5 个产品", 60, 0, 20, 14),
    ("橱窗换成优品", "6020005", 5, "2 个橱窗位", 15, 0, 10, 1),
    ("加一条直通车计划", "21100025", 3, "1 个计划", 40, 600, 8, 7),
    ("客户通邮件营销", "11100053", 2, "1 次群发", 45, 0, 12, 7),
    ("客户通邮件营销", "21100021", 0.04, "1 次群发", 45, 0, 12, 7),
    ("重做详情页", "21100021", 0.1, "3 个产品", 180, 200, 10, 14),
    ("老客户返单走信保", "21100061", 4000, "1 个老客户", 50, 0, 20, 20),
    ("报价单跟进", "21100064", 0.02, "10 个报价", 90, 0, 20, 10),
    ("备货加急发", "21100010", 1, "1 批货", 30, 150, 5, 10),
    ("清理违规和重复铺货", "6020001", 2, "1 次排查", 60, 0, 4, 3),
    ("请满意的买家写评价", "6020014", 0.05, "5 个买家", 40, 0, 20, 15),
    ("排夜班回复", "21100006", -0.2, "每周 1 晚", 180, 100, 7, 10),
)
DEAL_HEADER = voc.labels("线下单号|成交日|买家名称|产品ID|成交金额|币种|收款方式|可转线上")
RANKING_HEADER = voc.labels("行业|排名|公司名称|产品总数|类目访问|类目询盘|全店线上订单量|商家星等级|供应商年限")
RANKED = 60


def star_action(scene: Scene, folder: Path) -> Path:
    rows: list[list[Cell]] = [[*action, MADE_UP] for action in ACTIONS]
    return utf8(folder / "升星动作.csv", [ACTION_HEADER, *rows])


def offline_deal(scene: Scene, folder: Path) -> Path:
    """Buyers of the shop who ordered before, and paid for another order by bank transfer."""
    shop, rng = scene.shop, stream(scene.shop.world.seed, "offline deals")
    end = shop.world.weeks[-1][1]
    buyers = sorted({line.buyer.name for line in shop.orders})
    rows: list[list[Cell]] = []
    for number in range(min(len(buyers), 24)):
        day = end - timedelta(days=int(rng.integers(3, 7 * len(shop.world.weeks))))
        buyer = buyers[int(rng.integers(0, len(buyers)))]
        could = "Y" if rng.random() < 0.4 else "N"
        product = shop.world.ids[int(rng.integers(0, len(shop.world.ids)))]
        rows.append(
            [f"XX{number + 1:03d}", f"{day}", buyer, product, round(float(rng.lognormal(8, 0.8)), 2), "USD", "T/T", could]
        )
    return utf8(folder / "线下成交.csv", [DEAL_HEADER, *rows])


def industry_ranking(scene: Scene, day: date, folder: Path) -> Path:
    """Sixty made-up shops: inquiries rise with the visits, and a little with the star."""
    rng = stream(scene.shop.world.seed, f"ranking {day}")
    names = [name for name, _ in outside.rivals(scene.shop)]
    shops: list[list[Cell]] = []
    for place in range(RANKED):
        star = int(rng.integers(0, 6))
        visits = int(rng.lognormal(7 + 0.15 * star, 0.6))
        asked = int(rng.binomial(visits, 0.03))
        name = names[place] if place < len(names) else f"Demo Trading {place + 1} Co., Ltd."
        shops.append([name, 50 + 37 * place % 600, visits, asked, int(rng.poisson(asked / 8)), star, 1 + place % 14])
    shops.sort(key=lambda row: -float(row[3]))
    rows: list[list[Cell]] = [[voc.CATEGORIES[0].name, place, *row] for place, row in enumerate(shops, start=1)]
    return xlsx(folder / f"行业榜-{day}.xlsx", "行业榜", [RANKING_HEADER, *rows])
