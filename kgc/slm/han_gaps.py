"""What the words beside Chinese ends say against a statement of the network: another number's name, another body's man.

Found by reading what it says of real texts.
"""

from __future__ import annotations

import re
from typing import Final

from kgc.data import Span

KIN: Final = re.compile(
    r"\w{2,8}的[独长次幼小大亲]?(?:儿子|女儿|妻子?|丈夫|夫人|父亲|母亲|哥哥|弟弟|姐姐|妹妹|兄弟|姐妹|侄子|孙子|女婿|儿媳|同学|朋友)"
)
"""What stands behind a body where its officer's relative is told of: 是远桥公司董事长的儿子."""
SERVING: Final = frozenset(("LeaderOf", "WorksFor", "MemberOf"))
OWN_TITLE: Final = re.compile(r"、[^、，。；]{4,30}(?:长|裁|理|任|员|授|师|官|监|人|家|记|席|表)$")
"""Before a person who is told with a body and title of their own in a list: 、联合利华个人护理品类副总裁马文."""
OTHERWISE: Final = {
    "population": re.compile(r"密度[^，。；]{0,8}$"),
    "area": re.compile(r"(?:流域|建筑|营业|种植|播种)(?:总)?面积[^，。；]{0,4}$"),
}
"""Before a number that is of something else."""
WHOLE: Final = re.compile(r"驻|国家|中央|人民")
"""What begins the rest of a name that a country stands first in: 日本驻缅甸大使馆, 中国国家博物馆."""


def unsaid(relation: str, head: Span, tail: Span, text: str) -> bool:
    """Whether words beside the two ends say that it is not told of them."""
    if relation in OTHERWISE:
        return OTHERWISE[relation].search(text, max(0, tail.start - 14), tail.start) is not None
    if relation in ("LocatedIn", "BasedIn"):
        return tail.end == head.start and WHOLE.match(text, head.start) is not None
    if relation not in SERVING:
        return False
    if head < tail:
        return KIN.match(text, tail.end) is not None
    return OWN_TITLE.search(text, tail.end, head.start) is not None
