"""How much a header that nobody knows is like a known label: words of the trade that mean one thing in either language, then spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

from zhanggui.intake.recognise import plain, simplified

#: Terms of one meaning, each line; English in the singular and without `of`, `the`, `per`.
SAME = """曝光|曝光量|曝光次数|曝光数|展现|展现量|展现次数|展示|展示量|展示次数|exposure|impression|impr|view
点击|点击量|点击次数|点击数|click|clk|hit
点击率|ctr|click rate|click through rate|clickthrough rate
平均点击花费|平均点击价格|平均点击单价|单次点击花费|点击单价|cpc|avg cpc|cost click|average cost click|average cpc
花费|消耗|推广费|广告费|spend|spent|expense|ad cost|total spend|amount spent
成本|进价|进货价|进货成本|成本价|cost|unit cost|cost price|purchase cost|cost piece|单件成本
关键词|词|关键字|推广词|keyword|word|term
搜索词|买家搜索词|query|search word|search term|search query
搜索|检索|search
产品|商品|货品|宝贝|product|item|goods|listing|article
产品编号|产品id|商品编号|商品id|产品编码|商品编码|货号|货品编号|spu|product id|item id|product no|product code|item no|listing id
sku|sku编码|规格编码|item sku|sku code|stock code|seller sku
规格|款式|型号规格|sku规格|规格名称|variant|variation|specification|spec|sku specification|sku name
型号|model|model no
名称|标题|名|name|title
产品名称|商品名称|品名|货名|产品标题|商品标题|货品名称|product name|item description|item name|product title|listing title|description
订单|订货|order|so
订单编号|订单号|订单号码|order number|order no|order ref|order id|invoice no|invoice number|order reference
编号|编码|号码|单号|号|id|no|number|code|ref|reference
买家|客户|客人|采购商|买家名称|客户名称|客户名|客人名称|buyer|customer|client|buyer name|customer name|client name
公司|公司名称|company|firm|company name
国家|国家或地区|国家地区|国别|country|nation|country region|ship country|ship to country|destination country
地区|区域|region|area
日期|统计日期|date|report date|stat date
时间|time|moment
下单时间|下单日期|订单日期|订单创建时间|下单|placed|order date|invoice date|order create time|order created
发布时间|上架时间|上架日期|发布|上架|创建时间|listed|published|created|creation date|create time
更新时间|修改时间|最近更新时间|更新|修改|modified|edited|updated|last edited|last modified|last updated
约定发货时间|约定交期|交期|交货期|appointed delivery time|promised delivery|delivery date|ship by
实际发货时间|发货时间|发货日期|actual delivery time|shipped|dispatched|ship date
数量|件数|qty|quantity|pcs|piece
金额|总额|总价|amount|total|sum
订单金额|订单总价|订单总额|order amount|order total
价格|价|price
单价|unit price|price unit|price piece|price pc|price each
最低|最小|lowest|min|minimum
最高|最大|highest|max|maximum
最小起订量|起订量|moq|min order|minimum order quantity|minimum order
币种|货币|币别|订单币种|成本币种|currency|cur|ccy|order currency|cost currency
折扣|优惠|discount
运费|freight|shipping fee|shipping cost
税|税费|tax|vat|duty
状态|status|state
访客|访客数|访问人数|店铺访问人数|visitor|uv|unique visitor|shop visitor|store visitor
访问次数|浏览量|浏览次数|店铺访问次数|pv|visit|page view|shop visit|store visit
店铺|商铺|shop|store
询盘|询盘个数|询盘数|询价|inquiry|enquiry|feedback
询盘人数|inquirer
商机人数|商机|lead|lead people
tm|tm人数|tm咨询|tm咨询人数|tm user|tm people|tm chatter
人数|people|user|person
转化率|转化|conversion|conversion rate
率|比率|比例|占比|rate|share|ratio|percent
平均|均值|avg|average|mean
指数|index
热度|heat|popularity
卖家|seller
卖家规模指数|竞争卖家指数|seller index
关键词指数|搜索指数|keyword index|search index
竞争|竞争度|competition
推广评分|质量分|质量得分|星级|star|quality score|promotion score
出价|当前出价|bid
预算|budget
计划|推广计划|所属计划|plan|campaign
推广组|推广单元|ad group
推广|广告|直通车|外贸直通车|p4p|ad|advertising
分组|产品分组|product group
类目|分类|品类|category|category path
邮箱|电子邮箱|邮件|email|mail|e mail|email address|e mail address
电话|手机|联系电话|phone|mobile|tel|telephone
网址|链接|url|link
业务员|跟进人|salesperson|sales rep
负责人|产品负责人|owner|person in charge|person charge
备注|说明|note|remark|comment|memo
供应商|厂家|厂商|vendor|supplier
采购|进货|purchase|po
采购单号|采购单|po no|purchase order no|po number|purchase no
采购日|采购日期|ordered|po date|purchase date
采购数量|quantity ordered|ordered qty|ordered quantity
到货数量|qty received|quantity received|received
仓库|仓库名称|warehouse|ship warehouse|ship to warehouse
预计到货日|预计到货|eta|expected|expected arrival
等级|level|grade
时长|小时|hour|duration
地址|address|street
类型|类别|种类|kind|type
来源|渠道|source|channel|origin
到期日|到期|有效期至|失效日|expiry date|expire|expiry|valid until|end date
开始日|开始时间|生效日|start date|start|begin
联系人|contact|contact person|contact name
市场|market
重量|毛重|weight|gross weight
库存|stock|inventory|on hand"""

LONGEST = 8  # signs of a Chinese term
DULL = {"of", "the", "in", "per", "to", "a", "an", "for", "by", "on", "at", "and", "with", "s"}
GENERIC = {
    "编号",
    "名称",
    "日期",
    "时间",
    "数量",
    "人数",
    "金额",
    "价格",
    "率",
    "平均",
    "产品",
    "订单",
    "状态",
    "等级",
    "推广",
    "店铺",
}
BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")


def _words(text: str) -> list[str]:
    """English words of a text, in the singular, without the dull ones."""
    found = [w for w in re.findall(r"[a-z]+|\d+", text.lower()) if w not in DULL]
    return [re.sub(r"ies$", "y", w) if w.endswith("ies") else re.sub(r"(?<=[a-z]{2}[^su])s$", "", w) for w in found]


@lru_cache(1)
def _terms() -> tuple[dict[str, str], dict[tuple[str, ...], str]]:
    """Chinese term → meaning; English words in a row → meaning."""
    chinese: dict[str, str] = {}
    english: dict[tuple[str, ...], str] = {}
    for line in SAME.split("\n"):
        terms = line.split("|")
        for term in terms:
            if term.isascii():
                english.setdefault(tuple(_words(term)), terms[0])
            else:
                chinese.setdefault(term, terms[0])
    return chinese, english


@lru_cache(32768)
def meanings(label: str) -> frozenset[str]:
    """What a label speaks of: known terms by their meaning, the longest first; other words and signs as they stand."""
    chinese, english = _terms()
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFKC", label)).lower()
    text = text if text.isascii() else simplified(text)
    found: set[str] = set()
    while text:
        if n := next((n for n in range(min(len(text), LONGEST), 0, -1) if text[:n] in chinese), 0):
            found.add(chinese[text[:n]])
            text = text[n:]
        elif run := re.match(r"[\x00-\x7f]+", text):
            words = _words(run[0])
            while words:
                n = next((n for n in range(len(words), 0, -1) if tuple(words[:n]) in english), 0)
                found.add(english[tuple(words[:n])] if n else words[0])
                words = words[n or 1 :]
            text = text[run.end() :]
        else:
            found.add(text[0])
            text = text[1:]
    return frozenset(found)


def _weight(found: Iterable[str]) -> float:
    return sum(0.4 if len(m) == 1 or m in GENERIC else 1.0 for m in found)


@lru_cache(32768)
def forms(label: str) -> tuple[str, ...]:
    """A label, the same without brackets, and either side of a slash or of its brackets: `日期/Date` is known by both."""
    text = unicodedata.normalize("NFKC", label).strip()
    bare = BRACKETS.sub(" ", text).replace("%", " ").strip(" .:")
    inside = [i for m in BRACKETS.findall(text) for i in m]
    mixed = [p for p in re.split(r"(?<=[^\x00-\x7f])\s+(?=[A-Za-z])", bare) if p != bare]
    halves = [*bare.split("/"), *inside, *mixed]
    return tuple(dict.fromkeys(f.strip() for f in (text, bare, *(h for h in halves if len(plain(h)) > 1)) if f.strip()))


@lru_cache(262144)
def likeness(header: str, label: str) -> float:
    """0 to 1: 1 is the same label, about 0.9 the same words of the trade, 0.5 half of them."""
    best = 0.0
    known, wanted = plain(label), meanings(label)
    for i, form in enumerate(forms(header)):
        if plain(form) == known:
            return 1.0 if i < 2 else 0.95
        said = meanings(form)
        shared = _weight(said & wanted)
        words = 2 * shared / (_weight(said) + _weight(wanted)) if shared else 0.0
        spelling = fuzz.ratio(plain(form), known) / 100
        best = max(best, 0.92 * words, 0.8 * spelling if spelling > 0.6 else 0.0)
    return best
