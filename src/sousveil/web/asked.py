"""What a screen gets and gives; one dataset is asked one question at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from starlette.datastructures import QueryParams

from sousveil.dataset import Dataset
from sousveil.draw import Chart
from sousveil.exceptions import UsageError
from sousveil.live import Live
from sousveil.web.form import Writing


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, as a screen sees it.

    Attributes:
        dataset: is read, never written.
        path: parts of the path by name.
        query: what stands behind the question mark.
        language: of the interface: ``en`` or ``zh``.
        live: the run that goes on, or the last one.
        writing: what forms need; None where nothing can be changed.
        at: path that was asked for.
    """

    dataset: Dataset
    path: Mapping[str, str]
    query: QueryParams
    language: str = "en"
    live: Live | None = None
    writing: Writing | None = None
    at: str = ""

    def text(self, name: str, default: str = "") -> str:
        """Return a value of the query without blanks around it."""
        return self.query.get(name, default).strip()

    def number(self, name: str, default: int, *, least: int = 0, most: int = 1_000_000) -> int:
        """Return a whole number of the query.

        Raises:
            UsageError: it is none, or out of bounds.
        """
        given = self.text(name)
        if not given:
            return default
        if not (given.isascii() and given.isdigit() and len(given) < 10 and least <= int(given) <= most):
            raise UsageError(f"{name}={given[:20]} is no whole number from {least:,} to {most:,}.")
        return int(given)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a screen answers.

    Attributes:
        template: file in ``templates/``.
        to_json: makes the object of the JSON twin; only called when it is asked for.
        values: for the template.
        status: HTTP status.
        headers: of the answer as JSON.
        late: makes further values for the template when other questions are answered again: what takes long and asks
            the dataset nothing, such as drawing.
        charts: of the page; each has an SVG and a CSV file below its address.
        has_forms: whether the page can change something; browsers then tell our own pages where a form comes from.
    """

    template: str
    to_json: Callable[[], object]
    values: Mapping[str, object] = field(default_factory=dict)
    status: int = 200
    charts: tuple[Chart, ...] = ()
    has_forms: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    late: Mapping[str, Callable[[], object]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The answer is at another path of ours."""

    href: str


@dataclass(frozen=True, slots=True)
class Download:
    """A file that is kept, not shown: its name, its type, its bytes."""

    name: str
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Stream:
    """Lines of JSON, made while they are sent; ``lines`` reads them from a dataset opened for this stream alone."""

    lines: Callable[[Dataset], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Written:
    """A file that is made before the first byte is sent, so that it is whole or an error.

    Attributes:
        write: makes it from a dataset opened for this file alone, at a path; returns its name, its type and headers.
    """

    write: Callable[[Dataset, Path], tuple[str, str, Mapping[str, str]]]


Screen = Callable[[Asked], Answer | Elsewhere | Download | Stream | Written]

Doing = Callable[[Asked, Mapping[str, str]], Elsewhere]
"""Does what a form asks for, and says which page shows it."""
