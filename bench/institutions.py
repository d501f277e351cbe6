"""Scores the resolving of names on labelled institutions: precision and recall of pairs, parts, names without one.

Run ``PYTHONPATH=src python bench/institutions.py [dev|measure|FILE] [--misses] [--json]``. A pair of spellings counts
as found when both get the same institution; precision is the share of found pairs that are one, recall the share of
pairs that are one that are found. ``--speed N`` times N mentions made from the set's names with numbered towns.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import yaml

from sousveil.resolve import Mention, resolve

FOLDER = Path(__file__).resolve().parent / "institutions"
SETS = ("dev", "measure")
NONE = "none"


def to_mention(number: int, text: str) -> Mention:
    """Return the mention that one line of a set describes: name | province/city | role | number | country."""
    name, place, role, code, country = ([part.strip() for part in text.split("|")] + [""] * 5)[:5]
    province, _, city = place.partition("/")
    is_chinese = any("\u4e00" <= char <= "\u9fff" for char in name)
    if role not in {"", "buyer", "agency", "supplier"}:
        message = f"{text!r}: {role!r} is no role. Write name | province/city | role | number | country."
        raise ValueError(message)
    return Mention(f"n{number}", role or "buyer", name, code, country or ("CN" if is_chinese else ""), province, city)


def load(path: Path) -> tuple[list[tuple[str, Mention]], dict[str, str]]:
    """Return labelled mentions, and the whole of each institution that is a part."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    pairs = [(row["id"], text) for row in rows for text in row["names"]]
    mentions = [(label, to_mention(number, text)) for number, (label, text) in enumerate(pairs)]
    return mentions, {row["id"]: row["whole"] for row in rows if "whole" in row}


def score(path: Path) -> tuple[dict[str, float], list[str]]:
    """Return the figures of a set, and what was got wrong."""
    labelled, wholes = load(path)
    found = resolve([mention for _, mention in labelled])
    got = [(label, mention, found.of(mention)) for label, mention in labelled]
    known = [(label, mention, ids[0]) for label, mention, ids in got if label != NONE and len(ids) == 1]
    wrong = [
        f"no institution: {mention.name} ({label})" for label, mention, ids in got if label != NONE and len(ids) != 1
    ]
    wrong += [f"should have none: {mention.name}" for label, mention, ids in got if label == NONE and ids]
    right = joined = 0
    for (one, first, mine), (other, second, theirs) in combinations(known, 2):
        if mine == theirs:
            joined += 1
            right += one == other
            if one != other:
                wrong.append(f"merged: {first.name} ({one}) and {second.name} ({other})")
        elif one == other:
            wrong.append(f"parted: {first.name} and {second.name} ({one})")
    sizes: dict[str, int] = defaultdict(int)
    for label, _, _ in got:
        sizes[label] += label != NONE
    wanted = sum(size * (size - 1) // 2 for size in sizes.values())
    parents = {item.id: item.parent for item in found.institutions}
    own = {label: identifier for label, _, identifier in known}
    parts = [(label, whole) for label, whole in wholes.items() if label in own and whole in own]
    good = [label for label, whole in parts if parents[own[label]] == own[whole]]
    wrong += [f"part without its whole: {label}" for label, _ in parts if label not in good]
    nones = [ids for label, _, ids in got if label == NONE]
    return {
        "spellings": len(got), "institutions": len(sizes) - (NONE in sizes),
        "precision": right / joined if joined else 1.0, "recall": right / wanted if wanted else 1.0,
        "parts": len(good) / len(wholes) if wholes else 1.0,
        "none": sum(not ids for ids in nones) / len(nones) if nones else 1.0,
    }, wrong  # fmt: skip


def speed(count: int) -> dict[str, float]:
    """Return seconds and memory of resolving ``count`` mentions, one in five with a spelling of its own."""
    names = [mention.name for path in SETS for _, mention in load(FOLDER / f"{path}.yml")[0]]
    chance = random.Random(1)
    provinces = [("浙江", "杭州市"), ("四川", "成都市"), ("江苏", "南京市"), ("", "")]
    mentions = []
    for number in range(count):
        province, city = chance.choice(provinces)
        name = chance.choice(names)
        if number % 5 == 0:  # a spelling of its own: an invented town or word before the name
            own = "".join(chance.choice("云松岭溪洲泉桥石柳林") for _ in range(4))
            name = f"{own[:2]}县{name[2:]}" if chance.random() < 0.5 else f"{own}{name}"
        mentions.append(Mention(str(number), chance.choice(["buyer", "supplier"]), name, "", "CN", province, city))
    start = time.process_time()
    found = resolve(mentions)
    seconds = time.process_time() - start
    start = time.process_time()
    resolve(mentions)
    again = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "mentions": count, "spellings": len(found.ids), "institutions": len(found.institutions),
        "cpu_s": round(seconds, 2), "cpu_s_again": round(again, 2), "peak_mb": round(peak),
    }  # fmt: skip


def main() -> int:
    """Print the figures of the sets; return 1 where one lies under the aims of precision .99 and recall .95."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", default=list(SETS), help="dev, measure or a file")
    parser.add_argument("--misses", action="store_true", help="list what was got wrong")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--speed", type=int, metavar="N", help="time N mentions instead")
    asked = parser.parse_args()
    if asked.speed:
        print(json.dumps(speed(asked.speed)))
        return 0
    is_low = False
    for name in asked.sets:
        path = Path(name) if name.endswith(".yml") else FOLDER / f"{name}.yml"
        figures, wrong = score(path)
        is_low |= figures["precision"] < 0.99 or figures["recall"] < 0.95
        plain = f"{path.stem:8} " + "  ".join(f"{key} {value:.4g}" for key, value in figures.items())
        print(json.dumps({"set": path.stem, **figures}) if asked.json else plain)
        if asked.misses:
            print(*wrong, sep="\n")
    return int(is_low)


if __name__ == "__main__":
    sys.exit(main())
