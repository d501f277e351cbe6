"""Small files of every kind, made on the fly; all names and texts are invented."""

import io
import struct
import zipfile
import zlib

NOTICE = """<!DOCTYPE html>
<html><head><meta charset="utf-8">
<title>云溪市公安局视频监控扩容项目公开招标公告 - 云溪市政府采购网</title>
<meta name="ArticleTitle" content="云溪市公安局视频监控扩容项目公开招标公告">
<meta name="PubDate" content="2025-03-04 10:00">
<style>.x{display:none}</style><script>var hidden = "<p>不是正文</p>";</script></head>
<body><div class="nav"><a href="/a">首页</a><a href="/b">采购公告</a></div>
<h1>云溪市公安局视频监控扩容项目公开招标公告</h1>
<p>发布日期：2025年3月4日</p>
<p>项目编号：<b>YX</b>CG-2025-<span>017</span></p>
<table border=1>
<tr><th>序号</th><th>名称</th><th>数量</th></tr>
<tr><td rowspan=2>1</td><td>高清摄像机</td><td>120台</td></tr>
<tr><td>存储服务器</td><td>4台</td></tr>
<tr><td colspan=2>合计</td><td>124</td></tr>
</table>
<p style="display:none">藏起来的话</p>
</body></html>"""


def make_zip(members, *, method=zipfile.ZIP_DEFLATED):
    """ZIP bytes from a mapping of names to bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def make_gbk_zip(name, data):
    """A stored ZIP whose one name is GBK without the UTF-8 flag, as Windows in China packs it."""
    raw = name.encode("gbk")
    crc = zlib.crc32(data)
    local = (
        struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, 0, 0, 0, 33, crc, len(data), len(data), len(raw), 0)
        + raw
        + data
    )
    central = (
        struct.pack(
            "<4sHHHHHHIIIHHHHHII",
            b"PK\x01\x02",
            20,
            20,
            0,
            0,
            0,
            33,
            crc,
            len(data),
            len(data),
            len(raw),
            0,
            0,
            0,
            0,
            0,
            0,
        )
        + raw
    )
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def make_docx(body, **parts):
    """DOCX bytes around the XML of a body; further parts by name without folder and ending."""
    members = {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": b'<Relationships><Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>".encode(),
    }
    for name, xml in parts.items():
        members[f"word/{name}.xml"] = f"<w:x {W}>{xml}</w:x>".encode()
    return make_zip(members)


def paragraph(*texts):
    """A Word paragraph with one run for each text."""
    return "<w:p>" + "".join(f"<w:r><w:t>{text}</w:t></w:r>" for text in texts) + "</w:p>"


def table(*rows):
    """A Word table from rows of cell XML."""
    return (
        "<w:tbl>"
        + "".join("<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
        + "</w:tbl>"
    )


def make_xlsx(sheets):
    """XLSX bytes from a mapping of sheet names to rows."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()


def make_pdf(*contents):
    """PDF bytes with one page for each content stream; font F1 is Helvetica, so ASCII only."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for content in contents:
        stream = content.encode("latin-1")
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
            % len(objects)
        )
        kids.append(len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj" % number + body + b"endobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


def text_at(x, y, words):
    """Content stream that writes words at a place."""
    return f"BT /F1 11 Tf {x} {y} Td ({words}) Tj ET\n"


def ruled_grid(xs, ys):
    """Content stream that draws the lines of a grid."""
    lines = [f"{x} {ys[0]} m {x} {ys[-1]} l S\n" for x in xs] + [f"{xs[0]} {y} m {xs[-1]} {y} l S\n" for y in ys]
    return "".join(lines)
