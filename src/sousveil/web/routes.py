"""Every route: the screens with their JSON twins, and the API with what its reference says."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from sousveil.ask.filters import FIELDS
from sousveil.web.asked import Answer, Asked, Screen
from sousveil.web.doing import FORMS
from sousveil.web.screens import (
    data,
    doctor,
    document,
    dossiers,
    exports,
    files,
    lists,
    more,
    network,
    overview,
    purchases,
    reference,
    search,
    watching,
)
from sousveil.web.screens.search import filters_of

_FILTERS = tuple((name, f"filter, may stand several times; for example {example}") for name, example in FIELDS.items())
_RAW = ("raw", "1: words as they stand")
_SEARCH = (("q", "the query: words in any language, quotes, OR, -not, field:value"), *_FILTERS, _RAW)
_PAGED = (
    ("limit", "things of a page, 1 to 1000"),
    ("cursor", "what `next` of the page before holds"),
    ("stream", "1: everything, one JSON object a line, without a limit"),
)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One path of the API.

    Attributes:
        path: with the names of its parts in braces.
        screen: answers it; only the JSON of the answer is used.
        summary: what it answers, one sentence.
        parameters: names of the query and what they mean.
        media_types: of the answer.
    """

    path: str
    screen: Screen
    summary: str
    parameters: tuple[tuple[str, str], ...] = field(default=())
    media_types: tuple[str, ...] = ("application/json",)

    @property
    def names(self) -> frozenset[str]:
        """Names that may stand behind the question mark; others are refused, for a mistyped filter filters nothing."""
        return frozenset(name for name, _ in self.parameters) | {"lang"}


def _listed(path: str, screen: Screen, summary: str, *parameters: tuple[str, str]) -> Endpoint:
    """Return a path that answers page by page, or as a stream."""
    return Endpoint(path, screen, summary, (*parameters, *_PAGED), ("application/json", "application/x-ndjson"))


def stats(asked: Asked) -> Answer:
    """Answer with counts and known amounts by field.

    Raises:
        UsageError: a field or filter that is none.
    """
    by = asked.text("by", "capability").split(",")
    table = asked.dataset.stats(by, asked.text("q"), filters_of(asked), raw=asked.text("raw") == "1")
    return Answer("error.html", table.to_json)


def map_answer(asked: Asked) -> Answer:
    """Answer with counts by place.

    Raises:
        UsageError: there is no such capability.
    """
    return Answer("error.html", asked.dataset.map_counts(cap=asked.text("cap")).to_json)


def spread(asked: Asked) -> Answer:
    """Answer with the first purchase of a capability in each place.

    Raises:
        UsageError: there is no such capability or level.
    """
    found = asked.dataset.spread(asked.path["capability"], asked.text("level", "province"))
    return Answer("error.html", lambda: {"v": 1, "arrivals": msgspec.to_builtins(found)})


API: tuple[Endpoint, ...] = (
    Endpoint("/api/v1/overview", overview.overview, "Totals, provinces by family, months by family, largest buyers."),
    _listed(
        "/api/v1/search",
        lists.search_list,
        "Notices that hold all words and meet all filters, with passages and facets.",
        *_SEARCH,
        ("sort", "relevance, date, -date or amount; a stream comes by date or -date"),
        ("page", "from 1; in place of a cursor"),
    ),
    Endpoint(
        "/api/v1/export",
        exports.export,
        "The file that sousveil export writes for a search; x-sousveil-notices says of how many notices.",
        (
            *_SEARCH,
            ("format", "form of the file"),
            ("rows", "what one row is: findings, notices, procurements or institutions"),
            ("skip_leaks", "1: leave out what the gate stops, and count it in x-sousveil-left-out"),
        ),
        tuple(dict.fromkeys(kind.partition(";")[0] for kind in exports.MEDIA_TYPES.values())),
    ),
    Endpoint(
        "/api/v1/stats",
        stats,
        "Counts and known amounts by one or several fields, with coverage.",
        (("by", "fields with commas between them: province,capability"), *_SEARCH),
    ),
    Endpoint(
        "/api/v1/map",
        map_answer,
        "Notices and purchases with a capability by place: on each map, beside it, and without a place.",
        (("cap", "capability or family; default: all"),),
    ),
    Endpoint(
        "/api/v1/spread/{capability}",
        spread,
        "The first purchase of a capability in each place.",
        (("level", "province, prefecture or county"),),
    ),
    Endpoint(
        "/api/v1/documents/{id}", document.document_answer, "A document: pages of masked text, tables, sightings."
    ),
    Endpoint("/api/v1/notices/{id}", document.notice_answer, "A notice: its fields with quotations, its findings."),
    Endpoint("/api/v1/findings/{id}", document.finding_answer, "A finding: what it says, its words, its reasons."),
    _listed("/api/v1/findings", lists.finding_list, "Quotations, by filters.", *purchases.FINDING_PARAMETERS),
    _listed(
        "/api/v1/procurements",
        lists.procurement_list,
        "Purchases, by filters, with what all of them add up to.",
        *purchases.PURCHASE_PARAMETERS,
    ),
    Endpoint("/api/v1/procurements/{id}", dossiers.procurement, "A purchase: notices, the sum counted, flags."),
    _listed(
        "/api/v1/institutions",
        lists.institution_list,
        "Institutions that bought or sold.",
        ("name", "a part of the name"),
        ("as", "buyer or supplier"),
    ),
    Endpoint(
        "/api/v1/institutions/{id}",
        dossiers.institution,
        "An institution: what it bought or sold, from or to whom, data flows, flags.",
        (("as", "buyer or supplier"),),
    ),
    _listed("/api/v1/systems", lists.system_list, "Named systems."),
    Endpoint("/api/v1/systems/{id}", dossiers.system, "A system: who has it, who gives data to it."),
    Endpoint("/api/v1/places/{code}", dossiers.place, "A place: what the bodies in it bought."),
    Endpoint(
        "/api/v1/network",
        network.network,
        "All flows of data that are stated.",
        (("place", "code or name of a place"), ("data", "category of data")),
    ),
    _listed("/api/v1/flags", lists.flag_list, "How often each indicator is raised, and every flag that is."),
    _listed("/api/v1/flags/{rule}", lists.flag_list, "An indicator, and the purchases that raise it."),
    _listed(
        "/api/v1/glossary",
        lists.glossary_list,
        "The terms that are looked for.",
        ("cap", "capability or family"),
        ("word", "a part of term or meaning"),
        ("language", "tag"),
    ),
    Endpoint("/api/v1/watches", watching.watches, "Searches that are kept: notices that match, how many are new."),
    Endpoint(
        "/api/v1/runs", data.runs, "Runs, the one that goes on among them, files that could not be read, sources."
    ),
    Endpoint("/api/v1/runs/{n}", data.run, "A run: what it read, its balance, what it could not read."),
    Endpoint(
        "/api/v1/runs/{n}/events",
        data.run,
        "How far the run is, once a second (server-sent events), until it ends; 204 where it does not go on.",
    ),
    Endpoint("/api/v1/doctor", doctor.doctor, "What doctor says, the settings in force, space."),
    Endpoint("/openapi.json", lambda _: Answer("error.html", lambda: reference.openapi(API)), "This description."),
)


def api(_: Asked) -> Answer:
    """Answer with the reference of the API."""
    return Answer("api.html", lambda: reference.openapi(API), {"endpoints": API})


SCREENS: tuple[tuple[str, Screen], ...] = (
    ("/", overview.overview),
    ("/search", search.search),
    ("/d/{id}", document.document),
    ("/p", purchases.purchases),
    ("/p/{id}", dossiers.procurement),
    ("/e", purchases.findings),
    ("/i", dossiers.institutions),
    ("/i/{id}", dossiers.institution),
    ("/s", dossiers.systems),
    ("/s/{id}", dossiers.system),
    ("/place/{code}", dossiers.place),
    ("/flags", more.flags),
    ("/flags/{rule}", more.flag),
    ("/network", network.network),
    ("/glossary", more.glossary),
    ("/runs", data.runs),
    ("/runs/failures", files.failures),
    ("/runs/new", data.new),
    ("/runs/{n}", data.run),
    ("/doctor", doctor.doctor),
    ("/files", files.files),
    ("/watches", watching.watches),
    ("/leave", more.leave),
    ("/api", api),
)
"""Pages; each has a twin with ``.json`` behind its path (``/index.json`` for ``/``)."""

LINKS: tuple[tuple[str, Screen, Screen], ...] = (
    ("/n/{id}", document.notice, document.notice_answer),
    ("/e/{id}", document.finding, document.finding_answer),
)
"""Lasting addresses that lead to a page; the JSON twin is the thing itself."""

FILES: tuple[tuple[str, Screen], ...] = (
    ("/network.graphml", network.graphml),
    ("/runs/failures.csv", data.failures_table),
)
"""Files that are more than the numbers of one chart."""

PICTURE = "/d/{id}/pages/{number:int}.png"
"""The picture of a page alone; no page and no JSON."""

EVENTS = ("/runs/{n}/events", "/api/v1/runs/{n}/events")
"""Streams of a run that goes on."""

WARMED: tuple[Screen, ...] = (
    overview.overview,
    data.runs,
    network.network,
    purchases.purchases,
    dossiers.institutions,
    dossiers.systems,
)
"""Screens about the whole dataset: they are made beforehand."""
DOSSIERS = frozenset({dossiers.place, dossiers.institution, dossiers.system})
"""Screens about a part of it, which may be large: those that took long are made beforehand the next time."""

SLOW = frozenset({doctor.doctor, data.new})
"""Screens that take a second or more, and do not ask the dataset that the others share."""

__all__ = ["API", "DOSSIERS", "EVENTS", "FILES", "FORMS", "LINKS", "PICTURE", "SCREENS", "SLOW", "WARMED", "Endpoint"]
