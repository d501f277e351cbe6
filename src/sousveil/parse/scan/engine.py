"""The engine: RapidOCR's models for 50 languages, Chinese first, run by OpenVINO on the processor.

Measured against others in ``docs/decisions/scans.md``. It is loaded once per process, takes a second and 1.2 GB, and
uses as many threads as ``OMP_NUM_THREADS`` says. It sends nothing: the telemetry that comes with OpenVINO is kept from
being imported, and a worker has no network anyway.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Raster = NDArray[np.uint8]
"""Pixels by row, column and channel: blue, green, red."""
Quad = NDArray[np.float32]
"""Four corners (x, y) in pixels, from the upper left clockwise as the line runs."""

_BATCH = 6
_DETECTION, _RECOGNITION = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
_TELEMETRY = "openvino_telemetry"
_THREADS = "OMP_NUM_THREADS"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text on a picture: its words, how sure the engine is (0 to 1), its corners."""

    text: str
    confidence: float
    quad: Quad


def is_installed() -> bool:
    """Return whether the packages of the extra ``ocr`` are there."""
    return all(find_spec(name) is not None for name in ("rapidocr", "openvino", "PIL"))


@cache
def engine_version() -> str:
    """Return the name and version of what recognises, for the version of what it made; empty where not installed.

    The same version gives the same text on one machine; another processor may round differently.
    """
    try:
        return f"rapidocr-{version('rapidocr')}+openvino-{version('openvino')}"
    except PackageNotFoundError:
        return ""


class Engine:
    """Finds lines on a picture and reads them; load it before the process is locked down."""

    def __init__(self) -> None:
        blocked: dict[str, Any] = {_TELEMETRY: None}  # Python's way to say: not to be imported
        sys.modules.update(blocked)
        import rapidocr  # noqa: PLC0415 (an extra; a second to load)
        from rapidocr.utils.typings import EngineType  # noqa: PLC0415

        models = Path(rapidocr.__file__).parent / "models"
        kinds = {f"{step}.engine_type": EngineType.OPENVINO for step in ("Det", "Rec", "Cls")}
        self._ocr: Any = rapidocr.RapidOCR(
            params={
                **kinds,
                "Global.log_level": "critical",
                "Global.max_side_len": 4000,
                "Det.model_path": str(models / _DETECTION),
                "Det.limit_type": "max",  # pictures come in the size in which they are to be looked at
                "Det.limit_side_len": 4000,
                "Rec.model_path": str(models / _RECOGNITION),
                "Rec.rec_batch_num": _BATCH,
                "EngineConfig.openvino.inference_num_threads": int(os.environ.get(_THREADS, "1")),
            }
        )

    def find_quads(self, picture: Raster) -> list[Quad]:
        """Return the corners of every line of text, in no order that matters."""
        found = self._ocr(picture, use_det=True, use_cls=False, use_rec=False)
        boxes = getattr(found, "boxes", None)
        return [] if boxes is None else [np.asarray(box, dtype=np.float32) for box in boxes]

    def read_quads(self, picture: Raster, quads: list[Quad]) -> list[Line]:
        """Return the line in each box, in the order of the boxes; its text is empty where nothing can be read."""
        if not quads:
            return []
        crops = self._ocr.crop_text_regions(picture, quads)
        read = self._ocr.recognize_txt(crops)
        return [Line(text, float(score), quad) for text, score, quad in zip(read.txts, read.scores, quads, strict=True)]
