"""Makes ``src/sousveil/data/division_pinyin.yml``: Hanyu Pinyin of the divisions of China, as English notices print them.

Usage: ``pip install pypinyin && python scripts/make_division_pinyin.py > src/sousveil/data/division_pinyin.yml``

*pypinyin* (MIT licence) knows the readings of characters in words (重庆 Chongqing, 厦门 Xiamen); it is needed here and
nowhere else, so it is no dependency. Names of peoples and class words are left out: 积石山保安族东乡族撒拉族自治县 is
jishishan. Spellings that place names keep by custom stand in ``CUSTOM``.
"""

import re
import sys

from pypinyin import Style, lazy_pinyin

from make_divisions import short
from sousveil.data.divisions import divisions

CUSTOM = {  # names that are no Pinyin of the characters: by Mongolian, Uyghur, Tibetan, and Shaanxi by decree
    "陕西": "shaanxi", "内蒙古": "inner mongolia", "西藏": "tibet", "呼和浩特": "hohhot", "乌鲁木齐": "urumqi",
    "喀什": "kashgar", "和田": "hotan", "阿克苏": "aksu", "哈密": "hami", "吐鲁番": "turpan", "拉萨": "lhasa",
    "日喀则": "shigatse", "香港": "hong kong", "澳门": "macau", "哈尔滨": "harbin", "齐齐哈尔": "qiqihar",
    "鄂尔多斯": "ordos", "呼伦贝尔": "hulunbuir", "克拉玛依": "karamay", "伊犁": "ili", "阿勒泰": "altay", "库尔勒": "korla",
    "石河子": "shihezi", "台湾": "taiwan", "台北": "taipei", "高雄": "kaohsiung", "台中": "taichung", "台南": "tainan",
    "林芝": "nyingchi", "昌都": "chamdo", "那曲": "nagqu", "六安": "luan", "蚌埠": "bengbu", "铅山": "yanshan",
    "墨玉": "karakax", "莎车": "yarkand", "皮山": "pishan", "洛浦": "lop", "于田": "keriya", "策勒": "qira",
    "丽水": "lishui", "台州": "taizhou", "天台": "tiantai", "乐清": "yueqing", "大埔": "dabu", "番禺": "panyu", "朝阳": "chaoyang", "长安": "changan", "长乐": "changle", "长丰": "changfeng",
}  # fmt: skip


def roman(name: str) -> str:
    """Return the name without its class word in Hanyu Pinyin, as one word in lower case."""
    cut = short(name)
    return CUSTOM.get(cut) or "".join(lazy_pinyin(cut, style=Style.NORMAL)).replace("ü", "u")


def main() -> None:
    """Write the table to standard output."""
    sys.stdout.write(
        "# Names of the divisions of China in Hanyu Pinyin or the spelling in use, lower case, without class words.\n"
        "# Made by scripts/make_division_pinyin.py with pypinyin 0.55.0 (MIT).\n"
    )
    for item in divisions():
        if re.search(r"直辖|市辖|^县$", item.name):
            names = f'- {{code: "{item.code}", name: ""'
        else:
            names = f'- {{code: "{item.code}", name: {roman(item.name)}'
        counties = ", ".join(f'"{code}": {roman(name)}' for code, name in item.counties.items())
        sys.stdout.write(names + (f", counties: {{{counties}}}" if counties else "") + "}\n")


if __name__ == "__main__":
    main()
