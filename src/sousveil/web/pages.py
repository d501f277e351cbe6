"""Pages from templates: everything is escaped, nothing that a document says is ever taken for markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from starlette.datastructures import URL

from sousveil.chart.words import FAMILIES, counted, family_title, name_in, system_title, tell, title_of
from sousveil.data.interface import retell, say
from sousveil.draw.figures import money
from sousveil.live import Live
from sousveil.settings import VERSION
from sousveil.web import links
from sousveil.web.asked import Answer
from sousveil.web.numbers import table_rows
from sousveil.web.showing import shown
from sousveil.web.static import static_digest
from sousveil.web.words import (
    COVERED,
    code_of,
    flag_title,
    gloss_of,
    kind_title,
    language_name,
    language_tag,
    one_line,
    place_name,
    reasons_of,
    script,
    type_title,
)

_BLANKS = re.compile(r"\s+")


class Pages:
    """Renders answers.

    Args:
        title: of the dataset, for the foot of every page.
    """

    def __init__(self, title: str) -> None:
        self._environment = Environment(
            loader=PackageLoader("sousveil.web", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "n": _figure,
            "money": _money,
            "one_line": one_line,
            "drawn": Markup,
            "squeezed": _squeezed,
            "bytes": _bytes,
            "figure": lambda value: value if isinstance(value, str) else _figure(value),
        }
        self._environment.filters |= {"code_family": code_of, "brief": _last_part}
        self._environment.globals |= {
            "dataset_title": title,
            "version": VERSION,
            "static": f"/static/{static_digest()}",
            "links": links,
            "FAMILIES": FAMILIES,
            "covered": COVERED,
            "code_of": code_of,
            "gloss_of": gloss_of,
            "script": script,
            "table_rows": table_rows,
        }

    def render(self, answer: Answer, url: URL, language: str, live: Live | None = None) -> str:
        """Return the page of an answer, in a language of the interface; ``live`` is the run that goes on."""
        path = url.path
        is_going = live is not None and live.is_going
        twin = "/index.json" if path == "/" else f"{path}.json"
        return self._environment.get_template(answer.template).render(
            {**answer.values, **{name: make() for name, make in answer.late.items()}},
            _=partial(say, language),
            counted=partial(counted, language),
            retell=partial(retell, language),
            tell=partial(tell, language),
            going=shown(live, language).words if is_going and live else None,
            so_far=f" {say(language, 'so far')}" if is_going else "",
            has_forms=answer.has_forms,
            lang=language,
            title_of=_in(language, title_of),
            place_name=_in(language, place_name),
            system_title=_in(language, system_title),
            name_in=_in(language, name_in),
            flag_title=_in(language, flag_title),
            language_name=_in(language, language_name),
            reasons_of=lambda finding: reasons_of(finding, language),
            family_title=_in(language, family_title),
            type_title=_in(language, type_title),
            kind_title=_in(language, kind_title),
            tag=language_tag,
            charts={one.name: one for one in answer.charts},
            chart_file=lambda name: f"{path.rstrip('/')}/{name}" + (f"?{url.query}" if url.query else ""),
            at=partial(_with, url),
            path=path,
            twin=f"{twin}?{url.query}" if url.query else twin,
            other=_with(url, "lang", "en" if language == "zh" else "zh"),
        )


def _in(language: str, told: Callable[[str, str], str]) -> Callable[[str], str]:
    return lambda words: told(words, language)


def _with(url: URL, name: str, value: str) -> str:
    """Return the address of a page with one value of its query changed; an empty one is taken away."""
    changed = url.include_query_params(**{name: value}) if value else url.remove_query_params(name)
    return str(changed.replace(scheme="", netloc=""))


def _squeezed(words: str) -> str:
    """Return words with every run of blanks as one, those at the ends too: what stands beside stays apart."""
    return _BLANKS.sub(" ", words)


def _last_part(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2] or address


@pass_context
def _money(context: Context, amount: float | None, currency: str | None) -> str:
    """Return a sum as the language of the page has it."""
    return money(amount, currency, str(context.get("lang", "en")))


def _figure(number: float) -> str:
    return f"{number:,}"


def _bytes(number: int) -> str:
    """Return a size as people read it.

    >>> _bytes(812), _bytes(4_300_000), _bytes(72_000_000_000)
    ('812 B', '4.3 MB', '72.0 GB')
    """
    for unit, size in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)):
        if number >= size:
            return f"{number / size:,.1f} {unit}"
    return f"{number} B"
