"""OLE files, written here: a container of streams, and the Word, PowerPoint and Outlook files inside it."""

import struct

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR, MINI = 512, 64


def make_ole(streams):
    """OLE bytes from a mapping of paths ('a/b') to bytes; storages come from the paths."""
    entries = _entries(streams)
    mini, mini_fat, sectors, chains = bytearray(), [], [], []
    for entry in entries[1:]:
        if entry["kind"] != 2:
            continue
        data = entry["data"]
        if len(data) < 4096:
            count = -(-len(data) // MINI)
            entry["start"] = len(mini_fat) if count else END
            mini_fat += [*range(len(mini_fat) + 1, len(mini_fat) + count), END] if count else []
            mini += data.ljust(count * MINI, b"\0")
        else:
            entry["start"] = _store(data, sectors, chains)
    entries[0]["start"] = _store(bytes(mini), sectors, chains) if mini else END
    entries[0]["size"] = len(mini)
    mini_start = _store(struct.pack(f"<{len(mini_fat)}I", *mini_fat), sectors, chains, b"\xff") if mini_fat else END
    directory = _store(b"".join(map(_pack_entry, entries)), sectors, chains)
    fat_count = 1
    while len(sectors) + fat_count > fat_count * 128:
        fat_count += 1
    fat_start = len(sectors)
    fat = [*chains, *[FAT] * fat_count]
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(fat_count * SECTOR, b"\xff")
    difat = [*range(fat_start, fat_start + fat_count)]
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6xIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, fat_count, directory, 0, 4096)
        + struct.pack("<IIII", mini_start, -(-len(mini_fat) * 4 // SECTOR), END, 0)
        + struct.pack("<109I", *difat, *[FREE] * (109 - fat_count))
    )
    return header + b"".join(sectors) + table


def _store(data, sectors, chains, fill=b"\0"):
    start = len(sectors)
    count = max(1, -(-len(data) // SECTOR))
    sectors += [data[n * SECTOR : (n + 1) * SECTOR].ljust(SECTOR, fill) for n in range(count)]
    chains += [*range(start + 1, start + count), END]
    return start


def _entries(streams):
    """Directory entries, children linked as a chain of right siblings in the order OLE wants (length, then name)."""
    entries = [{"name": "Root Entry", "kind": 5, "children": []}]

    def child(parent, name, kind):
        for number in entries[parent]["children"]:
            if entries[number]["name"] == name:
                return number
        entries.append({"name": name, "kind": kind, "children": [], "data": b""})
        entries[parent]["children"].append(len(entries) - 1)
        return len(entries) - 1

    for path, data in streams.items():
        *folders, name = path.split("/")
        parent = 0
        for folder in folders:
            parent = child(parent, folder, 1)
        number = child(parent, name, 2)
        entries[number] |= {"data": data, "size": len(data)}
    for entry in entries:
        ordered = sorted(entry["children"], key=lambda n: (len(entries[n]["name"]), entries[n]["name"].upper()))
        entry["child"] = ordered[0] if ordered else FREE
        for left, right in zip(ordered, [*ordered[1:], FREE], strict=False):
            entries[left]["right"] = right
    return entries


def _pack_entry(entry):
    name = entry["name"].encode("utf-16-le") + b"\0\0"
    return (
        name.ljust(64, b"\0")
        + struct.pack("<HBB", len(name), entry["kind"], 1)
        + struct.pack("<III", FREE, entry.get("right", FREE), entry.get("child", FREE))
        + bytes(36)
        + struct.pack("<IQ", entry.get("start", 0 if entry["kind"] == 1 else END), entry.get("size", 0))
    )


# ---------------------------------------------------------------------- Word

IN_TABLE = struct.pack("<HB", 0x2416, 1)
ROW_END = struct.pack("<HB", 0x2417, 1)
INNER_CELL = struct.pack("<HB", 0x244B, 1)
INNER_ROW_END = struct.pack("<HB", 0x244C, 1)
HIDDEN = struct.pack("<HB", 0x083C, 1)
DELETED = struct.pack("<HB", 0x0800, 1)


def depth(level):
    return struct.pack("<HI", 0x6649, level)


def edges(*places):
    count = len(places) - 1
    operand = bytes([count]) + struct.pack(f"<{count + 1}h", *places) + bytes(20 * count)
    return struct.pack("<HH", 0xD608, len(operand) + 1) + operand


def row_end(*places):
    return IN_TABLE + ROW_END + edges(*places)


def make_doc(paragraphs, *, notes="", margins="", flags=0, pieces=1, hidden=()):
    """DOC bytes of Word 97.

    Args:
        paragraphs: (text with its end mark, properties) in order.
        notes, margins: texts behind the body.
        flags: bits of the header, 0x0100 for encrypted.
        pieces: into how many pieces the text is cut; they lie in the file in the opposite order.
        hidden: (first character, last + 1, properties) of stretches.
    """
    body = "".join(text for text, _ in paragraphs)
    text = body + notes + margins
    step = -(-len(text) // pieces)
    parts = [(at, text[at : at + step]) for at in range(0, len(text), step)]
    stream = bytearray(1024)
    offsets = {}
    for at, part in reversed(parts):
        offsets[at] = len(stream)
        stream += part.encode("utf-16-le")

    def place(index):
        start = index // step * step
        return offsets[start] + 2 * (index - start)

    runs = []
    at = 0
    for words, properties in paragraphs:
        runs.append((place(at + len(words) - 1), place(at + len(words) - 1) + 2, properties))
        at += len(words)
    stream = stream.ljust(-(-len(stream) // 512) * 512, b"\0")
    paragraph_pages = _pages(stream, sorted(runs), is_paragraph=True)
    marks = sorted((place(first), place(last - 1) + 2, properties) for first, last, properties in hidden)
    character_pages = _pages(stream, marks, is_paragraph=False) if marks else b""
    plan = b"\x01" + struct.pack("<H", 3) + b"abc"  # a change of a fast save, to be passed over
    table = struct.pack(f"<{len(parts) + 1}I", *(at for at, _ in parts), len(text))
    table += b"".join(struct.pack("<HIH", 0, offsets[at], 0) for at, _ in parts)
    plan += b"\x02" + struct.pack("<I", len(table)) + table
    one = character_pages + paragraph_pages + plan
    struct.pack_into("<HHHHHH", stream, 0, 0xA5EC, 0xC1, 0, 0x0804, 0, 0x0200 | flags)
    struct.pack_into("<8I", stream, 0x4C, len(body), len(notes), len(margins), 0, 0, 0, 0, 0)
    at = 0
    for number, data in ((12, character_pages), (13, paragraph_pages), (33, plan)):
        struct.pack_into("<II", stream, 0x9A + 8 * number, at, len(data))
        at += len(data)
    return make_ole({"WordDocument": bytes(stream), "1Table": one})


def _pages(stream, runs, *, is_paragraph):
    """Write one page of properties for each run behind the stream; return the list of pages."""
    starts, numbers = [], []
    for start, end, properties in runs:
        page = bytearray(512)
        body = struct.pack("<H", 0) + properties if is_paragraph else properties
        if is_paragraph:
            body += b"\0" * (len(body) % 2)
            packed = bytes([0, len(body) // 2]) + body
        else:
            packed = bytes([len(body)]) + body
        offset = (510 - len(packed)) // 2 * 2
        page[offset : offset + len(packed)] = packed
        struct.pack_into("<II", page, 0, start, end)
        page[8] = offset // 2
        page[511] = 1
        starts.append(start)
        numbers.append(len(stream) // 512)
        stream += page
    return struct.pack(f"<{len(starts) + 1}I", *starts, runs[-1][1]) + struct.pack(f"<{len(numbers)}I", *numbers)


# ---------------------------------------------------------------------- PowerPoint


def record(kind, content, *, instance=0):
    """A record; a list of records makes a container."""
    is_container = not isinstance(content, bytes)
    data = b"".join(content) if is_container else content
    return struct.pack("<HHI", instance << 4 | (15 if is_container else 0), kind, len(data)) + data


def words(text):
    return record(0x0FA0, text.encode("utf-16-le"))


def make_ppt(outlines, slides, *, notes=(), token=0xE391C05F, dead=()):
    """PPT bytes.

    Args:
        outlines: for each slide the texts of the document's list.
        slides: for each slide its own records.
        notes: texts of the speaker's notes.
        token: 0xF3D1C4DF for an encrypted file.
        dead: slides that an older save left behind.
    """
    listed = []
    for number, texts in enumerate(outlines):
        listed += [record(0x03F3, struct.pack("<IIIII", number + 2, 0, 0, 256 + number, 0)), *map(words, texts)]
    document = record(0x03E8, [record(0x0FF0, listed)])
    tops = [document, *(record(0x03EE, list(items)) for items in slides), *(record(0x03F0, [words(n)]) for n in notes)]
    stream = b"".join(record(0x03EE, [words(text)]) for text in dead)
    places = []
    for top in tops:
        places.append(len(stream))
        stream += top
    directory = len(stream)
    stream += record(0x1772, struct.pack(f"<I{len(places)}I", len(places) << 20 | 1, *places))
    edit = len(stream)
    stream += record(0x0FF5, struct.pack("<IIIIII", 0, 0, 0, directory, 1, 0))
    user = record(0x0FF6, struct.pack("<III", 0x14, token, edit) + bytes(8))
    return make_ole({"PowerPoint Document": stream, "Current User": user})


# ---------------------------------------------------------------------- Outlook


def make_msg(fields, attachments=(), *, code_page=936, inner=None):
    """MSG bytes.

    Args:
        fields: property and type ('0037001F') to bytes.
        attachments: (name, bytes).
        inner: (name, fields) of an attached message.
    """
    fixed = struct.pack("<HHIQ", 3, 0x3FFD, 6, code_page)
    streams = {"__properties_version1.0": bytes(32) + fixed}
    streams |= {f"__substg1.0_{name}": data for name, data in fields.items()}
    for number, (name, data) in enumerate(attachments):
        at = f"__attach_version1.0_#{number:08X}"
        streams[f"{at}/__properties_version1.0"] = bytes(8)
        streams[f"{at}/__substg1.0_3707001F"] = name.encode("utf-16-le")
        if data is not None:
            streams[f"{at}/__substg1.0_37010102"] = data
    if inner:
        name, inner_fields = inner
        at = f"__attach_version1.0_#{len(attachments):08X}"
        streams[f"{at}/__substg1.0_3001001F"] = name.encode("utf-16-le")
        streams[f"{at}/__substg1.0_3701000D/__properties_version1.0"] = bytes(24) + fixed
        for key, data in inner_fields.items():
            streams[f"{at}/__substg1.0_3701000D/__substg1.0_{key}"] = data
    return make_ole(streams)
