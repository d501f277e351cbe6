"""The smaller screens: flags, glossary, the reference of the API, and the door to the web."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict

import msgspec

from sousveil.ask.filters import capability_ids
from sousveil.ask.glossary import glossary as ask_glossary
from sousveil.ask.glossary import state_of
from sousveil.data.terms import capabilities
from sousveil.exceptions import NotFoundError, UsageError
from sousveil.store.flags import Flags
from sousveil.web import links
from sousveil.web.asked import Answer, Asked

_PER_LIST = 50


def flags(asked: Asked) -> Answer:
    """Answer with how often each indicator is raised."""
    from sousveil.flag import INDICATORS  # noqa: PLC0415 (thirty modules)

    counts = Counter(Flags(asked.dataset.store).counts())
    raised = [{"rule": one.id, "title": one.title, "count": counts[one.id]} for one in INDICATORS]
    return Answer(
        "flags.html",
        lambda: {"v": 1, "raised": raised, "flags": []},
        {"indicators": INDICATORS, "counts": counts},
    )


def flag(asked: Asked) -> Answer:
    """Answer with one indicator: what it asks, how it misleads, and the purchases that raise it.

    Raises:
        NotFoundError: there is none of this name.
    """
    from sousveil.flag import INDICATORS  # noqa: PLC0415 (thirty modules)

    rule = asked.path["rule"]
    indicator = next((one for one in INDICATORS if one.id == rule), None)
    if indicator is None:
        raise NotFoundError(f"There is no flag {rule[:60]!r}. All of them: /flags")
    store = Flags(asked.dataset.store)
    total = store.counts().get(rule, 0)
    number = asked.number("page", 1, least=1, most=100_000)
    shown = store.raised_by(rule, (number - 1) * _PER_LIST, _PER_LIST)
    path = links.page("flags", rule)
    names = ("id", "title", "subject", "question", "formula", "ocds_paths", "needs", "limits")
    marks = ",".join("?" * len(shown))
    titles = asked.dataset.store.rows(
        f"SELECT id, title FROM procurements WHERE id IN ({marks})", [one.procurement for one in shown]
    )
    return Answer(
        "flag.html",
        lambda: {
            "v": 1,
            "indicator": {name: getattr(indicator, name) for name in names},
            "flags": msgspec.to_builtins(list(asked.dataset.flags(rule))),
        },
        {
            "indicator": indicator,
            "total": total,
            "shown": shown,
            "titles": {row["id"]: row["title"] for row in titles},
            "documents": _documents(asked, [span.file for one in shown for span in one.spans]),
            "before": links.with_query(path, [("page", number - 1)]) if number > 1 else "",
            "after": links.with_query(path, [("page", number + 1)]) if number * _PER_LIST < total else "",
        },
    )


def _documents(asked: Asked, files: list[str]) -> dict[str, str]:
    """Return the ids of the documents of files."""
    found: dict[str, str] = {}
    for file in dict.fromkeys(files):
        rows = asked.dataset.store.rows("SELECT document FROM files WHERE file = ?", (file,))
        found.update((file, row["document"]) for row in rows)
    return found


def glossary(asked: Asked) -> Answer:
    """Answer with the terms that are looked for; ``?cap=``, ``?word=`` and ``?language=`` narrow.

    Raises:
        UsageError: there is no such capability or language.
    """
    cap, word, language = asked.text("cap"), asked.text("word"), asked.text("language")
    own = asked.dataset.own_terms
    found = ask_glossary(word, cap, language, own)
    names = ("term", "language", "gloss", "source", "strength", "capability", "needs", "unless")
    return Answer(
        "glossary.html",
        lambda: {
            "v": 1,
            "capabilities": [
                {
                    **asdict(entry.capability),
                    "terms": [
                        {name: getattr(term, name) for name in names} | {"state": state_of(term, own)}
                        for term in entry.terms
                    ],
                }
                for entry in found
            ],
        },
        {
            "entries": found,
            "is_listing": bool(cap or word or language),
            "cap": cap,
            "word": word,
            "language": language,
            "chosen": capability_ids(cap) if cap else (),
            "leaves": capabilities(),
        },
    )


def leave(asked: Asked) -> Answer:
    """Answer with the page that says where a link leads before it is followed.

    Raises:
        UsageError: the address is none of the web.
    """
    to = asked.text("to")
    if not links.is_web_address(to):
        raise UsageError("This is no address of the web: it must begin with http:// or https://")
    return Answer("leave.html", lambda: {"v": 1, "to": to}, {"to": to})
