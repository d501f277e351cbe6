"""Where a library gives up in silence, the document says that it is not whole: nested too deep, or one part too large.

libxml2 gave no characters and no error for HTML nested 300,000 deep, and for an attribute of 40 MB; what reads HTML here
is another library, with limits of our own before it.
"""

import io
import zipfile

import pytest

from sousveil.pipeline import process

HUGE = "x" * (40 << 20)
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
BODY = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body>{}</w:body></w:document>"
)
PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


def docx(inside):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("word/document.xml", BODY.format(PARAGRAPH.format("before") + inside))
    return buffer.getvalue()


def nested(start, end, depth, text):
    return start * depth + text + end * depth


def page(inside):
    return f"<html><body><p>before</p>{inside}<p>after</p></body></html>".encode()


def xml(inside):
    return f"<?xml version='1.0'?><r><t>before</t>{inside}<t>after</t></r>".encode()


def fate(name, untrusted):
    (part,) = process(untrusted, name=name)
    text = "\n".join(page.text for page in part.document.pages) if part.document else ""
    return part, text


@pytest.mark.parametrize(
    ("start", "end"), [("<div>", "</div>"), ("<div>", ""), ("<b>", "</b>"), ("<table><tr><td>", "</td></tr></table>")]
)
def test_html_nested_too_deep_keeps_its_text_and_says_so(start, end):
    part, text = fate("a.html", page(nested(start, end, 300_000 // start.count("<"), "the words inside")))
    assert part.status == "partly"
    assert "nested too deep" in part.failure.reason
    assert all(words in text for words in ("before", "the words inside", "after"))


@pytest.mark.parametrize("attribute", [f'a="{HUGE}"', f"a={HUGE}", f"{HUGE}"])
def test_html_with_a_huge_attribute_loses_no_text(attribute):
    part, text = fate("a.html", page(f"<p {attribute}>the words inside</p>"))
    assert part.status == "read"
    assert all(words in text for words in ("before", "the words inside", "after"))


@pytest.mark.parametrize(
    "inside",
    [nested("<a>", "</a>", 300_000, "inside"), f"<a b='{HUGE}'>inside</a>", f"<a>{HUGE}</a>", f"<{HUGE}/>"],
    ids=["deep", "attribute", "text", "name"],
)
def test_xml_beyond_what_its_parser_takes_is_marked(inside):
    part, text = fate("a.xml", xml(inside))
    assert part.status in ("partly", "failed")
    assert "not well-formed" in part.failure.reason
    assert part.status == "failed" or "before" in text


@pytest.mark.parametrize(
    "inside",
    [
        nested("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 150_000, PARAGRAPH.format("inside")),
        f'<w:p w:rsid="{HUGE}"><w:r><w:t>inside</w:t></w:r></w:p>',
        PARAGRAPH.format(HUGE),
    ],
    ids=["deep", "attribute", "text"],
)
def test_docx_beyond_what_its_parser_takes_is_marked(inside):
    part, _ = fate("a.docx", docx(inside))
    assert part.kind == "docx"
    assert part.status in ("partly", "failed")
    assert "not well-formed" in part.failure.reason


def test_the_same_files_within_bounds_are_read_whole():
    few = nested("<a>", "</a>", 100, "the words inside")
    for name, untrusted in (("a.html", page(few)), ("a.xml", xml(few)), ("a.docx", docx(PARAGRAPH.format("inside")))):
        part, text = fate(name, untrusted)
        assert part.status == "read", (name, part.failure)
        assert "inside" in text
