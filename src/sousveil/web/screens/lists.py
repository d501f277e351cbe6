"""The lists of the API, each with what its pages hold: by cursor, or as a stream."""

from __future__ import annotations

from dataclasses import asdict
from itertools import groupby

import msgspec

from sousveil.ask.finding_list import FINDING_FIELDS, list_findings, make_finding_filters
from sousveil.ask.glossary import glossary as ask_glossary
from sousveil.ask.glossary import state_of
from sousveil.ask.listing import list_institutions, list_systems
from sousveil.ask.purchase_list import list_purchases
from sousveil.ask.rankings import MOST_RANKED
from sousveil.exceptions import NotFoundError, UsageError
from sousveil.store.flags import Flags
from sousveil.web.asked import Asked
from sousveil.web.paging import Listing, Page, Row
from sousveil.web.screens.purchases import purchase_filters
from sousveil.web.screens.search import filters_of

_TIMED = ("date", "-date")


def _search(asked: Asked, after: str, limit: int) -> Page:
    """Return notices; in the order of time behind the last one, in other orders from the list that is kept."""
    sort = asked.text("sort")
    query, filters, raw = asked.text("q"), filters_of(asked), asked.text("raw") == "1"
    token, dot, rank = after.partition(".")
    if dot:
        ids = asked.dataset.rankings.ids(token)
        first = int(rank)
        hits = asked.dataset.hits(ids[first : first + limit], query, raw=raw)
        rows = [hit.to_row() for hit in hits]
        last = f"{token}.{first + limit}" if first + limit < len(ids) else ""
        return Page({"v": 1, "hits": rows}, rows, last)
    is_timed = sort in _TIMED or (not sort and bool(after)) or asked.text("stream") == "1"
    chosen = (sort or "date") if is_timed else sort or None
    number = asked.number("page", 1, least=1, most=100_000)
    result = asked.dataset.search(
        query,
        filters,
        raw=raw,
        sort=chosen,  # type: ignore[arg-type]  # the question refuses what it does not know
        offset=0 if after else (number - 1) * limit,
        after=int(after) if after else None,
        limit=limit,
        facets=not after and asked.text("stream") != "1",
    )
    rows = result.to_rows()
    last = "" if result.last is None else str(result.last)
    if result.last is None and not after and not is_timed and len(rows) < result.total and rows:
        found = asked.dataset.rank(query, filters, raw=raw, sort=chosen, most=MOST_RANKED)  # type: ignore[arg-type]
        begun = number * limit
        last = f"{asked.dataset.rankings.keep(found)}.{begun}" if begun < len(found) else ""
    return Page(result.to_json(), rows, last)


def _check_order(asked: Asked) -> None:
    if asked.text("sort") not in ("", *_TIMED):
        raise UsageError("A stream comes in the order of time. Leave sort out, or write sort=date or sort=-date.")


def _procurements(asked: Asked, after: str, limit: int) -> Page:
    found = list_purchases(asked.dataset.store, purchase_filters(asked), limit=limit + 1, after=after)
    rows = found.to_json()["procurements"]
    assert isinstance(rows, list)
    return _cut({**found.to_json()}, "procurements", rows, limit)


def _institutions(asked: Asked, after: str, limit: int) -> Page:
    side = asked.text("as")
    if side not in ("", "buyer", "supplier"):
        raise UsageError(f"as={side[:20]} is no side. Write as=buyer or as=supplier.")
    found = list_institutions(
        asked.dataset.store,
        asked.text("name"),
        side=side or None,  # type: ignore[arg-type]
        limit=limit + 1,
        after=after,
    )
    return _cut(found.to_json(), "institutions", [asdict(row) for row in found.rows], limit)


def _systems(asked: Asked, after: str, limit: int) -> Page:
    every = sorted(list_systems(asked.dataset.store).rows, key=lambda row: row.id)
    rows: list[Row] = [asdict(row) for row in every if row.id > after]
    return _cut({"v": 1, "total": len(every)}, "systems", rows[: limit + 1], limit)


def _findings(asked: Asked, after: str, limit: int) -> Page:
    filters = make_finding_filters({name: asked.query.getlist(name) for name in FINDING_FIELDS})
    found = list_findings(asked.dataset.store, filters, limit=limit + 1, after=after)
    return _cut(found.to_json(), "findings", [asdict(row) for row in found.rows], limit)


def _flags(asked: Asked, after: str, limit: int) -> Page:
    """Return raised flags, of one indicator where the path names it, by indicator and purchase."""
    from sousveil.flag import INDICATORS  # noqa: PLC0415 (thirty modules)

    rule = asked.path.get("rule", "")
    named = {one.id: one for one in INDICATORS}
    if rule and rule not in named:
        raise NotFoundError(f"There is no flag {rule[:60]!r}. All of them: /flags")
    rows = Flags(asked.dataset.store)
    counts = rows.counts()
    last = after.partition(" ")
    found = rows.page(rule, (last[0], last[2]), limit + 1)
    shown: list[Row] = [msgspec.to_builtins(flag) for flag in found]
    shape: Row = {"v": 1, "total": counts.get(rule, 0) if rule else sum(counts.values())}
    if rule:
        names = ("id", "title", "subject", "question", "formula", "ocds_paths", "needs", "limits")
        shape["indicator"] = {name: getattr(named[rule], name) for name in names}
    else:
        shape["raised"] = [{"rule": one.id, "title": one.title, "count": counts.get(one.id, 0)} for one in INDICATORS]
    page = _cut(shape, "flags", shown, limit)
    key = f"{page.rows[-1]['rule']} {page.rows[-1]['procurement']}" if page.last else ""
    return Page(page.shape, page.rows, key)


def _glossary(asked: Asked, after: str, limit: int) -> Page:
    """Return the terms in the order of the lexicon, which nothing that is read changes."""
    own = asked.dataset.own_terms
    found = ask_glossary(asked.text("word"), asked.text("cap"), asked.text("language"), own)
    names = ("term", "language", "gloss", "source", "strength", "capability", "needs", "unless")
    every = [(entry.capability, term) for entry in found for term in entry.terms]
    first = int(after or 0)
    some = every[first : first + limit]
    rows: list[Row] = [
        {name: getattr(term, name) for name in names} | {"state": state_of(term, own)} for _, term in some
    ]
    held = groupby(zip(some, rows, strict=True), key=lambda one: one[0][0].id)
    shown = [(list(group)) for _, group in held]
    entries = [{**asdict(group[0][0][0]), "terms": [row for _, row in group]} for group in shown]
    last = str(first + limit) if first + limit < len(every) else ""
    return Page({"v": 1, "total": len(every), "capabilities": entries}, rows, last)


def _cut(shape: Row, name: str, rows: list[Row], limit: int) -> Page:
    """Return a page of rows of which one more was read, to know whether any follows."""
    shown = rows[:limit]
    return Page(shape | {name: shown}, shown, str(shown[-1].get("id", "")) or "." if len(rows) > limit else "")


search_list = Listing("search", _search, "notice", limit=20, check=_check_order)
procurement_list = Listing("procurements", _procurements)
institution_list = Listing("institutions", _institutions)
system_list = Listing("systems", _systems)
finding_list = Listing("findings", _findings)
flag_list = Listing("flags", _flags, "procurement")
glossary_list = Listing("glossary", _glossary, "term", limit=1000)
