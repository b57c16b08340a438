"""Words that tell names apart or mean the same: written down from common knowledge, copied from no list."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _rows(text: str) -> dict[str, frozenset[str]]:
    """`a b c; d b` as {a: {a}, b: {a, d}, c: {a}, d: {d}}: every word of a row to the first of its rows."""
    found: dict[str, set[str]] = {}
    for row in text.split(";"):
        words = row.split()
        for word in words:
            found.setdefault(word, set()).add(words[0])
    return {word: frozenset(firsts) for word, firsts in found.items()}


LEGAL: Final = {
    "inc": "inc", "incorporated": "inc", "corp": "corp", "corporation": "corp", "co": "co", "company": "co",
    "ltd": "ltd", "limited": "ltd", "co ltd": "co ltd", "company limited": "co ltd", "co limited": "co ltd",
    "llc": "llc", "l l c": "llc", "llp": "llp", "lp": "lp", "plc": "plc", "public limited company": "plc",
    "gmbh": "gmbh", "ag": "ag", "sa": "sa", "s a": "sa", "nv": "nv", "n v": "nv", "bv": "bv", "b v": "bv", "ab": "ab",
    "oy": "oy", "oyj": "oyj", "asa": "asa", "as": "as", "a s": "as", "aps": "aps", "spa": "spa", "s p a": "spa",
    "srl": "srl", "kg": "kg", "gmbh and co kg": "gmbh kg", "se": "se", "sarl": "sarl", "sas": "sas",
    "pty ltd": "pty ltd", "pte ltd": "pte ltd", "pvt ltd": "pvt ltd", "private limited": "pvt ltd", "kk": "kk",
    "sdn bhd": "sdn bhd", "doo": "doo", "ooo": "ooo", "pjsc": "pjsc", "株式会社": "kk",
}  # fmt: skip
"""Written legal form (folded, single spaces) -> its class."""
HAN_LEGAL: Final = (
    ("股份有限公司", "股份有限公司"), ("有限责任公司", "有限公司"), ("有限公司", "有限公司"), ("株式会社", "kk"),
    ("株式會社", "kk"), ("公司", "公司"),
)  # fmt: skip
STOP: Final = _words("the a an of and for in at on de la le les des du und der die das et y e")
PARTICLES: Final = _words("van von der den de del della di da dos du la le al el bin ibn ben ter ten zu af av st")
TITLES: Final = {
    **dict.fromkeys(_words("mr mister sir lord king prince herr monsieur senor count duke father"), "m"),
    **dict.fromkeys(_words("mrs ms miss lady dame queen princess frau madame senora countess duchess sister"), "f"),
    **dict.fromkeys(_words("dr prof professor doctor president senator judge justice general colonel captain rev "
                           "reverend saint ceo minister chancellor governor mayor"), ""),
}  # fmt: skip
"""Title before a person's name -> the gender it tells, or nothing."""
GENERATIONS: Final = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "2", "iii": "3", "iv": "4"}
ROMAN: Final = {
    "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12",
    "xiii": "13", "xiv": "14", "xv": "15", "xvi": "16",
}  # fmt: skip
OPPOSITES: Final = tuple(
    _words(group)
    for group in (
        "north northern south southern east eastern west western central northeast northwest southeast southwest",
        "upper lower middle", "new old", "greater lesser", "great little", "big small large", "left right",
        "first second third fourth fifth sixth seventh eighth ninth tenth", "one two three four five six seven eight",
        "senior junior", "men women boys girls male female mens womens", "internal external", "inner outer",
        "import export", "public private", "summer winter spring autumn fall", "day night", "morning evening",
        "primary secondary", "minor major", "micro macro", "alpha beta gamma delta",
        "red blue green black white yellow",
        "anti pro non", "pre post", "mother father", "brother sister", "king queen", "prince princess", "us uk eu un",
        "heavy light", "hot cold", "wet dry", "early late", "fixed mobile", "buy sell", "acute chronic",
        "undergraduate graduate postgraduate", "lite pro max mini plus ultra",
    )
)  # fmt: skip
"""Words of one row exclude each other; a name with one of them is another than the name without."""
OPPOSITE_ROW: Final = {word: row for row, words in enumerate(OPPOSITES) for word in words}
OPPOSITE_PREFIXES: Final = (
    ("hyper", "hypo"), ("inter", "intra"), ("micro", "macro"), ("pre", "post"), ("anti", ""), ("non", ""), ("un", ""),
    ("in", ""), ("im", ""), ("dis", ""), ("sub", ""), ("super", "sub"), ("in", "ex"), ("im", "ex"), ("endo", "exo"),
    ("homo", "hetero"), ("mono", "poly"), ("north", "south"), ("east", "west"), ("under", "over"), ("bi", "tri"),
    ("a", ""), ("ab", "ad"), ("e", "im"), ("uni", "omni"), ("ortho", "para"), ("meta", "para"), ("meta", "beta"),
    ("meth", "eth"), ("sulf", "sulph"),
)  # fmt: skip
HAN_OPPOSITES: Final = ("东西南北中", "上下", "左右", "前后", "内外", "大小", "新旧老", "男女", "父母子", "正副",
                        "一二三四五六七八九十", "甲乙丙丁", "公私", "春夏秋冬", "红黄蓝白黑绿", "进出")  # fmt: skip
SECTORS: Final = _words(
    "bank banking insurance airlines airways records foundation university college school hospital holdings holding "
    "capital finance financial pharma pharmaceuticals energy oil gas steel motors automotive aerospace defence "
    "defense electronics software systems cloud studios pictures entertainment music press publishing museum "
    "institute laboratory laboratories research center centre department ministry committee council court church "
    "club team union association federation league society party army navy airport station park street road bridge "
    "river lake mountain island county city district province state region valley beach stadium theatre theater "
    "hotel hotels restaurant cafe stores markets foods logistics shipping railway railways rail power electric "
    "water telecom mobile communications media television radio news times herald tribune journal magazine ventures "
    "partners investments securities trust fund asset management properties realty estate construction engineering "
    "chemicals materials mining metals agriculture farms dairy brewery breweries wines tobacco textiles fashion "
    "cosmetics health healthcare medical biotech labs robotics semiconductor semiconductors networks labs "
    "consulting advisory law services payments games gaming toys sports racing film films video academy library "
    "archive festival award prize cup championship championships tournament olympics war battle treaty act "
    "convention conference summit protocol virus disease syndrome protein gene receptor acid oxide cancer"
)
"""A name with one of these more is another thing: a part, a child, a parent, an event about it."""
GENERIC: Final = _words("group international global worldwide company brands industries enterprises products project "
                        "organization organisation official team")  # fmt: skip
"""Words that are often left out of a name without meaning another thing."""
PLACES: Final = _words(
    "afghanistan africa african albania algeria america american americas amsterdam andorra angola arabia argentina "
    "armenia asia asian athens atlanta australia australian austria austrian azerbaijan bahrain bangalore bangkok "
    "bangladesh barcelona bavaria beijing belarus belgium belgian benin bergen berlin bolivia bosnia boston "
    "botswana brazil brazilian britain british brussels budapest bulgaria cairo california cambodia cambridge "
    "cameroon canada canadian chad chicago chile chilean china chinese cologne colombia colombian columbia congo "
    "copenhagen croatia cuba cyprus czech dallas delhi denmark danish denver detroit dominica dominican dubai "
    "dublin dutch ecuador egypt england english estonia ethiopia europe european fiji finland finnish florida "
    "france francisco frankfurt french gabon gambia geneva georgia german germany ghana glasgow greece greek "
    "guatemala guinea guyana haiti hamburg helsinki holland honduras hong kong houston hungary iceland india indian "
    "indiana indonesia iran iraq ireland irish israel istanbul italian italy jakarta jamaica japan japanese jordan "
    "kazakhstan kenya korea korean kuwait kyoto laos latvia lebanon lesotho liberia libya lima lisbon lithuania "
    "liverpool london angeles luxembourg lyon macedonia madagascar madrid malawi malaysia mali malta manchester "
    "manila mauritania mauritius melbourne mexico mexican miami milan moldova monaco mongolia montenegro montreal "
    "morocco moscow mozambique mumbai munich myanmar namibia nepal netherlands nicaragua niger nigeria nordic "
    "norway norwegian oman osaka oslo oxford pakistan panama paraguay paris peru philadelphia philippines poland "
    "polish portland portugal prague pretoria qatar quebec rome romania russia russian rwanda santiago saudi "
    "scotland scottish seattle senegal seoul serbia shanghai shenzhen singapore slovakia slovenia somalia spain "
    "spanish stockholm sudan sweden swedish swiss switzerland sydney syria taiwan tanzania tehran texas thailand "
    "togo tokyo toronto tunisia turkey turkish uganda ukraine ukrainian uruguay usa utah uzbekistan vancouver "
    "venezuela vienna vietnam vietnamese virginia wales warsaw washington wuhan yemen york zambia zealand zimbabwe "
    "zurich kansas dakota carolina ohio iowa idaho oregon nevada arizona"
)
HAN_PLACES: Final = tuple(
    sorted(
        _words(
            "中国 美国 英国 法国 德国 日本 韩国 俄罗斯 印度 加拿大 澳大利亚 新加坡 意大利 西班牙 巴西 香港 澳门 "
            "台湾 北京 上海 天津 重庆 广州 深圳 杭州 南京 苏州 武汉 成都 西安 长沙 郑州 济南 青岛 大连 沈阳 "
            "哈尔滨 长春 厦门 福州 宁波 合肥 南昌 昆明 贵阳 南宁 海口 兰州 银川 西宁 拉萨 太原 石家庄 呼和浩特 "
            "乌鲁木齐 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 "
            "云南 陕西 甘肃 青海 广西 宁夏 新疆 西藏 内蒙古 东莞 佛山 无锡 伦敦 纽约 巴黎 东京 首尔 欧洲 亚洲 "
            "非洲 美洲 亚太 华东 华南 华北 华中 东北 西北 西南 "
        )
    )
)
HAN_GENERIC: Final = ("集团", "股份", "控股集团", "总公司", "有限")
HAN_ADMINISTRATIVE: Final = ("市", "省", "县", "区", "自治区", "特别行政区", "壮族自治区", "共和国", "人民共和国")
ABBREVIATIONS: Final = _rows(
    "international intl int; university univ uni; department dept; institute inst; association assn assoc; national "
    "natl nat; government govt; manufacturing mfg mfr; brothers bros; saint st; mount mt; fort ft; street str st; "
    "avenue ave; road rd; boulevard blvd; drive dr; technology tech technol technologies; laboratory lab; "
    "laboratories labs; management mgmt mgt; services svcs svc service; systems sys; federal fed; general gen; "
    "center centre ctr; committee cttee; division div; society soc; company co; academy acad; engineering engg eng; "
    "electric elec; american amer; commission comm; industries ind inds; and n; organization organisation org; "
    "defense defence; labor labour; theater theatre; harbor harbour; journal j jnl; proceedings proc; conference "
    "conf; hospital hosp; pharmaceuticals pharma; group grp; district dist; corporation corp; foundation fdn found; "
    "library libr; european eur; royal r; development dev; research res; science sci; sciences; college coll; "
    "school sch; motors motor; british brit; communications comms; financial fin; insurance ins; railway rly ry; "
    "bank bk; united utd; investment inv; investments invs; holdings hldgs; medical med; environmental env"
)
"""Word -> the full words that it is short for, or another spelling of; a full word has itself."""
NICKNAMES: Final = (
    "robert bob rob bobby robbie bert", "william bill will billy willy liam", "richard rick dick rich ricky",
    "james jim jimmy jamie", "john jack johnny jon", "jonathan jon jonny", "michael mike mick mickey misha",
    "thomas tom tommy", "edward ed eddie ted ned teddy", "charles charlie chuck chas", "joseph joe joey",
    "daniel dan danny", "david dave davy", "anthony tony", "andrew andy drew", "steven steve stephen",
    "matthew matt", "christopher chris", "nicholas nick nicolas", "alexander alex alec sasha sandy", "samuel sam",
    "benjamin ben benny", "gregory greg", "jeffrey jeff geoffrey geoff", "kenneth ken kenny", "ronald ron",
    "donald don", "lawrence larry laurence", "timothy tim", "patrick pat paddy", "peter pete", "philip phil phillip",
    "raymond ray", "frederick fred freddy", "henry harry hank", "albert al bert", "walter walt wally",
    "elizabeth liz beth betty eliza lizzie bess", "margaret maggie peggy meg marge",
    "katherine kate katie kathy catherine cathy kathryn", "jennifer jen jenny", "patricia pat patty trish",
    "barbara barb", "susan sue susie",
    "deborah deb debbie", "rebecca becky", "victoria vicky", "alexandra alex sandra sasha", "christine chris tina",
    "dorothy dot dottie", "jacqueline jackie", "judith judy", "pamela pam", "samantha sam", "theresa terry teresa",
    "mary marie molly", "ann anna anne annie", "helen nell ellen", "abigail abby", "amanda mandy", "vladimir vova",
    "dmitry dmitri dima", "sergei sergey serge", "yuri yury", "mohammed muhammad mohamed mohammad mohd mhd muhammed",
    "jose pepe", "francisco paco pancho", "johann hans", "johannes hans jan", "louis lou lewis", "leonard leo len",
    "eugene gene", "gerald gerry jerry", "vincent vince", "zachary zach", "nathan nate", "nathaniel nate",
)  # fmt: skip
NICKNAME_ROWS: Final = {
    name: frozenset(row for row, names in enumerate(NICKNAMES) if name in names.split())
    for names in NICKNAMES
    for name in names.split()
}
GIVEN: Final = frozenset(NICKNAME_ROWS) | _words(
    "adam adrian alan alice amelia amy ana andrea angela anita antonio arthur aaron brian bruce bryan carl carla "
    "carlos carol caroline cecilia cheryl clara claire claude claudia craig cynthia dana daniela daniele darren "
    "dean dennis diana diane diego douglas elena eleanor elias elisa ella emil emilia emily emma eric erica erik "
    "erika erin ernest esther eva evan evelyn felix fernando fiona florence frances francesca francesco francis "
    "frank franz gabriel gabriela gary george georgia gina giovanni giuseppe gloria gordon grace graham guy hannah "
    "harold harriet harvey heather heidi herbert howard hugh hugo ian ingrid irene isabel isabella ivan jacob jan "
    "jane janet jasmine jason jean jessica jesus jill joan joanna joanne joel jordan jorge joshua joyce juan julia "
    "julian juliana julie julius justin karen karl karla karin keith kelly kevin kim klaus kurt lars laura lauren "
    "leah leon leslie lily linda lisa lloyd lorenzo louise luca lucas lucia lucy luis luisa luke luna lynn manuel "
    "marc marco marcus maria marian mariana marina mario marion mark marta martha martin martina marvin mateo "
    "maurice max maya megan melissa mia michaela michele michelle miguel milan monica nadia nancy naomi natalia "
    "natalie nicole nina noah nora norman olga oliver olivia oscar otto pablo paola paolo paul paula pauline pedro "
    "phyllis pierre rachel ralph ramon raul robin roberta roberto rodney roger roland roman rosa rose roy russell "
    "ruth ryan sara sarah scott sean sebastian sharon shawn sheila shirley simon simone sofia sonia sophia sophie "
    "stanley stella stefan stuart sven sylvia tanya tara tobias todd valentina valerie vera vernon veronica viktor "
    "violet virginia vivian wanda warren wayne wendy wolfgang yves yvonne zoe wei li ming jun lei yan ying hui min "
    "jing hao"
)  # fmt: skip
SURNAMES: Final = _words(
    "smith smyth smythe johnson johnston johnstone jonson williams williamson brown browne jones miller millar "
    "muller davis davies davidson garcia rodriguez wilson willson martinez martin martins marin anderson andersen "
    "andersson taylor tailor thomas thompson thomson hernandez moore moor jackson lee leigh lea perez white wright "
    "harris harrison sanchez clark clarke clerk ramirez lewis louis robinson robertson robson walker waller young "
    "allen allan king kings scott hill hall hull nguyen torres flores green greene adams adam adamson nelson "
    "nielsen nilsen nilsson baker barker hansen hanson hanssen rivera campbell mitchell carter cartier roberts "
    "gomez phillips philips evans turner diaz parker parks cruz edwards collins collin reyes stewart stuart stuart "
    "morris morrison murphy murray cook cooke rogers rodgers morgan cooper cowper peterson petersen pedersen bailey "
    "bayley reed reid read kelly kelley howard ramos kim cox ward richardson watson wood woods brooks brook bennett "
    "gray grey james hughes price myers meyers meyer maier mayer long foster sanders saunders ross powell sullivan "
    "russell jenkins perry barry butler barnes fisher fischer henderson coleman simmons simons simon patterson "
    "paterson jordan reynolds hamilton graham wallace gibson hayes haynes hays schmidt schmitt schmid schneider "
    "weber wagner becker hoffmann hofmann hoffman schulz schulze schultz koch bauer richter klein wolf wolff "
    "schroeder neumann schwarz zimmermann braun kruger hartmann lange krause lehmann larsen larson larsson olsen "
    "olson olsson jensen jenson jansen janssen christensen christiansen eriksen erikson eriksson ericsson berg "
    "bergen burg lindberg lindgren wang wong chang chan chen cheng zhang zheng zhao zhou zhu liu lu luo li lin "
    "liang huang hwang wu xu yang yan ye yu sun tang deng feng fang peng park pak choi tanaka suzuki sato ito kato "
    "singh sing khan kahn cohen kohn levy levi ali patel"
)
KNOWN: Final = GIVEN | SURNAMES | PLACES | SECTORS | GENERIC | frozenset(OPPOSITE_ROW)
"""Words that are right as they are: two different ones are no misspelling of each other."""
