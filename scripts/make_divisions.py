"""Makes ``src/sousveil/data/divisions.yml`` again from two free tables of Chinese administrative divisions.

Usage: ``python scripts/make_divisions.py adcodes.csv gb2260/data.py > src/sousveil/data/divisions.yml``

``adcodes.csv`` is the table of the package *cpca* 0.5.5 (MIT licence), current names with their codes; ``data.py`` the
revisions of GB/T 2260 of the package *GB2260* 0.4.1 (BSD-3-Clause), from which names of 2004 and later that have
since gone are kept as former names, because old notices print them. Taiwan's counties carry ISO 3166-2 codes.
"""

import csv
import re
import runpy
import sys
from pathlib import Path

SINCE = 200400
CHANGED = {  # county-level changes after the table was drawn up (Ministry of Civil Affairs, 2020-2023): old code -> new
    "130521": "", "130526": "130505 任泽区", "130527": "130506 南和区", "320684": "320614 海门区",
    "340221": "340210 湾沚区", "340222": "340212 繁昌区", "350427": "350405 沙县区", "410322": "410308 孟津区",
    "410381": "410307 偃师区", "431121": "431181 祁阳市", "450127": "450181 横州市", "510132": "510118 新津区",
    "520522": "520581 黔西市", "532331": "532302 禄丰市", "610322": "610305 凤翔区",
    "-1": "330113 临平区", "-2": "330114 钱塘区",
}  # fmt: skip
TAIWAN = (
    "TPE 台北市,NWT 新北市,KEE 基隆市,TAO 桃园市,HSZ 新竹市,HSQ 新竹县,MIA 苗栗县,TXG 台中市,CHA 彰化县,NAN 南投县,"
    "YUN 云林县,CYI 嘉义市,CYQ 嘉义县,TNN 台南市,KHH 高雄市,PIF 屏东县,ILA 宜兰县,HUA 花莲县,TTT 台东县,PEN 澎湖县,"
    "KIN 金门县,LIE 连江县"
)
PEOPLES = (
    "壮族|回族|满族|维吾尔|苗族|彝族|土家族|藏族|蒙古族?|侗族|瑶族|白族|傣族|哈尼族|黎族|朝鲜族|羌族|布依族|哈萨克族?|"
    "柯尔克孜|景颇族|傈僳族|畲族|水族|仡佬族|土族|撒拉族|东乡族|保安族|裕固族|锡伯族?|塔吉克族?|达斡尔族|鄂温克族?|"
    "鄂伦春|佤族|拉祜族|纳西族|布朗族|普米族|怒族|独龙族|毛南族|仫佬族|各族|阿昌族|德昂族"
)
TAIL = re.compile(rf"(?:(?:{PEOPLES})+自治(?:区|州|县|旗)|自治(?:区|州|县|旗)|特别行政区|地区|林区|省|市|盟|县|区|旗)$")


def short(name: str) -> str:
    """Return the name without its class word, or the name itself where less than two characters would stay."""
    cut = TAIL.sub("", name)
    if len(cut) < 2:  # 内蒙古自治区 (Inner Mongolia)
        cut = name.removesuffix("自治区")
    return cut if len(cut) > 1 else name


def row(code: str, name: str, counties: dict[str, str], former: list[str]) -> str:
    """Return one line of the table."""
    parts = [f'code: "{code}"', f"name: {name}", f"short: {short(name)}"]
    if former:
        parts.append("former: [" + ", ".join(former) + "]")
    if counties:
        parts.append("counties: {" + ", ".join(f'"{key}": {value}' for key, value in sorted(counties.items())) + "}")
    return "- {" + ", ".join(parts) + "}"


def main(current_csv: str, revisions_py: str) -> None:
    """Write the table to standard output."""
    with Path(current_csv).open(encoding="utf-8") as lines:
        now = {item["adcode"][:6]: item["name"] for item in csv.DictReader(lines)}
    gone = [(code, now.pop(code)) for code in CHANGED if code in now]
    now |= dict(item.split() for item in CHANGED.values() if item)
    revisions = runpy.run_path(revisions_py)["data"]
    old: dict[str, set[str]] = {}
    for revision, names in revisions.items():
        if revision is None or revision >= SINCE:
            for code, name in names.items():
                if now.get(str(code)) != name and not name.startswith(("市辖", "省直辖", "县")):
                    old.setdefault(str(code)[:4] + "00", set()).add(name)
    for code, name in gone:
        old.setdefault(code[:4] + "00", set()).add(name)
    print("# Administrative divisions of China, GB/T 2260. Made by scripts/make_divisions.py from the tables of cpca")
    print("# 0.5.5 (MIT) and GB2260 0.4.1 (BSD): divisions.LICENSE.txt; Taiwan: ISO 3166-2.")
    heads = sorted({code[:4] + "00" for code in now} | {code[:2] + "0000" for code in now})
    for code in heads:
        name = now.get(code, "")
        inside = {
            k: v for k, v in now.items() if k[:4] == code[:4] and k != code and not k.endswith("00") and v != "市辖区"
        }
        living = set(now.values())
        former = sorted(n for n in old.get(code, ()) if n not in living and len(n) > 1)
        if code.endswith("0000"):
            print(row(code, name, {}, []))
            if code == "710000":
                for item in TAIWAN.split(","):
                    iso, county = item.split()
                    print(row(f"TW-{iso}", county, {}, []))
        else:
            print(row(code, name or "省直辖", inside, former))


if __name__ == "__main__":
    main(*sys.argv[1:])
