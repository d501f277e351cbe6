"""FollowTheMoney: entities and links for tools that investigate; institutions, contracts and documents, never a person.

Ids are hashes of our own ids, which are the same on every machine. Whatever is stated points to the document that
states it (``proof``); quotations are notes. There is no ``Person`` and no property of one: no mail, no telephone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from sousveil.ask.coverage import SPENT
from sousveil.ask.names import Named, name_ends
from sousveil.ask.rows import sighted
from sousveil.ask.units import Chosen, Row, Unit
from sousveil.data.bodies import body_kinds
from sousveil.data.places import place
from sousveil.model import COVER, Flow, Institution, Notice, Procurement
from sousveil.store.institutions import Institutions
from sousveil.store.packed import marks
from sousveil.store.purchases import Purchases
from sousveil.store.systems import Systems

COMPUTED = frozenset({"id", "schema", "contentHash", "proof", "entity", "authority", "supplier", "contract"}) | {
    "recordId",
    "callForTenders", "subject", "object", "noticeId", "document", "resolved", "parent", "addressEntity", "retrievedAt",
    "publishedAt", "mimeType", "status", "country", "jurisdiction", "detectedSchema", "publicationDate", "date",
}  # fmt: skip
"""Properties that sousveil computes: they hold no words of a document."""
_COMPANIES = frozenset({"company", "operator", "utility", "bank"})
"""Kinds of bodies that are companies, those that the state owns too."""
_AWARDED = frozenset({"awarded", "contracted", "accepted"})


def entity_id(kind: str, key: str) -> str:
    """Return the id of an entity: 40 hexadecimal digits of the SHA-256 of its kind and our id.

    >>> entity_id("institution", "i-2bha2bof525z")[:12]
    'd9de932c01fd'
    """
    return hashlib.sha256(f"sousveil\x1f{kind}\x1f{key}".encode()).hexdigest()[:40]


def _entity(schema: str, key: str, **properties: object) -> tuple[str, Row]:
    """Return an entity; empty values are left out, single ones become lists."""
    held: dict[str, list[str]] = {}
    for name, value in properties.items():
        values = value if isinstance(value, list | tuple) else [value]
        texts = [str(one) for one in values if one not in (None, "")]
        if texts:
            held[name] = list(dict.fromkeys(texts))
    return schema, {"id": key, "schema": schema, "properties": held}


def iter_entities(chosen: Chosen) -> Iterator[Unit]:
    """Yield documents, institutions, purchases and flows of data, so that every id is there before it is pointed at."""
    yield from _documents(chosen)
    yield from _institutions(chosen)
    yield from _purchases(chosen)
    yield from _flows(chosen)


def _documents(chosen: Chosen) -> Iterator[Unit]:
    """Yield the file of each notice once, and under it whom the notice names."""
    for some in chosen.batches("notices"):
        notices = chosen.store.notices(some)
        files = sighted(chosen.store, {notice.file for notice in notices.values()})
        named = Institutions(chosen.store).parties(some)
        types = _media_types(chosen, [notice.file for notice in notices.values()])
        for one in some:
            if one in notices:
                yield _document(notices[one], files[notices[one].file], types, named.get(one, ()))


def _media_types(chosen: Chosen, files: Sequence[str]) -> dict[str, str]:
    rows = chosen.store.rows(f"SELECT file, media_type FROM files WHERE file IN ({marks(files)})", files)
    return {row["file"]: row["media_type"] for row in rows}


def _document(notice: Notice, file: Row, types: dict[str, str], named: Sequence[tuple[str, str, str]]) -> Unit:
    """Return a notice as a document; several notices of one file are documents with the same hash."""
    address = str(file["address"] or "")
    key = entity_id("notice", notice.id)
    title = str(notice.title.value) if notice.title else None
    document = _entity(
        "Document",
        key,
        fileName=file["file_name"] or notice.id,
        title=title,
        contentHash=notice.file,
        mimeType=types.get(notice.file),
        sourceUrl=address if address.startswith(("http://", "https://")) else None,
        crawler="sousveil",
        publishedAt=notice.publication_date.value if notice.publication_date else None,
        retrievedAt=file["seen_at"],
        language=notice.language[:2] if notice.language != "und" else None,
        country=str(notice.country.value).lower() if notice.country else None,
        keywords=notice.notice_type.value if notice.notice_type else None,
    )
    mentions = [
        _entity(
            "Mention",
            entity_id("mention", f"{notice.id}\x1f{role}\x1f{name}\x1f{who}"),
            document=key,
            name=name,
            resolved=entity_id("institution", who),
            detectedSchema="LegalEntity",
        )
        for role, name, who in dict.fromkeys(named)
        if who and COVER not in name
    ]
    return Unit(f"notice {notice.id}", (document, *mentions))


def _institutions(chosen: Chosen) -> Iterator[Unit]:
    """Yield the institutions that the notices name, and those that their purchases know from other notices."""
    for some in chosen.bodies():
        found = Institutions(chosen.store).institutions_of(some)
        for one, institution in found.items():
            yield Unit(f"institution {one}", (institution_entity(institution),))


def institution_entity(found: Institution) -> tuple[str, Row]:
    """Return an institution as ``PublicBody``, ``Company`` or ``Organization``, as its kind tells."""
    numbers = [one.partition(":")[2] or one for one in found.identifiers]
    known = place(found.place)
    kind = body_kinds().get(found.kind)
    is_public = kind is not None and kind.public
    schema = "Company" if found.kind in _COMPANIES else "PublicBody" if is_public else "Organization"
    return _entity(
        schema,
        entity_id("institution", found.id),
        name=found.name,
        alias=[alias.name for alias in found.aliases if alias.name != found.name and COVER not in alias.name],
        registrationNumber=numbers,
        country=found.country.lower(),
        jurisdiction=found.country.lower(),
        classification=found.kind if found.kind != "other" else None,
        address=", ".join(filter(None, (known.name_en, found.country))) if known else None,
        parent=entity_id("institution", found.parent) if found.parent else None,
    )


def _purchases(chosen: Chosen) -> Iterator[Unit]:
    for some in chosen.batches("purchases"):
        found = Purchases(chosen.store).procurements_of(some)
        for one in some:
            if one in found:
                yield Unit(f"procurement {one}", tuple(_purchase(chosen, found[one])))


def _purchase(chosen: Chosen, found: Procurement) -> Iterator[tuple[str, Row]]:
    """Yield the call, the contract, its awards, and the quotations that show what was bought."""
    exported = _exported(chosen, found.notices)
    proof = [entity_id("notice", one) for one in exported]
    title = found.title or found.id
    buyer = entity_id("institution", found.buyer) if found.buyer and found.buyer not in chosen.left_out else None
    call, contract = entity_id("call", found.id), entity_id("contract", found.id)
    country = found.country.lower()
    if buyer:
        yield _entity(
            "CallForTenders", call, title=title, name=title, authority=buyer, recordId=found.id, country=country,
            publicationDate=found.first_date, proof=proof, callId=_number(chosen, exported),
        )  # fmt: skip
    is_won = found.status in _AWARDED
    if is_won or not buyer:
        yield _entity(
            "Contract", contract, title=title, name=title, authority=buyer, noticeId=found.id, country=country,
            status=found.status, proof=proof, **_sum(found, is_shared=False),
        )  # fmt: skip
    suppliers = [one for one in found.suppliers if one not in chosen.left_out] if is_won else []
    for one in suppliers:
        yield _entity(
            "ContractAward", entity_id("award", f"{found.id}\x1f{one}"), supplier=entity_id("institution", one),
            contract=contract, callForTenders=call if buyer else None, date=found.last_date, proof=proof,
            recordId=found.id, **_sum(found, is_shared=len(found.suppliers) > 1),
        )  # fmt: skip
    yield from _notes(chosen, exported, contract if is_won or not buyer else call)


def _sum(found: Procurement, *, is_shared: bool) -> dict[str, object]:
    """Return what was spent; a budget is no price, and a sum for several suppliers is none of one's."""
    amount = found.amount
    if amount is None or amount.rule not in SPENT or is_shared or found.is_framework:
        return {}
    return {"amount": amount.value, "currency": amount.currency}


def _exported(chosen: Chosen, notices: Sequence[str]) -> list[str]:
    rows = chosen.store.rows(f"SELECT id FROM temp.exported_notices WHERE id IN ({marks(notices)})", list(notices))
    held = {row["id"] for row in rows} - chosen.left_out
    return [one for one in notices if one in held]


def _number(chosen: Chosen, notices: Sequence[str]) -> list[str]:
    rows = chosen.store.rows(
        f"SELECT DISTINCT project_number AS number FROM notices WHERE id IN ({marks(notices)}) ORDER BY 1", notices
    )
    return [row["number"] for row in rows if row["number"]]


def _notes(chosen: Chosen, notices: Sequence[str], about: str) -> Iterator[tuple[str, Row]]:
    """Yield what the notices state as notes with their quotations: FollowTheMoney has no item, quantity or purpose."""
    for notice, findings in chosen.store.findings_in(notices).items():
        for one in findings:
            if one.state == "stated":
                where = f"page {one.span.page}, characters {one.span.start} to {one.span.end}"
                yield _entity(
                    "Note", entity_id("finding", one.id), name=one.value, description=one.span.quote, entity=about,
                    summary=f"{one.kind}; {where}; rule {one.rule}", proof=entity_id("notice", notice),
                )  # fmt: skip


def _flows(chosen: Chosen) -> Iterator[Unit]:
    """Yield flows of data between systems and bodies that the exported notices state."""
    flows = flows_of(chosen)
    ends = name_ends(chosen.store, flows)
    for key in sorted(ends):
        if ends[key].kind in {"system", "body"}:
            yield Unit(f"system {key}" if ends[key].kind == "system" else f"body {key}", (_end_entity(key, ends[key]),))
    there = bodies_among(chosen, list(ends))
    for number, flow in enumerate(flows, 1):
        sides = [_end_id(one, ends[one]) for one in (flow.source, flow.target)]
        is_there = all(ends[one].kind != "institution" or one in there for one in (flow.source, flow.target))
        if is_there and not chosen.left_out.intersection((flow.source, flow.target)):
            yield Unit(f"flow {number}", (_link(chosen, flow, sides),))


def bodies_among(chosen: Chosen, ids: Sequence[str]) -> set[str]:
    """Return which of some ids are those of exported institutions."""
    return {one for some in chosen.bodies(f"AND id IN ({marks(ids)})", ids) for one in some}


def flows_of(chosen: Chosen) -> tuple[Flow, ...]:
    """Return the flows that findings of the exported notices state, with only those findings."""
    found = []
    for flow in Systems(chosen.store).flows():
        rows = chosen.store.rows(
            "SELECT id FROM findings WHERE notice IN (SELECT id FROM temp.exported_notices)"
            f" AND id IN ({marks(flow.findings)}) ORDER BY id",
            flow.findings,
        )
        if rows:
            found.append(flow)
    return tuple(found)


def _end_id(key: str, named: Named) -> str:
    return entity_id(named.kind, key)


def _end_entity(key: str, named: Named) -> tuple[str, Row]:
    """Return a system as an asset; a body that is known by its kind and place only as an organisation that says so."""
    at = place(named.place)
    where = at.name if at else key.partition("@")[2]
    if named.kind == "system":
        return _entity("Asset", _end_id(key, named), name=named.name, summary=f"named system {where}".strip())
    name = f"{named.name}, {where}" if where else named.name
    return _entity("Organization", _end_id(key, named), name=name, notes="known by its kind and place only")


def _link(chosen: Chosen, flow: Flow, sides: Sequence[str]) -> tuple[str, Row]:
    rows = chosen.store.rows(
        f"SELECT DISTINCT notice FROM findings WHERE id IN ({marks(flow.findings)}) AND notice IN"
        " (SELECT id FROM temp.exported_notices) ORDER BY notice",
        flow.findings,
    )
    proof = [entity_id("notice", row["notice"]) for row in rows if row["notice"] not in chosen.left_out]
    return _entity(
        "UnknownLink",
        entity_id("flow", f"{flow.source}\x1f{flow.target}"),
        subject=sides[0],
        object=sides[1],
        role="joined with" if flow.is_mutual else "gives data to",
        description=[*flow.words, *flow.what, *flow.data],
        proof=proof,
    )
