"""Makers of invented numbers of persons, with valid check digits where the kind has them."""

from __future__ import annotations

import random
from collections.abc import Callable


def digits(r: random.Random, count: int) -> str:
    """Return that many digits, the first not zero."""
    return str(r.randint(1, 9)) + "".join(str(r.randint(0, 9)) for _ in range(count - 1))


def resident_id(r: random.Random) -> str:
    """Return an 18-character resident number with a valid check character."""
    place = r.choice(["110105", "330106", "440305", "610113", "650102", "320583", "510107", "420111"])
    body = f"{place}{r.randint(1955, 2002)}{r.randint(1, 12):02d}{r.randint(1, 28):02d}{r.randint(1, 999):03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(c) * w for c, w in zip(body, weights, strict=True)) % 11]


def mobile(r: random.Random) -> str:
    """Return a mobile number in one of its writings."""
    n = (
        r.choice(["138", "139", "150", "186", "177", "199", "133", "158", "192", "166"])
        + f"{r.randint(0, 99999999):08d}"
    )
    return r.choice(
        [n, n, n, n, f"{n[:3]} {n[3:7]} {n[7:]}", f"{n[:3]}-{n[3:7]}-{n[7:]}", "+86 " + n, "86-" + n, f"(+86){n}"]
    )


def landline(r: random.Random) -> str:
    """Return a landline number in one of its writings, some with an extension."""
    a = r.choice(["010", "0571", "021", "0991", "0755", "029", "0851", "0379"])
    n = f"{r.randint(2, 8)}{r.randint(0, 9999999):07d}"
    if len(a) == 4 and r.random() < 0.3:
        n = n[:7]
    return r.choice(
        [
            f"{a}-{n}",
            f"{a}-{n}",
            f"（{a}）{n}",
            f"({a}){n}",
            f"{a} {n}",
            f"{a}-{n}转{r.randint(100, 8999)}",
            f"{a}-{n}-{r.randint(100, 999)}",
            f"{a}{n}",
            f"{a}—{n}",
            f"{a}－{n}",
        ]
    )


def bank_account(r: random.Random) -> str:
    """Return an account number, in one run or in fours."""
    n = r.choice(["622202", "621700", "330016", "110060", "1202"]) + digits(r, r.choice([11, 12, 13]))
    return r.choice([n, " ".join(n[i : i + 4] for i in range(0, len(n), 4))])


def mail(r: random.Random) -> str:
    """Return an e-mail address."""
    return (
        r.choice(["zhangwei", "cgzx", "li.ming88", "wang_fang", "hz-zb"])
        + str(r.randint(1, 999))
        + "@"
        + r.choice(["163.com", "qq.com", "ga.example.gov.cn", "example.co.uk", "126.com"])
    )


def mail_obfuscated(r: random.Random) -> str:
    """Return an e-mail address written so that machines miss it."""
    user, host = mail(r).split("@")
    return r.choice(
        [
            f"{user}#{host}",
            f"{user}[at]{host}",
            f"{user}(at){host}",
            f"{user} @ {host}",
            f"{user}＠{host}",
            f"{user} at {host}",
        ]
    )


def plate(r: random.Random) -> str:
    """Return a number plate."""
    head = r.choice("京浙粤新苏川渝沪") + r.choice("ABCDEF") + r.choice(["", "·", " ", "-"])
    if r.random() < 0.25:
        return head + r.choice("DF") + digits(r, 5)
    tail = list(digits(r, 5))
    for _ in range(r.choice([0, 1, 2])):
        tail[r.randrange(5)] = r.choice("ABCDEFGHJKLMNPQRSTUVWXYZ")
    return head + "".join(tail)


def iban(r: random.Random) -> str:
    """Return a Spanish IBAN with valid check digits."""
    b = digits(r, 20)
    check = 98 - int(b + "142800") % 97
    return f"ES{check:02d} {b[:4]} {b[4:8]} {b[8:12]} {b[12:16]} {b[16:]}"


def dni(r: random.Random) -> str:
    """Return a Spanish identity number with its letter."""
    n = r.randint(10**7, 10**8 - 1)
    return f"{n}{r.choice(['', '-'])}{'TRWAGMYFPDXBNJZSQVHLCKE'[n % 23]}"


def wide(maker: Callable[[random.Random], str]) -> Callable[[random.Random], str]:
    """Return a maker of the same in full-width digits."""
    return lambda r: maker(r).translate({48 + i: 0xFF10 + i for i in range(10)})
