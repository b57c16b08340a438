"""Which encoding a text file is in.

charset-normalizer alone takes short Chinese in GB18030 or Big5 for something Korean or Cyrillic, and Windows-1252 for
Windows-1250. So what is certain goes first (byte-order marks, what the file declares, strict UTF-8, the zero bytes of
UTF-16), then Chinese is told by how common its characters are, and only then is charset-normalizer asked.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})|<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""",
    re.IGNORECASE,
)
SAMPLE = 200_000
"""How many bytes are looked at where the whole is not needed."""

COMMON_SIMPLIFIED = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经"
    "么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全"
    "三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任"
    "常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必"
    "场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告"
    "类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运"
)
COMMON_TRADITIONAL = frozenset(
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作里用道行所然家種事成方多經"
    "麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全"
    "三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任"
    "常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必"
    "場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告"
    "臺灣香港"
)
HAN = re.compile(r"[\u3400-\u9fff]")
LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿŒœŠšŽžŸ]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of some bytes. `encoding` ends in "+replaced" where U+FFFD stands for bytes that could not be read."""

    text: str
    encoding: str

    @property
    def whole(self) -> bool:
        return not self.encoding.endswith("+replaced")


def decode(data: bytes, *, declares: bool = False) -> Decoded:
    """The text, without byte-order mark, zeros and carriage returns. Never raises, never drops what it cannot read.

    With `declares` a `<meta charset>` or an XML declaration near the beginning is believed where it can be.
    """
    encoding = encoding_of(data, declares=declares)
    body = data
    for bom, name in BOMS:
        if encoding == name and data.startswith(bom):
            body = data[len(bom) :]
    text = body.decode(encoding, errors="replace")
    if "\ufffd" in text and not _decodes(body, encoding):
        encoding += "+replaced"
    return Decoded(clean(text), encoding)


def clean(text: str) -> str:
    """Line ends as \\n; control characters that are no text (NUL and the like) and lone surrogates gone."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\v", "\n")
    return CONTROL.sub("", text).removeprefix("\ufeff")


CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff]")


def encoding_of(data: bytes, *, declares: bool = False) -> str:
    """The Python name of the encoding; "utf-8" where nothing tells."""
    for bom, name in BOMS:
        if data.startswith(bom):
            return name
    wide = _wide(data)
    if wide:
        return wide
    if _decodes(data, "utf-8"):
        return "utf-8"
    declared = _declared(data) if declares else ""
    if declared and _decodes(data, declared):
        return declared
    return _legacy(data)


def _declared(data: bytes) -> str:
    found = DECLARED.search(data[:4096])
    if found is None:
        return ""
    name = (found.group(1) or found.group(2)).decode("ascii", "ignore").lower()
    name = {
        "gb2312": "gb18030",
        "gbk": "gb18030",
        "iso-8859-1": "cp1252",
        "latin1": "cp1252",
        "us-ascii": "cp1252",
    }.get(name, name)
    try:
        known = codecs.lookup(name)
    except LookupError:
        return ""
    return known.name if getattr(known, "_is_text_encoding", True) else ""


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeDecodeError, UnicodeError):
        return False
    return True


def _wide(data: bytes) -> str:
    """UTF-16 without a mark, told by its zero bytes, or by Chinese that only reads well this way."""
    sample = data[: SAMPLE & ~1]
    if len(sample) < 4 or len(data) % 2:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    pairs = len(sample) // 2
    if odd > pairs * 0.5 and even < pairs * 0.05:
        return "utf-16-le"
    if even > pairs * 0.5 and odd < pairs * 0.05:
        return "utf-16-be"
    if _decodes(data, "utf-8"):
        return ""
    scores = {
        name: _chinese(sample, name, COMMON_SIMPLIFIED | COMMON_TRADITIONAL) for name in ("utf-16-le", "utf-16-be")
    }
    name = max(scores, key=lambda n: scores[n])
    return name if scores[name] > 0.3 else ""


def _legacy(data: bytes) -> str:
    """One of the encodings from before Unicode, by what the text looks like in each."""
    sample = data[:SAMPLE]
    scores = {
        "gb18030": _chinese(sample, "gb18030", COMMON_SIMPLIFIED),
        "big5": _chinese(sample, "big5", COMMON_TRADITIONAL),
    }
    name = max(scores, key=lambda n: scores[n])
    if scores[name] > 0.15:
        return "cp950" if name == "big5" and not _decodes(data, "big5") else name
    if _western(sample):
        return "cp1252"
    return _guess(sample)


def _chinese(data: bytes, encoding: str, common: frozenset[str]) -> float:
    """The share of what is not ASCII that are common Chinese characters; 0 where it does not decode."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(data)
    except UnicodeDecodeError:
        return 0.0
    other = sum(1 for c in text if ord(c) > 127)
    return sum(1 for c in text if c in common) / other if other else 0.0


def _western(data: bytes) -> bool:
    """Whether the text reads as Western European: few letters with accents among many without, none of them odd."""
    text = data.decode("cp1252", errors="replace")
    high = [c for c in text if ord(c) > 127]
    usual = sum(1 for c in high if c in "äöüÄÖÜßéèêëàâçîïôûùœáíóúñ¡¿åæøÅÆØãõìò€“”‘’–—…©®°£§«»·•™ \u00a0")
    plain = sum(1 for c in text if c.isascii() and c.isalpha())
    return usual >= 0.8 * len(high) and plain >= len(high)


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - heavy, and seldom needed

    best = from_bytes(data).best()
    return best.encoding if best is not None else "cp1252"
