"""Web pages of other administrations: label tables, definition lists, articles and plain text."""

from __future__ import annotations

from html import escape

from samples.blocks import Block, title_of
from samples.manuscript import Manuscript


def make_page(manuscript: Manuscript, blocks: list[Block]) -> str:
    """Return the page in the layout the manuscript names; ``text`` gives plain lines instead of HTML."""
    layouts = {"labels": _labels, "summary": _summary, "article": _article, "text": _text}
    return layouts[manuscript.header("layout")](manuscript, blocks)


def _open(manuscript: Manuscript, blocks: list[Block]) -> str:
    charset = manuscript.header("declared", manuscript.header("charset", "utf-8"))
    direction = ' dir="rtl"' if manuscript.header("lang") == "ar" else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{manuscript.header("lang", "en")}"{direction}><head>'
        f'<meta charset="{charset}"><title>{escape(title_of(blocks))}</title></head>\n'
    )


def _table(block: Block) -> str:
    head, *rest = block.rows
    lines = ["<tr>" + "".join(f"<th>{escape(cell)}</th>" for cell in head) + "</tr>"]
    lines += ["<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rest]
    return "<table>\n" + "\n".join(lines) + "\n</table>"


def _running(block: Block) -> str:
    tags = {"heading": "h2", "item": "li", "signature": "p", "paragraph": "p", "title": "h1"}
    tag = tags[block.kind]
    return f"<{tag}>{escape(block.text)}</{tag}>"


def _labels(manuscript: Manuscript, blocks: list[Block]) -> str:
    """A page of two-column label tables, one below each heading (Taiwan, Russia, Spain)."""
    out = [_open(manuscript, blocks), f'<body><div id="head">{escape(manuscript.header("site"))}</div>']
    is_open = False
    for block in blocks:
        if block.kind in ("pair", "overview"):
            out.append("" if is_open else '<table class="tb_01">')
            out.append(f"<tr><th>{escape(block.text)}</th><td>{escape(block.value)}</td></tr>")
            is_open = True
            continue
        out.append("</table>" if is_open else "")
        is_open = False
        out.append(_table(block) if block.kind == "table" else _running(block))
    out.append("</table>" if is_open else "")
    out.append(f'<div id="foot">{escape(manuscript.header("footer"))}</div></body></html>\n')
    return "\n".join(line for line in out if line)


def _summary(manuscript: Manuscript, blocks: list[Block]) -> str:
    """A page of definition lists under section headings (United Kingdom, France)."""
    out = [_open(manuscript, blocks), f"<body><header>{escape(manuscript.header('site'))}</header><main>"]
    for block in blocks:
        if block.kind in ("pair", "overview"):
            out.append(f"<dl><dt>{escape(block.text)}</dt><dd>{escape(block.value)}</dd></dl>")
        else:
            out.append(_table(block) if block.kind == "table" else _running(block))
    out.append(f"</main><footer>{escape(manuscript.header('footer'))}</footer></body></html>\n")
    return "\n".join(out)


def _article(manuscript: Manuscript, blocks: list[Block]) -> str:
    """A page of running text, labels and values in one paragraph each (county sites, city halls)."""
    out = [_open(manuscript, blocks), f"<body><nav>{escape(manuscript.header('nav'))}</nav><article>"]
    for block in blocks:
        if block.kind in ("pair", "overview"):
            out.append(f"<p><b>{escape(block.text)}:</b> {escape(block.value)}</p>")
        else:
            out.append(_table(block) if block.kind == "table" else _running(block))
    out.append(f"</article><footer>{escape(manuscript.header('footer'))}</footer></body></html>\n")
    return "\n".join(out)


def _text(manuscript: Manuscript, blocks: list[Block]) -> str:
    colon = "：" if manuscript.header("lang", "zh").startswith("zh") else ": "
    lines = []
    for block in blocks:
        if block.kind in ("pair", "overview"):
            lines.append(f"{block.text}{colon}{block.value}")
        elif block.kind == "table":
            lines += ["\t".join(row) for row in block.rows]
        else:
            lines += [block.text, ""] if block.kind == "title" else [block.text]
    return "\n".join(lines) + "\n"
