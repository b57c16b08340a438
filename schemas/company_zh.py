# ruff: noqa: PLC2401
"""公司以及与公司有关的人物、交易、产品和地点。"""

from kgc.schema.words import Amount, Date, Demo, Entity, Event, Functional, Identifier, Integer, Relation, String


class 人物(Entity):
    """有姓名的真实的人。"""

    label = "人物"
    aliases = ("人", "人名", "Person")
    avoid = "代词、单独的职务"
    examples = ("王小明", "任正非")
    same_as = ("https://schema.org/Person", "http://www.wikidata.org/entity/Q5")

    出生日期: Functional[Date]
    职务: String
    """担任的职位或头衔"""


class 组织(Entity):
    """有名称的机构：政府部门、大学、协会、银行、基金等。"""

    label = "组织"
    aliases = ("机构", "单位", "Organization")
    examples = ("中国人民银行", "清华大学")
    same_as = ("https://schema.org/Organization", "http://www.wikidata.org/entity/Q43229")

    成立日期: Functional[Date]
    员工人数: Integer


class 公司(组织):
    """企业、集团或其子公司。"""

    label = "公司"
    aliases = ("企业", "集团", "Company")
    avoid = "“该公司”“本集团”等泛称"
    examples = ("华为技术有限公司", "比亚迪")
    same_as = ("https://schema.org/Corporation", "http://www.wikidata.org/entity/Q783794")

    营业收入: Amount
    净利润: Amount
    注册资本: Amount
    股票代码: Identifier


class 地点(Entity):
    """国家、省、市、区、街道、园区等地名。"""

    label = "地点"
    aliases = ("地名", "地区", "Location")
    examples = ("上海", "长江三角洲")
    same_as = ("https://schema.org/Place", "http://www.wikidata.org/entity/Q17334923")


class 产品(Entity):
    """有自己名称的产品、品牌、型号或服务。"""

    label = "产品"
    aliases = ("品牌", "型号", "服务", "Product")
    avoid = "“电池”等泛指的品类"
    examples = ("微信", "东方红拖拉机")
    same_as = ("https://schema.org/Product", "http://www.wikidata.org/entity/Q2424752")

    发布日期: Date
    价格: Amount


class 任职于(Relation):
    """人物在该组织工作或曾经工作。"""

    label = "任职于"
    aliases = ("就职于", "供职于", "WorksFor")
    templates = ("{head}在{tail}任职",)
    same_as = ("https://schema.org/worksFor", "http://www.wikidata.org/entity/P108")

    head: 人物
    tail: 组织


class 领导(Relation):
    """人物是该组织的主要负责人：董事长、总裁、首席执行官、总经理、校长等。"""

    label = "领导"
    aliases = ("负责人", "执掌", "LeaderOf")
    templates = ("{head}领导{tail}",)

    head: 人物
    tail: 组织


class 创立(Relation):
    """人物或组织创办了该组织。"""

    label = "创立"
    aliases = ("创办", "创建", "发起成立", "FounderOf")
    templates = ("{head}创立了{tail}",)

    head: 人物 | 组织
    tail: 组织


class 毕业于(Relation):
    """人物曾在该校学习。"""

    label = "毕业于"
    aliases = ("就读于", "EducatedAt")
    templates = ("{head}毕业于{tail}",)
    same_as = ("https://schema.org/alumniOf", "http://www.wikidata.org/entity/P69")

    head: 人物
    tail: 组织


class 出生于(Relation):
    """人物的出生地。"""

    label = "出生于"
    aliases = ("出生地", "籍贯", "BornIn")
    functional = True
    templates = ("{head}出生于{tail}",)
    same_as = ("https://schema.org/birthPlace", "http://www.wikidata.org/entity/P19")

    head: 人物
    tail: 地点


class 总部位于(Relation):
    """组织的总部、办公地或工厂所在地。"""

    label = "总部位于"
    aliases = ("总部", "所在地", "设于", "BasedIn")
    templates = ("{head}总部位于{tail}",)
    same_as = ("https://schema.org/location", "http://www.wikidata.org/entity/P159")

    head: 组织
    tail: 地点


class 位于(Relation):
    """小地点在大地点之内。"""

    label = "位于"
    aliases = ("地处", "LocatedIn")
    avoid = "组织的所在地（总部位于）"
    templates = ("{head}位于{tail}",)
    same_as = ("https://schema.org/containedInPlace", "http://www.wikidata.org/entity/P131")

    head: 地点
    tail: 地点


class 隶属于(Relation):
    """前者是后者的子公司、分支机构或部门。"""

    label = "隶属于"
    aliases = ("子公司", "旗下", "PartOf")
    templates = ("{head}隶属于{tail}",)
    same_as = ("https://schema.org/parentOrganization", "http://www.wikidata.org/entity/P749")

    head: 组织
    tail: 组织


class 收购(Relation):
    """前者买下后者或其多数股权；仅在计划中的不算。"""

    label = "收购"
    aliases = ("并购", "兼并", "Acquired")
    templates = ("{head}收购了{tail}",)

    head: 人物 | 组织
    tail: 组织


class 投资(Relation):
    """前者持有后者的股份或向其出资。"""

    label = "投资"
    aliases = ("入股", "持股", "增持", "参股", "InvestedIn")
    avoid = "整体收购（收购）"
    templates = ("{head}投资了{tail}",)

    head: 人物 | 组织
    tail: 组织


class 合作(Relation):
    """双方签约、结盟或合资。"""

    label = "合作"
    aliases = ("签约", "合资", "战略合作", "PartnerOf")
    symmetric = True
    templates = ("{head}与{tail}合作",)

    head: 组织
    tail: 组织


class 竞争(Relation):
    """双方在市场上是对手。"""

    label = "竞争"
    aliases = ("竞争对手", "CompetesWith")
    symmetric = True
    templates = ("{head}与{tail}竞争",)

    head: 组织
    tail: 组织


class 供应(Relation):
    """前者向后者供货或提供服务。"""

    label = "供应"
    aliases = ("供货", "供应商", "Supplies")
    templates = ("{head}向{tail}供货",)

    head: 组织
    tail: 组织


class 生产(Relation):
    """组织制造、销售或运营该产品。"""

    label = "生产"
    aliases = ("推出", "制造", "研发", "Produces")
    templates = ("{head}生产{tail}",)

    head: 组织
    tail: 产品


class 并购事件(Event):
    """一方买下另一方的全部或部分股权。"""

    label = "并购事件"
    aliases = ("收购交易", "Acquisition")
    examples = ("收购", "并购")

    收购方: 人物 | 组织
    被收购方: 组织
    金额: Amount | None
    比例: Amount | None
    日期: Date | None


class 任命事件(Event):
    """人物出任某一职位。"""

    label = "任命事件"
    aliases = ("上任", "Appointment")
    examples = ("任命", "出任", "当选")

    被任命人: 人物
    用人单位: 组织
    岗位: String | None
    日期: Date | None


demonstrations = [
    Demo(
        "周岚1978年出生于扬州，现任云帆精密仪器有限公司董事长。2019年，总部位于苏州的云帆精密仪器有限公司收购了光谷传感。",
        entities=[
            ("周岚", "人物"),
            ("扬州", "地点"),
            ("云帆精密仪器有限公司", "公司"),
            ("苏州", "地点"),
            ("光谷传感", "公司"),
        ],
        triples=[
            ("周岚", "出生日期", "1978年"),
            ("周岚", "出生于", "扬州"),
            ("周岚", "领导", "云帆精密仪器有限公司"),
            ("周岚", "职务", "董事长"),
            ("云帆精密仪器有限公司", "总部位于", "苏州"),
            ("云帆精密仪器有限公司", "收购", "光谷传感"),
        ],
    ),
]
