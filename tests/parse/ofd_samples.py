"""OFD files, written here: a generator of pages with text, lines, pictures, templates and attachments."""

from tests.parse.samples import make_zip

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text(x, y, words, *, size=4.5, deltas=None, extra="", font=1):
    """A piece of text whose base line begins at (x, y), in millimetres."""
    spacing = f' DeltaX="{deltas}"' if deltas else ""
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y - size} 150 {size + 2}" Font="{font}" Size="{size}"{extra}>'
        f'<ofd:TextCode X="0" Y="{size}"{spacing}>{escaped}</ofd:TextCode></ofd:TextObject>'
    )


def line(x1, y1, x2, y2):
    """A drawn line."""
    return (
        f'<ofd:PathObject ID="2" Boundary="{min(x1, x2)} {min(y1, y2)} 1 1" LineWidth="0.3">'
        f"<ofd:AbbreviatedData>M {x1 - min(x1, x2)} {y1 - min(y1, y2)} L {x2 - min(x1, x2)} {y2 - min(y1, y2)}"
        "</ofd:AbbreviatedData></ofd:PathObject>"
    )


def grid(xs, ys):
    """The borders of a table."""
    return "".join(line(xs[0], y, xs[-1], y) for y in ys) + "".join(line(x, ys[0], x, ys[-1]) for x in xs)


def frame(x1, y1, x2, y2):
    """A rectangle drawn as one path."""
    return (
        f'<ofd:PathObject ID="3" Boundary="{x1} {y1} {x2 - x1} {y2 - y1}"><ofd:AbbreviatedData>'
        f"M 0 0 L {x2 - x1} 0 L {x2 - x1} {y2 - y1} L 0 {y2 - y1} C</ofd:AbbreviatedData></ofd:PathObject>"
    )


PICTURE = '<ofd:ImageObject ID="4" Boundary="0 0 210 297" ResourceID="9"/>'


def page(*objects, template=""):
    """The XML of a page."""
    used = f'<ofd:Template TemplateID="{template}" ZOrder="Background"/>' if template else ""
    return (
        f"<ofd:Page {NS}>{used}<ofd:Content><ofd:Layer ID='1'>{''.join(objects)}</ofd:Layer></ofd:Content></ofd:Page>"
    )


def make_ofd(*documents, templates=None, attachments=(), extra=None):
    """OFD bytes.

    Args:
        documents: for each document its pages.
        templates: XML of template pages by their ID, of the first document.
        attachments: names of attached files of the first document.
        extra: further members.
    """
    members = {}
    roots = ""
    for number, pages in enumerate(documents):
        folder = f"Doc_{number}"
        # one document names its place from the root, the others from where they are
        roots += f"<ofd:DocBody><ofd:DocRoot>{'/' if number else ''}{folder}/Document.xml</ofd:DocRoot></ofd:DocBody>"
        listed = "".join(f'<ofd:Page ID="{at + 1}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages)))
        common = "".join(
            f'<ofd:TemplatePage ID="{name}" BaseLoc="Tpls/{name}/Content.xml"/>' for name in templates or {}
        )
        attached = "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>" if attachments and not number else ""
        members[f"{folder}/Document.xml"] = (
            f"<ofd:Document {NS}><ofd:CommonData>{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{attached}"
            "</ofd:Document>"
        ).encode()
        for at, xml in enumerate(pages):
            members[f"{folder}/Pages/Page_{at}/Content.xml"] = xml.encode()
    for name, xml in (templates or {}).items():
        members[f"Doc_0/Tpls/{name}/Content.xml"] = xml.encode()
    if attachments:
        items = "".join(
            f'<ofd:Attachment ID="{name}" Name="{name}"><ofd:FileLoc>{name}</ofd:FileLoc></ofd:Attachment>'
            for name in attachments
        )
        members["Doc_0/Attachs/Attachments.xml"] = f"<ofd:Attachments {NS}>{items}</ofd:Attachments>".encode()
    return make_zip({"OFD.xml": f"<ofd:OFD {NS}>{roots}</ofd:OFD>".encode(), **members, **(extra or {})})
