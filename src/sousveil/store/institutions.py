"""Rows of institutions: names as printed, and whom they name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from sousveil.exceptions import NotFoundError
from sousveil.model import Institution
from sousveil.store.database import Store
from sousveil.store.packed import encode, iter_chunks, marks

_institution = msgspec.json.Decoder(Institution).decode

Columns = tuple[str, str, str, str, str, bool]
"""Name, country, province, city, identifier, whether it is a buyer's."""


@dataclass(frozen=True, slots=True)
class SpellingRow:
    """A name as it is resolved, and how many notices print it."""

    id: int
    name: str
    country: str
    province: str
    city: str
    identifier: str
    is_buyer: bool
    mentions: int


class Institutions:
    """The tables of institutions and their names."""

    def __init__(self, store: Store) -> None:
        self._connection = store.connection

    def put_mentions(self, notice: str, mentions: Iterable[tuple[str, Columns]]) -> None:
        """Write the bodies of a notice: role, and name, country, province, city, identifier, whether it is a buyer."""
        for number, (role, spelling) in enumerate(mentions):
            self._connection.execute(
                "INSERT OR IGNORE INTO spellings (name, country, province, city, identifier, is_buyer)"
                " VALUES (?,?,?,?,?,?)",
                spelling,
            )
            self._connection.execute(
                "INSERT INTO mentions SELECT ?, ?, ?, id FROM spellings WHERE name = ? AND country = ? AND province = ?"
                " AND city = ? AND identifier = ? AND is_buyer = ?",
                (notice, number, role, *spelling),
            )

    def sweep_spellings(self) -> None:
        """Remove spellings that no notice prints any more."""
        gone = "SELECT id FROM spellings WHERE NOT EXISTS (SELECT 1 FROM mentions WHERE spelling = spellings.id)"
        self._connection.execute(f"DELETE FROM named WHERE spelling IN ({gone})")
        self._connection.execute(f"DELETE FROM spellings WHERE id IN ({gone})")

    def spellings(self) -> list[SpellingRow]:
        """Return every spelling with the number of its mentions."""
        rows = self._connection.execute(
            "SELECT id, name, country, province, city, identifier, is_buyer, count(*) AS mentions"
            " FROM spellings JOIN mentions ON mentions.spelling = spellings.id GROUP BY spellings.id"
        )
        return [SpellingRow(**dict(row) | {"is_buyer": bool(row["is_buyer"])}) for row in rows]

    def named(self) -> dict[int, tuple[str, ...]]:
        """Return whom each spelling names."""
        found: dict[int, list[str]] = {}
        for spelling, institution in self._connection.execute("SELECT * FROM named ORDER BY spelling, institution"):
            found.setdefault(spelling, []).append(institution)
        return {spelling: tuple(ids) for spelling, ids in found.items()}

    def set_named(self, changes: Mapping[int, tuple[str, ...]]) -> set[str]:
        """Write whom spellings name now; return the notices that print them."""
        touched: set[str] = set()
        for some in iter_chunks(sorted(changes)):
            held = marks(some)
            self._connection.execute(f"DELETE FROM named WHERE spelling IN ({held})", some)
            rows = self._connection.execute(f"SELECT DISTINCT notice FROM mentions WHERE spelling IN ({held})", some)
            touched |= {row[0] for row in rows}
        self._connection.executemany(
            "INSERT INTO named VALUES (?,?)", [(spelling, one) for spelling, ids in changes.items() for one in ids]
        )
        return touched

    def put_institutions(self, found: Sequence[Institution], former: Mapping[str, str]) -> int:
        """Write the institutions in place of those before, where they differ; return how many differ."""
        before = dict(self._connection.execute("SELECT id, body FROM institutions").fetchall())
        now = {one.id: encode(one) for one in found}
        gone = [(one,) for one in before if one not in now]
        changed = [one for one in found if before.get(one.id) != now[one.id]]
        self._connection.executemany("DELETE FROM institutions WHERE id = ?", gone)
        self._connection.executemany(
            "INSERT OR REPLACE INTO institutions VALUES (?,?,?,?,?,?,?,?)",
            [
                (one.id, one.name, one.kind, one.level, one.country, one.place, one.parent, now[one.id])
                for one in changed
            ],
        )
        self._connection.execute("DELETE FROM former_ids WHERE id LIKE 'i-%' OR current LIKE 'i-%' OR id LIKE 'cn-%'")
        self._connection.executemany("INSERT OR REPLACE INTO former_ids VALUES (?,?)", former.items())
        return len(gone) + len(changed)

    def institutions_of(self, ids: Sequence[str]) -> dict[str, Institution]:
        """Return institutions by id; ids that are not there are left out."""
        found: dict[str, Institution] = {}
        for some in iter_chunks(ids):
            rows = self._connection.execute(f"SELECT id, body FROM institutions WHERE id IN ({marks(some)})", some)
            found |= {row["id"]: _institution(row["body"]) for row in rows}
        return found

    def called(self, name: str) -> tuple[Institution, ...]:
        """Return the institutions that are called so, by their own name or by one that is printed for them."""
        rows = self._connection.execute(
            "SELECT body FROM institutions WHERE name = ? OR id IN (SELECT institution FROM named"
            " JOIN spellings ON spellings.id = named.spelling WHERE spellings.name = ?) ORDER BY id",
            (name, name),
        )
        return tuple(_institution(row["body"]) for row in rows)

    def institution(self, asked: str) -> Institution:
        """Return an institution by its id, or by one that it had before.

        Raises:
            NotFoundError: there is none with this id.
        """
        current = self._connection.execute("SELECT current FROM former_ids WHERE id = ?", (asked,)).fetchone()
        for one in (asked, current[0] if current else ""):
            row = self._connection.execute("SELECT body FROM institutions WHERE id = ?", (one,)).fetchone()
            if row is not None:
                return _institution(row["body"])
        raise NotFoundError(
            f"No institution {asked}. Ids are shown by: sousveil show notice ID, sousveil stats by buyer"
        )

    def parties(self, notices: Sequence[str]) -> dict[str, list[tuple[str, str, str]]]:
        """Return role, name as printed and institution of the bodies of notices, by notice; unresolved ones without."""
        found: dict[str, list[tuple[str, str, str]]] = {}
        for some in iter_chunks(notices):
            rows = self._connection.execute(
                "SELECT notice, role, name, coalesce(institution, '') AS institution FROM mentions"
                " JOIN spellings ON spellings.id = mentions.spelling LEFT JOIN named ON named.spelling = spellings.id"
                f" WHERE notice IN ({marks(some)}) ORDER BY notice, number, institution",
                some,
            )
            for row in rows:
                found.setdefault(row["notice"], []).append((row["role"], row["name"], row["institution"]))
        return found

    def buyers(self) -> dict[str, str]:
        """Return the institution that bought, by notice; notices whose buyer was not resolved are left out."""
        rows = self._connection.execute(
            "SELECT notice, min(institution) FROM mentions JOIN named ON named.spelling = mentions.spelling"
            " WHERE role = 'buyer' GROUP BY notice"
        )
        return {row[0]: row[1] for row in rows}

    def ids_by_name(self) -> dict[str, str]:
        """Return institutions by the names that are printed for them and for nobody else."""
        rows = self._connection.execute(
            "SELECT name, min(institution) FROM spellings JOIN named ON named.spelling = spellings.id"
            " GROUP BY name HAVING count(DISTINCT institution) = 1"
        )
        return {row[0]: row[1] for row in rows}
