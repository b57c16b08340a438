"""Words that the modest proposal goes by: what makes no class or relation, and how Chinese schemas call things."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kgc.slm.lexicon import listed_words
from kgc.slm.phrases import GENERIC

NO_CLASS: Final = (
    GENERIC
    | frozenset(
        listed_words(
            "end percent cent per today north south east west sea world life hand head eye face back front "
            "line job work start size share sale price cost value rate capacity height weight length speed "
            "temperature degree metre meter kilometre kilometer mile ton tonne kilogram litre hour watt euro "
            "dollar crown kronor krone yuan pound shilling amount age power energy water money home change "
            "growth development management support access importance need ability benefit impact "
            "understanding presence attention interest context field success future past history day week "
            "month year century decade date morning evening doctorate post seat door voice night order "
            "addition response lack loss focus approach environment activity condition factor feature process "
            "relationship diversity quality quantity nature existence structure study research analysis "
            "method system concept behavior behaviour distribution dynamics composition aspect characteristic "
            "mechanism role function footage click website www http html"
        )
    )
    | frozenset(
        listed_words(
            "依法 责任人员 责任人员处 有权 总部 毕业 储能 全部 负责人 员工 人员 数量 金额 收入 情况 个人 单位 "
            "部门 国家 社会 机构 信息 技术 义务 责任 权利 权益 措施 罚款 安全 管理 保护 水平 体系 能力 方案 "
            "意见"
        )
    )
)
"""Nouns that are everywhere, measure something, or are a quality: by themselves they are no class."""
MEASURES: Final = frozenset(
    listed_words(
        "foot inch yard mile meter metre kilometer kilometre acre hectare ton tonne pound kilogram gram litre gallon "
        "watt percent percentage dollar euro krone krona yen revenue income profit cash sale earnings cost expense loss"
    )
)
"""Last words of terms that measure something, or are an amount of money."""
ROLE: Final = re.compile(
    r"\b(?:officer|director|president|chair|chairman|chairwoman|chairperson|manager|founder|head|secretary|minister"
    r"|ceo|cfo|cto|member|professor|leader|governor|mayor|commander|captain|husband|wife|son|daughter|brother|sister"
    r"|father|mother|uncle|nephew|chief|executive|adviser|advisor|man|woman|person|employee|staff|swede|citizen)$"
    r"|(?:官|长|经理|董事|主席|书记|主任|教授|人|员|总裁|负责人|创始人|所长)$"
)
"""What a person is for a while: a position, which is an attribute, and no class."""
WEAK_VERBS: Final = frozenset(
    listed_words(
        "have show open leave hold extend find reach meet describe represent present cause increase "
        "reduce change raise carry bring set put place keep allow require provide perform achieve express "
        "begin start stop play serve face offer follow lead add apply affect enhance improve ensure help "
        "highlight indicate occur exist 相关 有关 要求 承担 实行 给予 指导 协调"
    )
)
"""Verbs that are said of nearly anything; by their object alone they are no relation."""

HAN_CLASSES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType({
    "Person": ("人物", "有姓名的真实或虚构的人。"),
    "Organization": ("组织", "有名称的机构、团体。"),
    "Company": ("公司", "企业、集团或其子公司。"),
    "GovernmentBody": ("政府机构", "政府部门、法院、议会、军队等。"),
    "School": ("学校", "大学、学院、中小学或研究所。"),
    "Location": ("地点", "有名称的地方：地区、河流、山、建筑、街道。"),
    "Country": ("国家", "现在或过去的国家。"),
    "City": ("城市", "城市、城镇或村庄。"),
    "Product": ("产品", "有自己名称的产品、品牌、型号或服务。"),
    "CreativeWork": ("作品", "有标题的书、文章、电影、歌曲、报告等。"),
    "Law": ("法律", "法律、法规、条约、标准或合同。"),
    "NamedEvent": ("事件", "有名称的事件：战争、会议、比赛。"),
    "Award": ("奖项", "奖、奖章、荣誉称号。"),
})  # fmt: skip
"""Class of `schemas/general.py` -> its Chinese name, which the built-in model knows, and its definition."""
TITLES: Final[Mapping[str, tuple[str, bool]]] = MappingProxyType({
    "seat": ("BasedIn", False), "headquarters": ("BasedIn", False), "headoffice": ("BasedIn", False),
    "headquarterslocation": ("BasedIn", False), "所在地": ("BasedIn", False), "总部所在地": ("BasedIn", False),
    "毕业院校": ("EducatedAt", False), "学校": ("EducatedAt", False), "出生地": ("BornIn", False),
    "籍贯": ("BornIn", False), "employer": ("WorksFor", False), "任职单位": ("WorksFor", False),
    "head": ("LeaderOf", True), "leader": ("LeaderOf", True), "负责人": ("LeaderOf", True),
    "法定代表人": ("LeaderOf", True), "founder": ("FounderOf", True), "创始人": ("FounderOf", True),
    "parent": ("PartOf", False), "母公司": ("PartOf", False), "manufacturer": ("Produces", True),
    "生产商": ("Produces", True), "nationality": ("CitizenOf", False), "国籍": ("CitizenOf", False),
    "country": ("LocatedIn", False), "capital": ("CapitalOf", True),
})  # fmt: skip
"""Title of a table's column -> the relation of the general schema that it means, and whether from tail to head."""
HAN_RELATIONS: Final[Mapping[str, str]] = MappingProxyType({
    "WorksFor": "任职于", "LeaderOf": "领导", "FounderOf": "创立", "MemberOf": "成员", "EducatedAt": "毕业于",
    "BornIn": "出生于", "DiedIn": "逝世于", "LivesIn": "居住于", "CitizenOf": "国籍", "SpouseOf": "配偶",
    "BasedIn": "总部位于", "LocatedIn": "位于", "PartOf": "隶属于", "OwnerOf": "拥有", "Acquired": "收购",
    "InvestedIn": "投资", "PartnerOf": "合作", "CompetitorOf": "竞争", "Produces": "生产", "CreatorOf": "创作",
    "ParticipatedIn": "参加", "Received": "获得",
})  # fmt: skip
HAN_ATTRIBUTES: Final[Mapping[str, str]] = MappingProxyType({
    "birth_date": "出生日期", "death_date": "逝世日期", "position": "职务", "founded": "成立日期",
    "employees": "员工人数",
    "revenue": "营业收入", "profit": "净利润", "population": "人口", "area": "面积", "website": "网站",
    "published": "出版日期", "enacted": "颁布日期", "price": "价格", "dissolved": "解散日期", "ticker": "股票代码",
})  # fmt: skip


def third_person(verb: str) -> str:
    """The verb of a relation's words as a name has it: "supply to" as "supplies to", "be based in" as "based in".

    >>> [third_person(w) for w in ("supply to", "teach", "be based in", "拥有", "begin to sell")]
    ['supplies to', 'teaches', 'based in', '拥有', 'begins to sell']
    """
    first, _, rest = verb.partition(" ")
    if first == "be":
        return rest
    if not first.isascii():
        return verb
    if re.search(r"(?:s|x|z|ch|sh|o)$", first):
        first += "es"
    else:
        first = first[:-1] + "ies" if re.search(r"[^aeiou]y$", first) else first + "s"
    return f"{first} {rest}".rstrip()
