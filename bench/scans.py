"""Character error and cost of recognising scans: ``make scans`` (``WRITE=1`` keeps the figures).

Pages of real PDFs that have a text layer are drawn as pictures at 150, 200 and 300 dpi, and at 200 dpi spoilt as a
copier and a fax do; what is recognised is compared with the text layer. Scans without a text layer have no truth: of
them the engine's confidence is told.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import time
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path
from statistics import mean, median

os.environ.setdefault("OMP_NUM_THREADS", "2")

import numpy as np
from PIL import Image, ImageFilter
from rapidfuzz.distance import Levenshtein

from sousveil.exceptions import FileFailure
from sousveil.parse import parse
from sousveil.parse.layout import text_of
from sousveil.parse.pdfium import pdfium, pdfium_c
from sousveil.parse.scan.engine import Engine, Raster, engine_version
from sousveil.parse.scan.pictures import Pictures
from sousveil.parse.scan.recogniser import Recogniser
from sousveil.parse.sniff import sniff
from sousveil.settings import DEFAULT_LIMITS

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("SOUSVEIL_SHARED", HERE.parents[1] / "shared"))
PAGES = 1
"""First pages of each file that can be compared, of the first ``MOST``."""
MOST = 12
FILES = 8
"""First files of each folder that have such a page."""
LEADERS = re.compile(r"[.·…_\-]{3,}")
LEAST = 200
"""Letters of a page's text layer; emptier pages tell nothing."""
SPOILS = {
    "clean 150": (150, "clean"),
    "clean 200": (200, "clean"),
    "clean 300": (300, "clean"),
    "copy 200": (200, "copy"),
    "fax 200": (200, "fax"),
}


def spoil(image: Image.Image, how: str, seed: int) -> Image.Image:
    """Return a page as it comes out of a copier (askew, soft, grainy, JPEG) or a fax (black and white)."""
    if how == "clean":
        return image
    if how == "fax":
        return image.convert("L").point(lambda value: 255 if value > 150 else 0).convert("RGB")
    turned = image.rotate(0.9, resample=Image.Resampling.BICUBIC, fillcolor="white").filter(
        ImageFilter.GaussianBlur(0.8)
    )
    noise = np.random.default_rng(seed).normal(0, 14, (*turned.size[::-1], 1))
    grainy = np.clip(np.asarray(turned, dtype=np.float32) * 0.9 + 18 + noise, 0, 255).astype(np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(grainy).save(buffer, "JPEG", quality=40)
    return Image.open(buffer).convert("RGB")


def letters(text: str) -> str:
    """Return what is compared: letters, digits, marks; widths folded, blanks, borders and leaders (....) left out."""
    folded = LEADERS.sub("", unicodedata.normalize("NFKC", text))
    return "".join(char for char in folded if not char.isspace() and char != "|")


def to_raster(image: Image.Image) -> Raster:
    """Return pixels as the engine takes them."""
    return np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])


def has_own_fonts(page: pdfium.PdfPage) -> bool:
    """Return whether all fonts of a page are in the file: without its font a text is there and cannot be drawn."""
    texts = page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_TEXT,), max_depth=2)
    return all(pdfium_c.FPDFFont_GetIsEmbedded(pdfium_c.FPDFTextObj_GetFont(item.raw)) == 1 for item in texts)


def truths(file: Path, document: pdfium.PdfDocument) -> list[tuple[int, str]]:
    """Return numbers and letters of the first pages that have a text layer worth comparing, and can be drawn."""
    data = file.read_bytes()
    try:
        read = parse(data, file="0" * 64, name=file.name, kind=sniff(data, file.name), limits=DEFAULT_LIMITS)
    except FileFailure:
        return []
    pages = [(page.number, letters(page.text)) for page in read.pages[:MOST]]
    return [(number, text) for number, text in pages if len(text) >= LEAST and has_own_fonts(document[number - 1])][
        :PAGES
    ]


def wrong_letters(truth: str, read: str) -> float:
    """Return the share of letters of the text layer that are lost or read as others, wherever they stand.

    The layers of forms and of columns have another order than the eye, and pictures on a page say more than its layer:
    ``in_order``, the edit distance, counts both as errors.
    """
    return sum((Counter(truth) - Counter(read)).values()) / len(truth)


def measure(recogniser: Recogniser, folder: Path) -> dict[str, dict[str, float]]:
    """Return error, letters lost and cost by how the pages were spoilt."""
    found: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    done = 0
    for file in sorted(folder.glob("*.pdf")):
        document = pdfium.PdfDocument(file.read_bytes())
        compared = truths(file, document) if done < FILES else []
        done += bool(compared)
        for number, truth in compared:
            for name, (dpi, how) in SPOILS.items():
                image = document[number - 1].render(scale=dpi / 72).to_pil().convert("RGB")
                raster = to_raster(spoil(image, how, number))
                begun = time.process_time()
                read = letters("".join(text_of(item) for item in recogniser.read(raster).items))
                seconds = time.process_time() - begun
                found[name].append(
                    (wrong_letters(truth, read), Levenshtein.distance(truth, read) / len(truth), seconds)
                )
    return {
        name: {
            "pages": len(rows),
            "error_median": round(median(row[0] for row in rows), 4),
            "error_mean": round(mean(row[0] for row in rows), 4),
            "in_order_median": round(median(row[1] for row in rows), 4),
            "seconds_a_page": round(mean(row[2] for row in rows), 2),
        }
        for name, rows in found.items()
    }


def confidences(recogniser: Recogniser, folder: Path) -> list[dict[str, object]]:
    """Return pages, confidence and cost of every scan."""
    rows: list[dict[str, object]] = []
    for file in sorted(folder.iterdir()):
        data = file.read_bytes()
        pictures = Pictures(DEFAULT_LIMITS, "auto", recogniser)
        begun = time.process_time()
        try:
            document = parse(
                data,
                file="0" * 64,
                name=file.name,
                kind=sniff(data, file.name),
                limits=DEFAULT_LIMITS,
                pictures=pictures,
            )
        except FileFailure as failure:
            rows.append({"file": file.name, "result": failure.reason})
            continue
        boxes = [box for page in document.pages for box in page.boxes]
        seconds = (time.process_time() - begun) / max(1, pictures.read_count)
        sure = round(mean(box.confidence for box in boxes), 3) if boxes else None
        rows.append(
            {"file": file.name, "pages": pictures.read_count, "confidence": sure, "seconds_a_page": round(seconds, 2)}
        )
    return rows


def main() -> None:
    """Print the figures; keep them in ``bench/scans.json`` with ``--write``."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--write", action="store_true")
    is_writing = arguments.parse_args().write
    if not (SHARED / "corpus").is_dir():
        print(f"No real PDFs at {SHARED}; set SOUSVEIL_SHARED.")
        return
    recogniser = Recogniser(Engine(), lambda: None)
    report: dict[str, object] = {"engine": engine_version()}
    for name, folder in (
        ("Chinese", "pdf/zh_tender"),
        ("traditional Chinese", "pdf/zh_hant"),
        ("other languages", "pdf/other"),
    ):
        figures = report[name] = measure(recogniser, SHARED / "corpus" / folder)
        for spoilt, row in figures.items():
            print(f"{name:<20} {spoilt:<10} {row}", flush=True)
    report["scans"] = confidences(recogniser, SHARED / "corpus" / "scans")
    for row in report["scans"]:  # type: ignore[attr-defined]
        print(row)
    if is_writing:
        (HERE / "scans.json").write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
