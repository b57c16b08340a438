"""What the words beside Chinese ends deny."""

from __future__ import annotations

import pytest

from kgc.slm.han_gaps import unsaid
from tests.slm.marked import marked


@pytest.mark.parametrize(
    ("relation", "line"),
    [
        ("population", "[洛恩]位于该国东部，2011年人口46，人口密度每平方公里{1}人。"),
        ("area", "[皮亚韦河]全长220公里，流域面积{4,127}平方公里。"),
        ("BasedIn", "在仰光设立{日本}[驻缅甸大使馆]。"),
        ("LocatedIn", "现存{中国}[国家博物馆]。"),
        ("WorksFor", "邀请了{环境保护基金会}副秘书长王庭建、联合利华个人护理品类副总裁[马文]出席。"),
        ("LeaderOf", "[李维安]是{远桥公司}董事长的儿子。"),
    ],
)
def test_another_number_another_body_a_relative(relation: str, line: str) -> None:
    m = marked(line)
    assert unsaid(relation, m.head, m.tail, m.text)


@pytest.mark.parametrize(
    ("relation", "line"),
    [
        ("population", "[洛恩]位于该国东部，2011年人口{46}。"),
        ("area", "[洛恩]位于该国东部，面积{8.17}平方公里。"),
        ("BasedIn", "{日本}[丰田公司]在缅甸设厂。"),
        ("WorksFor", "{环境保护基金会}副秘书长王庭建、[马文]出席。"),
        ("LeaderOf", "[李维安]是{远桥公司}董事长。"),
    ],
)
def test_what_is_told_stays(relation: str, line: str) -> None:
    m = marked(line)
    assert not unsaid(relation, m.head, m.tail, m.text)
