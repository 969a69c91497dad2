"""A small shop that was really imported, with a table of every kind."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from zhanggui.facts import Facts, Snapshot, open_facts
from zhanggui.intake import read

EFFECT = "产品ID,产品名称,是否橱窗,是否P4P,搜索曝光次数,搜索点击次数,访问人数,询盘个数,询盘人数,TM咨询人数,提交订单个数,产品负责人,RTS线上实收GMV,全店曝光次数,全店点击次数,营销曝光次数,营销点击次数,标准推广曝光次数,标准推广点击次数,全站推广曝光次数,全站推广点击次数"
FILES = {
    "week1.csv": f"""产品数据 2026-09-06~2026-09-12
,
{EFFECT}
101,Men's Leather Loafers,Y,Y,100,4,30,1,1,0,0,Bob,1.50,200,10,50,5,0,0,50,5
102,Canvas Shoe for Men,N,N,50,1,9,0,0,2,0,Bob,0,80,3,0,0,0,0,0,0
""",
    "week2.csv": f"""产品数据 2026-09-13~2026-09-19
{EFFECT}
101,Mens Loafers Leather,N,Y,300,6,40,2,2,0,1,Alice,2.25,500,20,90,8,0,0,90,8
103,Rubber Boots,N,N,-,1,4,0,0,0,0,-,0,9,2,0,0,0,0,0,0
""",
    "growth.csv": """截至 2026-09-19
产品ID,产品名称,近30天搜索曝光数,近90天[TM+询盘]人数,近90天支付买家数,标签,优化建议
101,Men's Leather Loafers,300,3,1,优品,补充视频
102,Canvas Sneakers,200,1,0,潜力优品,
""",
    "scores.csv": "产品ID,质量分\n101,76.5\n",
    "words.csv": """2026-09-13~2026-09-19
词,曝光量,点击量,外贸直通车曝光,外贸直通车点击,Top10平均曝光,Top10平均点击,关键词指数,卖家规模指数
loafers men,40,2,0,0,90,5,300,4
sac,9,0,0,0,12,1,250,3
sac,20,1,0,0,30,2,240,2
nike boots,5,0,0,0,700,9,900,80
""",
    "old words.csv": """2026-09-06~2026-09-12
词,曝光量,点击量,外贸直通车曝光,外贸直通车点击,Top10平均曝光,Top10平均点击,关键词指数,卖家规模指数
loafers men,30,1,0,0,80,4,280,5
rubber boots,11,1,0,0,40,2,210,1
""",
    "paid.csv": """日期,推广计划,推广组,关键词,曝光量,点击量,花费,询盘个数
2026-09-18,P,G,loafers,100,4,10.50,1
2026-09-19,P,G,loafers,50,2,4.50,0
2026-09-19,Q,G,loafers,10,1,3.00,0
2026-09-19,P,G,boots,10,0,0,-
""",
    "overview.csv": """2026-09-13~2026-09-19
店铺访问人数,店铺访问次数,搜索曝光次数,搜索点击次数,询盘个数,商机人数,信保交易订单个数,信保交易金额(美元)
70,90,400,12,3,4,1,99.5
""",
    "regions.csv": """2026-09-13~2026-09-19
国家/地区,店铺访问人数,店铺访问次数,全店曝光次数,全店点击次数,商机数,询盘人数,TM咨询人数,商机转化率
United States,40,60,300,9,3,2,1,5%
德国,12,20,80,3,0,0,0,0%
""",
    "old regions.csv": """2026-09-06~2026-09-12
国家/地区,店铺访问人数,店铺访问次数,全店曝光次数,全店点击次数,商机数,询盘人数,TM咨询人数,商机转化率
United States,30,41,200,7,2,1,1,4%
Chile,5,6,30,1,0,0,0,0%
""",
    "sources.csv": """2026-09-13~2026-09-19
流量来源,店铺访问人数,商品详情页访问人数,店内询盘人数,店内TM咨询人数,商机转化率,店铺访问人数同行平均,店铺访问人数同行优秀,商机转化率同行平均,商机转化率同行优秀
搜索,40,30,2,1,5%,50,90,4%,8%
直接访问,9,5,0,0,0%,8,20,2%,6%
""",
    "own site.csv": """2026-09-13~2026-09-19
大洲,访客所在国家,城市,访问渠道,会话数,用户数,页面浏览量,网站询盘数
Europe,Germany,Berlin,Search,9,8,20,1
Europe,Germany,Berlin,Direct,4,4,6,0
Europe,Germany,Bonn,Search,2,2,2,0
""",
    "visitors.csv": """访客ID,访客国家,进店日期,进店关键词,浏览次数,停留时长,是否发起了询盘,是否发起了TM
v1,United States,2026-09-14,loafers,3,60,Y,N
v1,United States,2026-09-15,-,2,40,N,N
v2,United States,2026-09-15,-,1,9,N,N
v3,Chile,2026-09-16,boots,1,5,N,N
""",
    "target countries.csv": "国家或地区,优先级,备注\nUSA,高,\nGermany,中,\n",
    "orders.csv": """订单编号,订单创建时间,买家名称,商品名称,SKU规格,数量,单价,订单总价,订单币种
9001,2026-09-14,Charlie,Rubber Boots,red,1,10.50,40,USD
9001,2026-09-14,Charlie,Rubber Boots,blue,2,12,40,USD
9002,2026-09-16,Charlie,Rubber Boots,red,1,10,10,USD
9003,2026-09-16,-,Rubber Boots,red,1,9,9,EUR
9004,2026-09-16,-,Unheard Of,red,10,4.45,45,USD
""",
    "paid products.csv": """日期,推广计划,产品ID,产品名称,曝光量,点击量,花费,询盘个数
2026-09-18,P,101,Loafers,100,4,10.50,1
2026-09-19,P,101,Loafers new,50,2,4.50,0
2026-09-19,Q,101,Loafers new,10,1,3.00,0
2026-09-19,P,102,Canvas,0,0,0,0
""",
    "plans.csv": """日期,计划ID,推广计划,计划类型,日预算,曝光量,点击量,花费,询盘个数
2026-09-18,,P,关键词推广,300,100,4,10.50,1
2026-09-19,,P,关键词推广,350,50,2,4.50,0
""",
    "typed words.csv": """日期,推广计划,搜索词,推广关键词,曝光量,点击量,花费,询盘个数
2026-09-19,P,mens loafers,loafers,40,2,5.00,1
2026-09-19,Q,mens loafers,loafers,10,1,2.00,0
""",
    "hours.csv": """日期,推广计划,时段,曝光量,点击量,花费,询盘个数
2026-09-18,P,09:00-09:59,40,2,5.00,1
2026-09-19,P,09:00-09:59,10,1,2.00,0
""",
    "targets.csv": """日期,推广计划,定向类型,定向标签,曝光量,点击量,花费,询盘个数
2026-09-19,P,地域,Germany,40,2,5.00,1
2026-09-19,P,人群,L1+买家,40,2,5.00,1
""",
    "full orders.csv": """订单编号,订单创建时间,买家名称,商品名称,SKU规格,数量,订单总价,运费,订单币种
9014,2026-09-17,Dora,Rain Boots,red,1,120.50,20.50,USD
9014,2026-09-17,Dora,Sandals,blue,2,120.50,0,USD
9015,2026-09-17,Dora,Rain Boots,red,1,80,5,EUR
9015,2026-09-17,Dora,Sandals,red,1,90,-,EUR
""",
    "rates.csv": """外币,汇率日期,兑人民币汇率
USD,2026-09-01,7.00
USD,2026-09-16,7.20
USD,2026-09-18,9.99
""",
    "account.csv": """外贸直通车-账户报告
日期,曝光量,点击量,花费,询盘个数,账户日预算
2026-09-18,100,4,10.50,1,50
2026-09-19,60,3,7.50,0,50
""",
    "level.csv": "2026-09-18\n营销等级,等级分数,下月分数,账户币种\nL2,60,64,CNY\n",
    "star.json": """{"statDate": "2026-09-19", "starLevelDataDto": {"rtsStar": "2"}, "STORE_DIAGNOSIS": {"type": "rts",
"conclusion": "当前店铺评定星等级：2星，预测星等级：2星，星级持平。", "starAbilityVOList": [
{"abilityItem": "商品力", "abilityStarLevel": 2, "abilityItemPureValue": 72, "starIndicatorVOList": [
{"code": "6020013", "indicatorName": "全店优品数", "indicatorPureValue": 10, "indicatorValue": "10个",
"indicatorNextLevelAvgPureValue": 20, "indicatorNextLevelAvgValue": "20个"}]},
{"abilityItem": "营销力", "abilityStarLevel": 3, "abilityItemPureValue": 81, "starIndicatorVOList": [
{"code": "21100021", "indicatorName": "商机转化率", "indicatorPureValue": 0.02, "indicatorValue": "2.00%",
"indicatorNextLevelAvgPureValue": 0.03, "indicatorNextLevelAvgValue": "3.00%"}]}]}}
""",
    "deals.csv": "线下单号,成交日,成交金额,币种,可转线上\nX0,2026-09-10,9,USD,Y\nX1,2026-09-14,5,USD,N\nX2,2026-09-15,7,USD,N\n",
    "costs.csv": "产品ID,单件成本,成本币种\n103,35,CNY\n101,4,USD\n",
    "library.csv": "词,词层\nloafers,核心词\nboots for rain,长尾词\nhiking boots,场景词\nnike boots,竞品词\n",
    "index.csv": "2026-09-18\n关键词,搜索指数,搜索涨幅,点击率,卖家规模指数\nloafers,300,12%,2%,4\n",
    "trends.csv": "周次,搜索词,搜索地区,热度\n2026-09-06,loafers,US,40\n2026-09-13,loafers,US,60\n2026-09-13,boots,-,20\n",
    "words of products.csv": """2026-09-13~2026-09-19
产品ID,关键词,搜索曝光次数,搜索点击次数,店内询盘人数,店内TM咨询人数
101,loafers,40,3,1,0
103,loafers,20,1,0,0
""",
    "catalogue.csv": "2026-09-18\n产品ID,产品名称,类目\n102,Canvas Shoes (new title),Shoes\n",
}


def put(facts: Facts, name: str, text: str) -> None:
    data = text.encode()
    facts.put(data, name, read(data, name, on=date(2026, 9, 21)), at="t")


def shop(home: Path, *names: str, day: date = date(2026, 9, 21)) -> Snapshot:
    """The shop with some of the files, or all of them."""
    facts = open_facts(home, "alice-shoes")
    for name in names or FILES:
        put(facts, name, FILES[name])
    return facts.snapshot(day)
