"""Where sentences begin and end: a fixed, fast rule that needs no model, for Latin and Chinese text alike.

Chunks are cut between sentences and evidence cites them, so the same text must always give the same sentences.
"""

from __future__ import annotations

import re

from kgc.data.documents import Span

CLOSING = "\"'”’»)）]】〕」』》"
STOP = re.compile(
    rf"(?P<stop>(?:[.!?…。！？；｡]|(?<=[\u3400-\u9fff])[;])+[{re.escape(CLOSING)}]*"
    r"(?: ?\[\d{1,3}\]|\[[0-9a-z]{1,4}\])*)(?P<gap>\s*)"
    r"|(?P<line>\n\s*)"
)
LIST_MARK = re.compile(
    r"(?:[-*•·‣▪–—]\s|\(?\d{1,3}[.)、）]|\(?[a-zA-Z][.)]\s|[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|第[一二三四五六七八九十百零〇\d]+[章节条編编部])"
)
WORD_BEFORE = re.compile(r"[^\W_](?:[\w.&-]*\w)?$")
BARE_NUMBER = re.compile(r"(?:^|\n)[ \t]*(?:\d{1,3}|[ivxlc]{1,5}|[a-z])$")
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
FULL_STOPS = frozenset("。！？；｡")


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEVER_LAST = words(
    "mr mrs ms dr drs prof st gen lt col capt sgt maj adm cmdr rev hon sen rep gov pres messrs mme mlle fr sr fig figs "
    "eq eqs sec ch vol no nos pp ed eds cf e.g i.e viz vs v al ca approx resp est incl mt ft art arts nr bzw z.b d.h "
    "pvt pte h.c"
)
"""What is written with a period and goes before something else: titles, references, "e.g."."""

SOMETIMES_LAST = words(
    "inc ltd co corp bros llc plc etc jr ph.d m.d b.a m.a u.s u.k u.n e.u d.c a.m p.m jan feb mar apr jun jul aug sep "
    "sept oct nov dec mon tue wed thu fri sat sun ave blvd rd dept univ assn"
)
"""What may end a sentence: it does when the next word is one that sentences begin with."""

STARTERS = words(
    "the a an it he she they we i you this that these those there in on at by for from with after before as when "
    "while if although though however but and since during until its his her their our my who what where why how "
    "according because despite both some many most several all one no not under over then thus also der die das ein "
    "eine er sie es wir le la les un une il elle el los las"
)


def sentences(text: str, lang: str = "") -> tuple[Span, ...]:
    """The sentences of a text, in order, without the white space around them; together they hold all that is not blank.

    A sentence ends at . ! ? … 。 ！ ？ ； with the quotes and brackets that close after it, at a blank line, and at the
    end of a line that looks like an entry of a list, a heading or a row. Abbreviations, initials, decimals and URLs do
    not end one. `lang` is what the document says; German ordinals ("am 3. Mai") are the only rule that needs it.
    Linear in the length of the text.

    >>> [s.of("Dr. A. Smith paid 3.5 dollars. He left.") for s in sentences("Dr. A. Smith paid 3.5 dollars. He left.")]
    ['Dr. A. Smith paid 3.5 dollars.', 'He left.']
    """
    spans: list[Span] = []
    start = line_start = last = 0
    for found in STOP.finditer(text):
        if found["line"] is None:
            cut = found.end("stop")
            bare = found.start() == last  # ". . . .": stops with nothing between them end one sentence, not many
            last = found.end()
            if not bare and ends_sentence(text, found, lang):
                _add(spans, text, start, cut)
                start = found.end()
            if "\n" in found["gap"]:
                line_start = found.end()
        else:
            if line_ends_sentence(text, line_start, found):
                _add(spans, text, start, found.start())
                start = found.end()
            line_start = found.end()
    _add(spans, text, start, len(text))
    return tuple(spans)


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    raw = text[start:end]
    left = len(raw) - len(raw.lstrip())
    if left < len(raw):
        spans.append(Span(start + left, start + len(raw.rstrip())))


def ends_sentence(text: str, found: re.Match[str], lang: str) -> bool:
    """Whether the stop at hand ends a sentence, by what stands before and after it."""
    after = text[found.end() : found.end() + 1]
    gap = found["gap"]
    if not after or gap.count("\n") > 1:
        return True
    if any(c in FULL_STOPS for c in found["stop"]) or (found["stop"][0] == ";"):
        return True
    if not gap:
        return found["stop"][0] in "!?…" and WIDE.match(after) is not None
    if after.islower() or after in ",;:)]，、）":
        return False
    return found["stop"] != "." or period_ends_sentence(text, found, lang)


def period_ends_sentence(text: str, found: re.Match[str], lang: str) -> bool:
    """Whether a period that is followed by white space and no small letter ends a sentence."""
    before = text[max(0, found.start() - 24) : found.start()]
    if BARE_NUMBER.search(before) and (found.start() > 24 or before.strip()):
        return False
    word = WORD_BEFORE.search(before)
    if word is None:
        return True
    name = word.group().casefold()
    if goes_on(word.group(), text[found.end()], lang):
        return False
    if name in NEVER_LAST:
        return name == "no" and not text[found.end()].isdigit()
    if name in SOMETIMES_LAST or is_initial(word.group()):
        return next_word(text, found.end()) in STARTERS
    return True


def goes_on(word: str, after: str, lang: str) -> bool:
    """ "(b. 1918)", "c. 1871", "p. 330"; in German "am 3. Mai"."""
    letter = len(word) == 1 and word.islower() and after.isdigit()
    return letter or (lang == "de" and word.isdigit() and len(word) < 3)


def is_initial(word: str) -> bool:
    """ "J", "J.R", "U.S.A": letters with periods between them."""
    return all(len(part) == 1 and part.isalpha() for part in word.split(".")) and word[0].isupper()


def next_word(text: str, at: int) -> str:
    found = re.match(r"[^\w]*(\w+)", text[at : at + 24])
    return found.group(1).casefold() if found else ""


def line_ends_sentence(text: str, line_start: int, found: re.Match[str]) -> bool:
    """Whether a line without a stop is a sentence of its own: before a blank line or a list entry, a row, a short line.

    Prose that is broken into lines of 60 to 80 letters goes on over the end of a line; what is written one paragraph
    a line does not, nor does a short line before a capital.
    """
    if found["line"].count("\n") > 1 or found.end() >= len(text):
        return True
    length = found.start() - line_start
    if length > 160 or " | " in text[line_start : found.start()]:
        return True
    after = text[found.end()]
    if after.islower():
        return False
    wide = WIDE.search(text, line_start, found.start()) is not None
    return length < (24 if wide else 48) or LIST_MARK.match(text, found.end()) is not None
