"""What each ``{key}`` of a case template stands for: a kind of mark, and a maker of invented values."""

from __future__ import annotations

import random
from collections.abc import Callable

from invented_bodies import COMPANIES, LATIN_ORGS, ORGS, ORGS_HANT
from invented_names import (
    CYRILLIC,
    LATIN,
    MINORITY,
    SURNAMES,
    TRADITIONAL,
    UKRAINIAN,
    UNDOTTED,
    bookish_name,
    chinese_name,
    initials,
    latin,
    spaced_name,
)
from invented_numbers import (
    bank_account,
    digits,
    dni,
    iban,
    landline,
    mail,
    mail_obfuscated,
    mobile,
    plate,
    resident_id,
    wide,
)

Maker = tuple[str, Callable[[random.Random], str]]


def pick(choices: list[str]) -> Callable[[random.Random], str]:
    """Return a maker that draws from a list."""
    return lambda r: r.choice(choices)


MAKERS: dict[str, Maker] = {
    "n": ("name", chinese_name),
    "sp": ("name", spaced_name),
    "s": ("name", pick(list(SURNAMES))),
    "rn": ("name", bookish_name),
    "mu": ("name", pick(UNDOTTED)),
    "del": ("name", pick(["Mücke", "Haßler", "von Trott", "Özdemir"])),
    "enl": ("name", pick(["Pennington", "Okafor", "Lindqvist", "Tremayne"])),
    "ruf": ("name", pick(["Ёлкин Пётр", "Салтыкова Мария", "Кузнецова Анна"])),
    "mn": ("name", pick(MINORITY)),
    "nt": ("name", pick(TRADITIONAL)),
    "mob": ("phone", mobile),
    "tel": ("phone", landline),
    "telfw": ("phone", wide(landline)),
    "qq": ("phone", lambda r: digits(r, r.randint(6, 10))),
    "wx": ("phone", lambda r: r.choice(["wxid_", "lao", "a"]) + digits(r, 6)),
    "mail": ("mail", mail),
    "mailobf": ("mail", mail_obfuscated),
    "id": ("id", resident_id),
    "idfw": ("id", wide(resident_id)),
    "pp": ("id", lambda r: r.choice("EG") + digits(r, 8)),
    "ssn": ("id", lambda r: f"{r.randint(100, 665)}-{r.randint(10, 99)}-{r.randint(1000, 9999)}"),
    "dni": ("id", dni),
    "inn12": ("id", lambda r: digits(r, 12)),
    "rnokpp": ("id", lambda r: digits(r, 10)),
    "cf": ("id", lambda r: f"RSSGPP{r.randint(50, 99)}M{r.randint(10, 31)}D612{r.choice('ABCXZ')}"),
    "usc92": ("id", lambda r: f"92{digits(r, 6)}MA{digits(r, 7)}X"),
    "bank": ("bank", bank_account),
    "iban": ("bank", iban),
    "plate": ("plate", plate),
    "addr": (
        "address",
        lambda r: f"江城市东湖区紫阳路{r.randint(1, 300)}号{r.randint(1, 20)}栋{r.randint(101, 1808)}室",
    ),
    "entel": (
        "phone",
        lambda r: r.choice(
            [
                f"+44 20 {r.randint(7000, 7999)} {r.randint(1000, 9999)}",
                f"+1 (202) {r.randint(555, 559)}-{r.randint(1000, 9999)}",
                f"020 7{r.randint(100, 999)} {r.randint(1000, 9999)}",
            ]
        ),
    ),
    "estel": (
        "phone",
        lambda r: r.choice(
            [
                f"+34 9{r.randint(10, 99)} {r.randint(100, 999)} {r.randint(100, 999)}",
                f"91{r.randint(1000000, 9999999)}",
                f"6{r.randint(10, 99)} {r.randint(10, 99)} {r.randint(10, 99)} {r.randint(10, 99)}",
            ]
        ),
    ),
    "frtel": (
        "phone",
        lambda r: r.choice(
            [
                f"+33 4 {r.randint(10, 99)} {r.randint(10, 99)} {r.randint(10, 99)} {r.randint(10, 99)}",
                f"04.{r.randint(10, 99)}.{r.randint(10, 99)}.{r.randint(10, 99)}.{r.randint(10, 99)}",
            ]
        ),
    ),
    "detel": (
        "phone",
        lambda r: r.choice(
            [f"+49 89 {digits(r, 6)}-{digits(r, 2)}", f"0221/{digits(r, 6)}-0", f"(0221) {digits(r, 7)}"]
        ),
    ),
    "rutel": (
        "phone",
        lambda r: r.choice(
            [
                f"+7 (495) {digits(r, 3)}-{digits(r, 2)}-{digits(r, 2)}",
                f"8 ({digits(r, 3)}) {digits(r, 3)}-{digits(r, 2)}-{digits(r, 2)}",
            ]
        ),
    ),
    "uatel": ("phone", lambda r: f"+380{digits(r, 9)}"),
    "artel": ("phone", lambda r: r.choice([f"+212 5{digits(r, 2)} {digits(r, 6)}", f"05{digits(r, 8)}"])),
    "pttel": ("phone", lambda r: f"+351 21{digits(r, 7)}"),
    "nltel": ("phone", lambda r: f"010-{digits(r, 7)}"),
    "pltel": ("phone", lambda r: f"12 {digits(r, 3)} {digits(r, 2)} {digits(r, 2)}"),
    "ittel": ("phone", lambda r: f"055 {digits(r, 7)}"),
    "rup": ("name", lambda r: " ".join(r.choice(CYRILLIC))),
    "ukp": ("name", lambda r: " ".join(r.choice(UKRAINIAN))),
    "rus": ("name", initials(CYRILLIC)),
    "org": ("org", pick(ORGS)),
    "co": ("org", pick(COMPANIES)),
    "orgt": ("org", pick(ORGS_HANT)),
    **{language: ("name", latin(language)) for language in LATIN},
    **{name: ("org", pick(choices)) for name, choices in LATIN_ORGS.items()},
    **{f"d{count}": ("", lambda r, count=count: digits(r, count)) for count in (1, 2, 3, 4)},
}
