"""The TED schema used until 2023 (TED_EXPORT R2.0.9): contract notices F02 and award notices F03."""

from __future__ import annotations

from typing import Any

from samples.eforms import leaf, tag

Spec = dict[str, Any]


def make_ted(spec: Spec) -> str:
    """Return the notice as TED_EXPORT XML; an award notice where the specification names winners."""
    form = "F03_2014" if spec.get("winners") else "F02_2014"
    body = tag(
        form,
        '<LEGAL_BASIS VALUE="32014L0024"/>',
        tag(
            "CONTRACTING_BODY",
            tag("ADDRESS_CONTRACTING_BODY", *_address(spec["buyer"])),
            f'<CA_TYPE VALUE="{spec["buyer"]["type"]}"/>',
        ),
        _object(spec),
        tag("PROCEDURE", "<PT_OPEN/>"),
        *(_award(spec, n, winner) for n, winner in enumerate(spec.get("winners", []), 1)),
        tag("COMPLEMENTARY_INFO", leaf("DATE_DISPATCH_NOTICE", spec["dispatched"])),
        CATEGORY="ORIGINAL",
        FORM=form[:3],
        LG=spec["lang"],
    )
    spaces = 'xmlns="http://publications.europa.eu/resource/schema/ted/R2.0.9/publication" xmlns:n2016="http://publications.europa.eu/resource/schema/ted/2016/nuts"'
    head = f'<TED_EXPORT {spaces} VERSION="R2.0.9.S03.E01" DOC_ID="{spec["doc_id"]}" EDITION="{spec["edition"]}">'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{_coded(spec)}\n{tag("FORM_SECTION", body)}\n</TED_EXPORT>\n'
    )


def _coded(spec: Spec) -> str:
    award = bool(spec.get("winners"))
    reference = tag(
        "REF_OJS", leaf("COLL_OJ", "S"), leaf("NO_OJ", spec["edition"][-3:]), leaf("DATE_PUB", spec["published"])
    )
    notice = tag(
        "NOTICE_DATA",
        leaf("NO_DOC_OJS", spec["number"]),
        leaf("LG_ORIG", spec["lang"]),
        f'<ISO_COUNTRY VALUE="{spec["buyer"]["country"]}"/>',
        leaf("ORIGINAL_CPV", spec["cpv_text"], CODE=spec["cpv"]),
    )
    kind = leaf("TD_DOCUMENT_TYPE", "Contract award notice" if award else "Contract notice", CODE="7" if award else "3")
    titles = tag(
        "ML_TITLES",
        tag(
            "ML_TI_DOC",
            leaf("TI_CY", spec["country_name"]),
            leaf("TI_TOWN", spec["buyer"]["town"]),
            tag("TI_TEXT", leaf("P", spec["title"])),
            LG=spec["lang"],
        ),
    )
    return tag(
        "CODED_DATA_SECTION",
        reference,
        notice,
        tag("CODIF_DATA", leaf("DS_DATE_DISPATCH", spec["dispatched"].replace("-", "")), kind),
    ) + tag("TRANSLATION_SECTION", titles, tag("ML_AA_NAMES", leaf("AA_NAME", spec["buyer"]["name"], LG=spec["lang"])))


def _address(party: Spec) -> list[str]:
    return [
        leaf("OFFICIALNAME", party["name"]),
        leaf("ADDRESS", party.get("street")),
        leaf("TOWN", party["town"]),
        leaf("POSTAL_CODE", party.get("zone")),
        f'<COUNTRY VALUE="{party["country"]}"/>',
        leaf("CONTACT_POINT", party.get("contact")),
        leaf("PHONE", party.get("phone")),
        leaf("E_MAIL", party.get("mail")),
        f'<n2016:NUTS CODE="{party["nuts"]}"/>' if party.get("nuts") else "",
    ]


def _object(spec: Spec) -> str:
    paragraphs = [leaf("P", line) for line in spec["description"].strip().split("\n")]
    total = sum(winner["amount"] for winner in spec.get("winners", []))
    value = leaf("VAL_TOTAL", f"{total:.2f}", CURRENCY=spec["currency"]) if total else ""
    estimated = (
        leaf("VAL_ESTIMATED_TOTAL", f"{spec['estimated']:.2f}", CURRENCY=spec["currency"])
        if spec.get("estimated")
        else ""
    )
    return tag(
        "OBJECT_CONTRACT",
        tag("TITLE", leaf("P", spec["title"])),
        leaf("REFERENCE_NUMBER", spec.get("reference")),
        tag("CPV_MAIN", f'<CPV_CODE CODE="{spec["cpv"]}"/>'),
        f'<TYPE_CONTRACT CTYPE="{spec.get("nature", "SUPPLIES")}"/>',
        tag("SHORT_DESCR", *paragraphs),
        estimated,
        value,
        "<NO_LOT_DIVISION/>",
        tag(
            "OBJECT_DESCR",
            tag("MAIN_SITE", leaf("P", spec["buyer"]["town"])),
            tag("SHORT_DESCR", *paragraphs),
            ITEM="1",
        ),
    )


def _award(spec: Spec, number: int, winner: Spec) -> str:
    return tag(
        "AWARD_CONTRACT",
        leaf("CONTRACT_NO", winner["contract"]),
        tag(
            "AWARDED_CONTRACT",
            leaf("DATE_CONCLUSION_CONTRACT", winner["signed"]),
            tag("CONTRACTORS", tag("CONTRACTOR", tag("ADDRESS_CONTRACTOR", *_address(winner)))),
            tag("VALUES", leaf("VAL_TOTAL", f"{winner['amount']:.2f}", CURRENCY=spec["currency"])),
        ),
        ITEM=str(number),
    )
