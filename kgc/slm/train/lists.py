"""Names written by us where no permitted list has them."""

from __future__ import annotations

from typing import Final

from kgc.slm.lexicon import listed_words

ALIASES: Final = (
    "US", "U.S.", "USA", "U.S.A.", "UK", "U.K.", "UAE", "United States", "United States of America", "United Kingdom",
    "Great Britain", "Britain", "England", "Scotland", "Wales", "Northern Ireland", "Holland", "Soviet Union", "USSR",
    "Yugoslavia", "Czechoslovakia", "East Germany", "West Germany", "Czech Republic", "Burma", "Ivory Coast", "Russia",
    "South Korea", "North Korea", "Taiwan", "Hong Kong", "Macau", "Vietnam", "Laos", "Syria", "Iran",
    "Palestine", "Kosovo",
    "Turkey", "Vatican City", "Congo", "Swaziland", "Macedonia", "Republic of Ireland", "People's Republic of China",
)  # fmt: skip

REGIONS: Final = (
    "Alberta", "British Columbia", "Manitoba", "New Brunswick", "Newfoundland", "Nova Scotia", "Ontario", "Quebec",
    "Saskatchewan", "Yukon", "New South Wales", "Queensland", "South Australia", "Tasmania",
    "Western Australia", "Bavaria",
    "Saxony", "Hesse", "Lower Saxony", "Brandenburg", "Thuringia", "North Rhine-Westphalia",
    "Baden-Württemberg", "Catalonia",
    "Andalusia", "Galicia", "Lombardy", "Tuscany", "Sicily", "Sardinia", "Piedmont", "Normandy", "Brittany", "Provence",
    "Alsace", "Burgundy", "Flanders", "Wallonia", "Kent", "Essex", "Sussex", "Surrey", "Cornwall", "Devon",
    "Dorset", "Norfolk",
    "Suffolk", "Yorkshire", "Lancashire", "Cumbria", "Hampshire", "Oxfordshire", "Cambridgeshire", "Hertfordshire",
    "Middlesex", "Northumberland", "Wiltshire", "Somerset", "Gloucestershire", "Nottinghamshire", "Derbyshire",
    "Cheshire",
    "Siberia", "Crimea", "Punjab", "Sindh", "Gujarat", "Kerala", "Tamil Nadu", "Maharashtra", "Karnataka",
    "West Bengal", "Bihar",
    "Rajasthan", "Uttar Pradesh", "Assam", "Guangdong", "Sichuan", "Zhejiang", "Jiangsu", "Fujian", "Shandong",
    "Hunan", "Hubei",
    "Henan", "Hebei", "Yunnan", "Tibet", "Xinjiang", "Hokkaido", "Okinawa", "Europe", "Asia", "Africa", "North America",
    "South America", "Latin America", "Central America", "Oceania", "Antarctica", "Southeast Asia", "Eastern Europe",
    "Western Europe", "Middle East", "Scandinavia", "Balkans", "Caribbean", "Silicon Valley", "New England",
    "Manhattan",
    "Brooklyn", "Queens", "Bronx", "Staten Island", "Hollywood", "Long Island", "Washington, D.C.", "Washington D.C.",
)  # fmt: skip

DEMONYMS: Final = listed_words(
    "Afghan African Albanian Algerian American Arab Arabian Argentine Argentinian Armenian Asian "
    "Australian Austrian Azerbaijani Bangladeshi Basque Bavarian Belarusian Belgian Bengali Bolivian "
    "Bosnian Brazilian British Briton Bulgarian Burmese Californian Cambodian Canadian Catalan Chilean "
    "Chinese Christian Colombian Congolese Croatian Cuban Cypriot Czech Danish Dutch Ecuadorian Egyptian "
    "English Estonian Ethiopian European Filipino Finnish Flemish French Georgian German Ghanaian Greek "
    "Guatemalan Haitian Hawaiian Hindu Hispanic Honduran Hungarian Icelandic Indian Indonesian Iranian "
    "Iraqi Irish Islamic Israeli Italian Jamaican Japanese Jewish Jordanian Kazakh Kenyan Korean Kurdish "
    "Kuwaiti Latin Latino Latvian Lebanese Liberian Libyan Lithuanian Macedonian Malaysian Maltese "
    "Mexican Mongolian Moroccan Muslim Nepalese Nepali Nicaraguan Nigerian Norwegian Ottoman Pakistani "
    "Palestinian Panamanian Paraguayan Persian Peruvian Polish Portuguese Prussian Roman Romanian Russian "
    "Rwandan Saudi Scandinavian Scottish Senegalese Serbian Sicilian Singaporean Slovak Slovenian Somali "
    "Soviet Spanish Sudanese Swedish Swiss Syrian Taiwanese Tanzanian Texan Thai Tibetan Tunisian Turkish "
    "Ugandan Ukrainian Uruguayan Uzbek Venezuelan Vietnamese Welsh Yemeni Zambian Zimbabwean Americans "
    "Germans Italians Russians Canadians Australians Europeans Africans Asians Indians Muslims Christians "
    "Jews Catholics Catholic Protestant Protestants Buddhist Buddhists Arabs Greeks Romans Turks Poles "
    "Danes Swedes Britons Republicans Democrats Anglo-American African-American African-Americans Native "
    "Caucasian Byzantine Victorian"
)

REGIONS_ZH: Final = listed_words(
    "北京 北京市 天津 天津市 上海 上海市 重庆 重庆市 河北 河北省 山西 山西省 辽宁 辽宁省 吉林 吉林省 "
    "黑龙江 黑龙江省 江苏 江苏省 浙江 浙江省 安徽 安徽省 福建 福建省 江西 江西省 山东 山东省 河南 河南省 "
    "湖北 湖北省 湖南 湖南省 广东 广东省 海南 海南省 四川 四川省 贵州 贵州省 云南 云南省 陕西 陕西省 甘肃 "
    "甘肃省 青海 青海省 内蒙古 内蒙古自治区 广西 广西壮族自治区 西藏 西藏自治区 宁夏 宁夏回族自治区 新疆 "
    "新疆维吾尔自治区 香港 澳门 台湾 台湾省 欧洲 亚洲 非洲 北美洲 南美洲 北美 南美 拉丁美洲 大洋洲 南极洲 "
    "东南亚 中东 东亚 西欧 东欧 华东 华南 华北 西南 东北 加利福尼亚州 加州 纽约州 得克萨斯州 德州 "
    "佛罗里达州 马萨诸塞州 麻省 华盛顿州 弗吉尼亚州 夏威夷 英格兰 苏格兰 威尔士 北爱尔兰 魁北克 安大略 "
    "巴伐利亚 西伯利亚 硅谷 曼哈顿 好莱坞 九龙 新界"
)
