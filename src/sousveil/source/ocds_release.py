"""One OCDS release, or the tender of an OCDS-like register, as a page and a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sousveil.data.codes import notice_codes
from sousveil.data.methods import method_codes
from sousveil.model import Amount, Field
from sousveil.source.ocds_parts import DEAD, is_key, money_of, tell_award, write_identifier, write_item, write_lots
from sousveil.source.parties import find_role, party_index, write_party
from sousveil.source.render import PageBuilder, clean_line, format_number
from sousveil.source.values import (
    Json,
    as_object,
    as_objects,
    as_text,
    to_country,
    to_iso_date,
    to_number,
)

_STAGES = ("other", "requirements", "intention", "tender", "correction", "award", "contract")
"""Later stages win where a release has several tags: a direct award is published as tender and award in one."""
_MAX_DEPTH = 6
_CUT_LENGTHS = frozenset(range(195, 201)) | {250, 255, 256}
"""Lengths of titles that a database column of 200, 250 or 255 characters cuts (less the trailing space)."""
_LONGEST_TITLE = 600
"""A description longer than this is no title; the longest whole title of the sample files has 437 characters."""
_LONGEST_QUERY = 80
"""Longer queries of addresses are signatures that expire within the hour."""


def write_release(page: PageBuilder, release: Json) -> None:
    """Write one release: what a reader looks for first comes first, persons are left out (allow-list)."""
    tender = as_object(release.get("tender"))
    parties = party_index(release)
    page.key = as_text(release.get("id")) or as_text(release.get("ocid"))
    _write_title(page, release, tender)
    _write_buyers(page, release, tender, parties)
    _write_type(page, release, tender)
    _write_numbers(page, release, tender)
    _write_dates(page, release, tender)
    _write_budget(page, release, tender)
    _write_place(page, release, tender, parties)
    _write_subject(page, release, tender)
    write_lots(page, tender)
    codes: dict[str, None] = {}
    _write_codes(page, [tender], codes, rule="ocds:tender.classification")
    _write_items(page, tender.get("items"), codes)
    _write_awards(page, release, parties, codes)
    _write_documents(page, release, tender)
    _write_contract_number(page, release)
    _write_related(page, release)
    _write_bidders(page, release, tender)


def _write_title(page: PageBuilder, release: Json, tender: Json) -> None:
    planning = as_object(release.get("planning"))
    candidates: list[tuple[str, object]] = [("tender.title", _whole_title(tender))]
    for part in ("awards", "contracts"):
        entries = as_objects(release.get(part))
        if len(entries) == 1:
            candidates.append((f"{part}.title", entries[0].get("title")))
    candidates.append(("planning.project.title", as_object(planning.get("project")).get("title")))
    candidates.append(("planning.budget.project", as_object(planning.get("budget")).get("project")))
    for rule, title in candidates:
        if page.field("title", "Title", as_text(title), rule=f"ocds:{rule}"):
            return


def _whole_title(tender: Json) -> str:
    """Return the tender's title; where a publisher cut it, and the description goes on from there, the description."""
    title = clean_line(as_text(tender.get("title")))
    description = clean_line(as_text(tender.get("description")))
    is_cut = len(title) in _CUT_LENGTHS and title < description and description.startswith(title)
    return description if is_cut and len(description) <= _LONGEST_TITLE else title


def _write_buyers(page: PageBuilder, release: Json, tender: Json, parties: dict[str, Json]) -> None:
    """Write buyer and, where it is another body, the procuring entity as agency."""
    buyer = as_object(release.get("buyer"))
    entity = as_object(tender.get("procuringEntity"))
    references = [buyer] if buyer.get("name") else find_role(release, "buyer")
    if not references and parties.get(as_text(buyer.get("id"))):
        references = [buyer]
    entities = [entity] if entity.get("name") else find_role(release, "procuringEntity")
    if not references:
        references, entities = entities, []
    names = set()
    for reference in references:
        party = parties.get(as_text(reference.get("id")), {})
        write_party(page, "buyer", "Buyer", reference, party, rule="ocds:buyer")
        write_identifier(page, "buyer", "Buyer", reference, party)
        names.add(clean_line(as_text(reference.get("name") or party.get("name"))).casefold())
    for reference in entities:
        if clean_line(as_text(reference.get("name"))).casefold() not in names:
            party = parties.get(as_text(reference.get("id")), {})
            write_party(page, "agency", "Procuring entity", reference, party, rule="ocds:tender.procuringEntity")
            write_identifier(page, "agency", "Procuring entity", reference, party)


def _write_type(page: PageBuilder, release: Json, tender: Json) -> None:
    tags = [tag for tag in as_list(release.get("tag")) if isinstance(tag, str)]
    by_tag = _type_of_tags(tags)
    found = by_tag or _type_of_content(release, tender)
    status = as_text(tender.get("status"))
    if status in DEAD and found in {"tender", "correction"}:
        found = "termination"
    if not found:
        page.line("Notice type", ", ".join(tags))
        return
    names = [row.name for tag in tags if (row := notice_codes("ocds").get(tag))]
    note = "" if by_tag else "told by what the release holds, not by its tag"
    page.field("notice_type", "Notice type", ", ".join(names) or found, rule="ocds:tag", value=found, note=note)
    page.line("Status", status)


def as_list(raw: object) -> list[object]:
    """Return a JSON array as it is, anything else as an array of one (releases with a bare string for a list exist)."""
    return raw if isinstance(raw, list) else [raw]


def _type_of_tags(tags: Iterable[str]) -> str:
    """Return our notice type for release tags; the latest stage wins, cancellation where nothing later is told."""
    types = {row.type for tag in tags if (row := notice_codes("ocds").get(tag))}
    for stage in reversed(_STAGES):
        if stage in types and not ("termination" in types and stage in {"intention", "tender", "correction"}):
            return stage
    return "termination" if "termination" in types else ""


def _type_of_content(release: Json, tender: Json) -> str:
    for part, kind in (("contracts", "contract"), ("awards", "award")):
        if any(entry.get("status") not in DEAD and _tells(entry) for entry in as_objects(release.get(part))):
            return kind
    if _tells(tender):
        return "intention" if tender.get("status") in {"planning", "planned"} else "tender"
    return "intention" if _tells(release.get("planning")) else ""


def _tells(value: object, depth: int = 0) -> bool:
    """Return whether anything but empty texts, zeros and nulls stands in a value: templates hold only those."""
    if isinstance(value, dict | list) and depth < _MAX_DEPTH:
        parts = value.values() if isinstance(value, dict) else value
        return any(_tells(part, depth + 1) for part in parts)
    return bool(value)


def _write_numbers(page: PageBuilder, release: Json, tender: Json) -> None:
    ocid = as_text(release.get("ocid"))
    number = as_text(tender.get("id"))
    if number and number != ocid and not is_key(number):
        page.field("project_number", "Reference number", number, rule="ocds:tender.id")
    page.field("project_number", "Procedure identifier", ocid, rule="ocds:ocid")
    page.line("Notice identifier", as_text(release.get("id")))


def _write_dates(page: PageBuilder, release: Json, tender: Json) -> None:
    published = as_text(release.get("date"))
    iso = to_iso_date(published)
    if iso:
        lead = 10 if published[4] == "-" else 8
        page.field("publication_date", "Publication date", published, rule="ocds:date", value=iso, lead=lead)
    deadline = as_text(as_object(tender.get("tenderPeriod")).get("endDate"))
    write_day(page, "deadline", "Tender deadline", deadline, rule="ocds:tender.tenderPeriod.endDate")
    for contract in as_objects(release.get("contracts"))[:1]:
        signed = as_text(contract.get("dateSigned"))
        write_day(page, "signed_on", "Contract signed", signed, rule="ocds:contracts.dateSigned")


def write_day(page: PageBuilder, name: str, label: str, text: str, *, rule: str) -> None:
    """Write a date, and keep its day as a value where it has one."""
    iso = to_iso_date(text)
    if iso is None:
        page.line(label, text)
    else:
        page.field(name, label, text, rule=rule, value=iso, lead=10 if clean_line(text)[4:5] == "-" else 8)


def _write_contract_number(page: PageBuilder, release: Json) -> None:
    """Write the number of the contract where there is one contract, and its number is no key of a database."""
    contracts = as_objects(release.get("contracts"))
    number = as_text(contracts[0].get("id")) if len(contracts) == 1 else ""
    if number and not is_key(number):
        page.field("contract_number", "Contract number", number, rule="ocds:contracts.id")


_FOLLOWED = ("prior", "replacementProcess", "renewalProcess", "framework", "parent", "planning")
"""Relations (OCDS codelist relatedProcess) to what was announced before, the nearest first."""


def _write_related(page: PageBuilder, release: Json) -> None:
    """Write the identifiers of processes that this one follows."""
    for process in as_objects(release.get("relatedProcesses")):
        relations = [one for one in as_list(process.get("relationship")) if isinstance(one, str)]
        name = "related_number" if any(one in _FOLLOWED for one in relations) else ""
        label, text = "Related process", as_text(process.get("identifier"))
        if name and not page.has(name):
            page.field(name, label, text, rule="ocds:relatedProcesses.identifier")
        else:
            page.line(label, text)


def _write_bidders(page: PageBuilder, release: Json, tender: Json) -> None:
    """Write how many offered: as counted, else as the statistics of bids say, else as many as are listed."""
    count = to_number(tender.get("numberOfTenderers"))
    rule = "ocds:tender.numberOfTenderers"
    statistics = as_objects(as_object(release.get("bids")).get("statistics"))
    if not count:
        told = {as_text(one.get("measure")): to_number(one.get("value")) for one in statistics if len(statistics) < 9}
        count, rule = told.get("bids") or told.get("validBids"), "ocds:bids.statistics"
    if not count and len(as_objects(tender.get("tenderers"))) > 1:
        count, rule = float(len(as_objects(tender.get("tenderers")))), "ocds:tender.tenderers"
    if count and count == int(count):
        page.field("bidders", "Number of tenderers", format_number(count), rule=rule, value=int(count))


def _write_budget(page: PageBuilder, release: Json, tender: Json) -> None:
    """Write the stated budget, else the tender's value (the ceiling), else the sum of the lots' values."""
    budget = as_object(as_object(release.get("planning")).get("budget"))
    candidates = (
        ("Budget", budget.get("amount"), "planning.budget.amount"),
        ("Budget", budget.get("value"), "planning.budget.value"),
        ("Estimated value", tender.get("value"), "tender.value"),
        ("Maximum value", tender.get("maxValue"), "tender.maxValue"),
    )
    for label, raw, rule in candidates:
        money = money_of(raw)
        if money:
            is_limit = rule in {"tender.value", "tender.maxValue"} and page.has("budget") and not page.has("ceiling")
            name = "ceiling" if is_limit else "" if page.has("budget") else "budget"
            page.amount(name, label, *money, rule=f"ocds:{rule}")
    if not page.has("budget"):
        lots = [money_of(lot.get("value")) for lot in as_objects(tender.get("lots"))]
        page.total("budget", "Total of lots", lots, rule="ocds:tender.lots.value")
    page.line("Budget description", as_text(budget.get("description")))


def _write_place(page: PageBuilder, release: Json, tender: Json, parties: dict[str, Json]) -> None:
    """Write where the buyer sits; a region that is a NUTS code is a code, not a province."""
    buyer = as_object(release.get("buyer"))
    references = [
        buyer,
        *find_role(release, "buyer"),
        as_object(tender.get("procuringEntity")),
        *find_role(release, "procuringEntity"),
    ]
    addresses = (
        as_object(source.get("address"))
        for reference in references
        for source in (parties.get(as_text(reference.get("id")), {}), reference)
    )
    address = next((address for address in addresses if address), {})
    country = to_country(address.get("country")) or to_country(address.get("countryName"))
    region = as_text(address.get("region"))
    if (
        country
        and region[:2] in {country, {"GB": "UK", "GR": "EL"}.get(country)}
        and len(region) <= 5
        and region.isupper()
    ):
        page.line("NUTS", region)
    else:
        page.field("province", "Region", region, rule="ocds:parties.address.region")
    page.field("city", "Town", as_text(address.get("locality")), rule="ocds:parties.address.locality")
    if country:
        printed = as_text(address.get("countryName")) or as_text(address.get("country"))
        page.field("country", "Country", printed, rule="ocds:parties.address.countryName", value=country)


def _write_subject(page: PageBuilder, release: Json, tender: Json) -> None:
    planning = as_object(release.get("planning"))
    page.line("Category", as_text(tender.get("mainProcurementCategory")))
    _write_method(page, tender)
    page.line("Reason for the method", as_text(tender.get("procurementMethodRationale")))
    page.block("Rationale", as_text(planning.get("rationale")))
    description = as_text(tender.get("description"))
    if clean_line(description) != _whole_title(tender):
        page.block("Description", description)


def _write_method(page: PageBuilder, tender: Json) -> None:
    """Write the method: its own words where there are any, its code tells which of the four it is."""
    code, details = as_text(tender.get("procurementMethod")), as_text(tender.get("procurementMethodDetails"))
    method = method_codes().get(code.strip().lower()) or method_codes().get(details.strip().lower())
    if method is None:
        page.line("Procurement method", details or code)
    else:
        page.field("method", "Procurement method", details or code, rule="ocds:tender.procurementMethod", value=method)


def _write_items(page: PageBuilder, items: object, codes: dict[str, None]) -> None:
    entries = as_objects(items)
    for number, item in enumerate(entries, 1):
        write_item(page, f"Item {number}", item)
    _write_codes(page, entries, codes, rule="ocds:items.classification")


def _write_codes(page: PageBuilder, owners: list[Json], codes: dict[str, None], *, rule: str) -> None:
    """Write each classification code once, with the name that stands beside it in the file."""
    for owner in owners:
        for entry in (*as_objects(owner.get("classification")), *as_objects(owner.get("additionalClassifications"))):
            code, scheme = clean_line(as_text(entry.get("id"))), clean_line(as_text(entry.get("scheme"))) or "code"
            value = f"{scheme}:{code}"
            if code and value not in codes:
                codes[value] = None
                text = f"{code} {as_text(entry.get('description'))}"
                page.field("codes", scheme, text, rule=rule, value=value, lead=len(code))


def _write_awards(page: PageBuilder, release: Json, parties: dict[str, Json], codes: dict[str, None]) -> None:
    """Write awards and contracts that stand, their suppliers, and what was won in all."""
    awards = [award for award in as_objects(release.get("awards")) if award.get("status") not in DEAD]
    contracts = [contract for contract in as_objects(release.get("contracts")) if contract.get("status") not in DEAD]
    seen: set[str] = set()
    entries = awards if any(money_of(award.get("value")) for award in awards) else contracts
    is_single = len(entries) == 1
    for label, group in (("Award", awards), ("Contract", contracts)):
        for entry in group:
            amount = _write_entry(page, label, entry, is_amount=is_single and entry is entries[0])
            tell_award(page, entry, amount, _write_suppliers(page, entry, parties, seen))
            if group is awards or not awards:
                _write_items(page, entry.get("items"), codes)
    if awards and all(award.get("status") == "pending" for award in awards):
        page.field("has_candidates_only", "Award status", "pending", rule="ocds:awards.status", value=True)
    if not is_single:
        page.total(
            "award_amount", "Total awarded", [money_of(entry.get("value")) for entry in entries], rule="ocds:sum"
        )
    if awards or contracts:
        _write_named_suppliers(page, find_role(release, "supplier"), seen)


def _write_entry(page: PageBuilder, label: str, entry: Json, *, is_amount: bool) -> Amount | None:
    """Write an award or contract; return what it is worth."""
    page.line(label, as_text(entry.get("title")) or as_text(entry.get("id")))
    if clean_line(as_text(entry.get("description"))) != clean_line(as_text(entry.get("title"))):
        page.block(f"{label} description", as_text(entry.get("description")))
    day = as_text(entry.get("date")) or as_text(entry.get("dateSigned"))
    name = "awarded_on" if label == "Award" and not page.has("awarded_on") else ""
    if name:
        write_day(page, name, f"{label} date", day, rule="ocds:awards.date")
    else:
        page.line(f"{label} date", day)
    money = money_of(entry.get("value"))
    if money is None:
        return None
    rule = f"ocds:{label.lower()}s.value"
    span = page.amount("award_amount" if is_amount else "", f"{label} value", *money, rule=rule)
    return None if span is None else Amount(*money, span, rule)


def _write_suppliers(page: PageBuilder, entry: Json, parties: dict[str, Json], seen: set[str]) -> list[Field]:
    """Write the suppliers that were not written before; return all of the entry's."""
    found = []
    for reference in as_objects(entry.get("suppliers")):
        party = parties.get(as_text(reference.get("id")), {})
        name = clean_line(as_text(reference.get("name")) or as_text(party.get("name"))).casefold()
        field = "" if name in seen else "suppliers"
        seen.add(name)
        if field and write_party(page, field, "Supplier", reference, party, rule="ocds:suppliers"):
            write_identifier(page, "supplier", "Supplier", reference, party)
        kept = page.named("suppliers", name)
        found += [kept] if kept is not None else []
    return found


def _write_named_suppliers(page: PageBuilder, parties: list[Json], seen: set[str]) -> None:
    """Write suppliers that only the list of parties names."""
    if seen:
        return
    for party in parties:
        if write_party(page, "suppliers", "Supplier", party, party, rule="ocds:parties.roles"):
            write_identifier(page, "supplier", "Supplier", party, party)


def _write_documents(page: PageBuilder, release: Json, tender: Json) -> None:
    """Write titles and addresses of attached documents: they say where the details are."""
    for document in _documents(release, tender):
        address, _, query = as_text(document.get("url")).partition("?")
        if 0 < len(query) <= _LONGEST_QUERY:
            address = f"{address}?{query}"
        page.line("Document", f"{as_text(document.get('title'))} {address}")


def _documents(release: Json, tender: Json) -> Iterator[Json]:
    for owner in (as_object(release.get("planning")), tender, *as_objects(release.get("awards"))):
        yield from as_objects(owner.get("documents"))
