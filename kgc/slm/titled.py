"""Names that a word at their end or the marks around them tell: companies, laws, events, awards, titles of works."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kgc.data import Span
from kgc.slm.han import company

CAP: Final = r"[A-Z][\w'’.-]*"
LEGAL: Final = (
    r"(?:Inc|Ltd|LLC|PLC|plc|Corp|Corporation|GmbH|AG|AB|ASA|AS|A/S|Oy|Oyj|SE|S\.A|N\.V|B\.V|SpA|"
    r"Co\.?,? Ltd|Limited|Holdings|LLP)\b\.?"
)
LATIN: Final = re.compile(
    rf"(?P<O>\b(?:[A-Z][\w'’-]*(?: & | and (?=[A-Z][\w'’-]* {LEGAL})|,? )){{1,5}}?{LEGAL}(?![\w-])"
    rf"|\b(?:University|Institute|College) of (?:(?:Science|Sciences|Arts|Economics|Agriculture"
    rf"|Technology) and )?{CAP}(?: {CAP}){{0,2}}"
    rf"|\b(?:Ministry|Department) of (?:{CAP},? and )?{CAP}"
    rf"|\b(?:{CAP} ){{1,4}}(?:University|Institute of {CAP}|Business School|Law School))"
    rf"|(?P<V>\bWorld War (?:I{{1,3}}|One|Two|1|2)\b|\b(?:Battle|Siege|Invasion) of (?:the )?{CAP}(?: {CAP}){{0,3}}"
    rf"|\b(?:[12][0-9]{{3}} )?(?:{CAP} ){{1,3}}(?:War|Olympics|Olympic Games|World Cup|Revolution"
    rf"|Championships?|World's Fair)\b)"
    r"|(?P<G>\b(?!COVID|Covid|Type|Level|Class|Section|Annex|Article)[A-Z][a-z]{2,}-[0-9]{1,3}[A-Za-z]?\b(?!-))"
    rf"|(?P<A>\bNobel (?:Memorial )?(?:Peace )?Prize(?: (?:in|for) {CAP}(?: (?:or|and) {CAP})?)?"
    rf"|\b(?:Medal|Legion) of Hono(?:u)?r\b"
    rf"|\b(?:{CAP} ){{1,5}}(?:Award|Prize|Medal)\b(?: (?:in|for) {CAP}(?: (?:or|and) {CAP})?)?)"
    rf"|(?P<K>\b(?:{CAP},? (?:and |of |for |on |in )?){{1,7}}Act\b(?: of [12][0-9]{{3}})?"
    rf"|\b(?:Treaty|Convention|Constitution) (?:of|on) (?:the )?{CAP}(?: (?:of )?{CAP}){{0,5}})"
    r"|(?:\b(?:book|novel|film|movie|album|song|memoir|play|opera|essay|poem|series|report|article|paper|autobiography)"
    r"s?,?(?: titled| called| entitled)?,? [\"“](?P<W>[^\"”\n]{2,80})[\"”])"
)
HAN: Final = re.compile(
    r"(?P<O>[一-鿿]{2,20}?(?:（[一-鿿]{2,4}）)?(?:股份有限公司|有限责任公司|有限公司))"
    r"|(?P<P>(?<![一-鿿])[一-鿿]{1,6}(?:[·・][一-鿿]{1,8}){1,3}(?=[，。、（）；：]))"
    r"|简称(?:为)?[“\"「](?P<S>[一-鿿A-Za-z]{2,12})[”\"」]"
    r"|《(?P<W>[^《》\n]{1,50})》"
    r"|(?P<V>第[一二]次世界大战|抗日战争|解放战争|朝鲜战争|越南战争|鸦片战争"
    r"|(?:[12][0-9]{3}年)?[一-鿿]{2,4}(?:奥运会|世博会|亚运会|世界杯))"
    r"|(?P<A>诺贝尔[一-鿿]{1,4}奖|图灵奖|茅盾文学奖|鲁迅文学奖|国家科学技术进步奖|国家最高科学技术奖"
    r"|菲尔兹奖|普利兹克(?:建筑)?奖|金马奖|金鸡奖|金像奖)"
)
JOB_BEFORE: Final = re.compile(
    r"^[一-鿿]{0,5}(?:为|是|由|和|与|长|裁|总监|经理|主席|主任|教授|人)(?=[一-鿿]{1,6}[·・])"
)
STATUTE: Final = re.compile(r"(?:法|条例|规定|办法|协定|条约|公约|宪法|法典|细则|通则|决定|意见)(?:（[^）]*）)?$")
ABBREVIATED: Final = re.compile(r"\b(?:Inc|Ltd|Corp|Co|S\.A|N\.V|[A-Z]\.[A-Z])\.$")
FIRST: Final = re.compile(
    r"^(?:(?:The|This|That|A|An|In|Under|By|For|During|After|When|While|With|At|From|To|On|As|But|Both|Since|Dear|About|Of|Mr|Ms|Former|Today|Before|Each|Every|Our|Their|Its|Of|And)\s)+"
)


def titled(text: str, lang: str) -> Iterator[tuple[str, Span]]:
    """Kind (O body, G product, V event, A award, K law, W work) and span of each such name, in order."""
    for found in (HAN if lang == "zh" else LATIN).finditer(text):
        kind = str(found.lastgroup)
        start, end = found.span(kind)
        if lang != "zh":
            head = FIRST.match(text[start:end])
            start += head.end() if head else 0
        kind = "O" if kind == "S" else kind
        surface = text[start:end]
        if surface.endswith(".") and not ABBREVIATED.search(surface):
            surface, end = surface[:-1], end - 1
        if kind == "O" and lang == "zh" and found["O"]:
            start = end - len(company(surface))
            surface = text[start:end]
            if len(surface) < 6:
                continue
        if kind == "P":
            start += len(surface) - len(JOB_BEFORE.sub("", surface))
        if kind == "W" and lang == "zh" and STATUTE.search(surface):
            kind = "K"
        if lang == "zh" or kind in "WG" or " " in surface:
            yield kind, Span(start, end)
