"""Suppliers that are natural persons. Names are put together from common ones, by chance those of somebody."""

import csv
import io
import json

import pytest

from sousveil.source import table
from sousveil.source.natural import is_natural_person, is_personal_name
from tests.source.checks import read, values

PERSONS = ["ANA LÓPEZ RUIZ", "López Ruiz, Ana", "ING. JOSE DE LA CRUZ PEREZ", "Maria del Carmen Nuñez Xolotl", "LUIS MARIO QWERTIN ASDFEZ"]  # fmt: skip
COMPANIES = [
    "LOPEZ RUIZ SA DE CV", "LÓPEZ Y ASOCIADOS, S.C.", "GRUPO LOPEZ", "Construcciones Velasco", "INSTITUTO BENITO JUAREZ DE COLIMA",
    "UNIVERSIDAD AUTONOMA DE SAN LUIS", "SERVICIOS INTEGRADOS LC", "AXA SEGUROS", "3M MEXICO", "甲乙丙有限公司", "", "Vigila",
]  # fmt: skip


@pytest.mark.parametrize("name", PERSONS)
def test_names_of_persons(name):
    assert is_personal_name(name)


@pytest.mark.parametrize("name", COMPANIES)
def test_names_of_companies(name):
    assert not is_personal_name(name)


@pytest.mark.parametrize(
    ("kind", "number", "is_person"),
    [
        ("Persona Natural", "", True),
        ("自然人", "", True),
        ("", "10123456789", True),
        ("Persona Juridica", "20123456789", False),
        ("", "1012345678", False),
        ("", "", False),
    ],
)
def test_marks_of_persons(kind, number, is_person):
    assert is_natural_person(kind, number) == is_person


def test_a_covered_supplier_is_covered_on_the_whole_page():
    rows = [{"titulo": "Focos para LOPEZ RUIZ ANA", "entidad": "Puerto Olmo", "proveedor": "LOPEZ RUIZ ANA"}]
    document = read(table, json.dumps(rows))
    assert "RUIZ" not in document.pages[0].text
    assert values(document, "suppliers") == ["█" * 14]


def test_where_the_row_says_company_the_name_stays():
    rows = [{"titulo": "Focos", "entidad": "Olmo", "proveedor": "LOPEZ RUIZ ANA", "tipoproveedor": "Persona Juridica"}]
    assert values(read(table, json.dumps(rows)), "suppliers") == ["LOPEZ RUIZ ANA"]


def test_a_size_or_trade_does_not_make_a_company():
    rows = [{"titulo": "Focos", "entidad": "Olmo", "proveedor": "LOPEZ RUIZ ANA", "tipoproveedor": "Micro"}]
    assert values(read(table, json.dumps(rows)), "suppliers") == ["█" * 14]


def test_real_suppliers(shared):
    """No supplier with a legal form is taken for a person, and most of those that are persons are found."""
    names: set[str] = set()
    for path in sorted((shared / "corpus/ocds/compranet-data").glob("*.csv")):
        text = path.read_text(encoding="utf-8", errors="replace")
        names |= {row["PROVEEDOR_CONTRATISTA"] for row in csv.DictReader(io.StringIO(text))}
    found = {name for name in names if is_personal_name(name)}
    assert not [name for name in found if " CV" in name or "S.C" in name or " SC" in name]
    assert len(found) >= 210
