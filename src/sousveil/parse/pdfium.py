"""pdfium, started so that the same PDF gives the same text on every machine.

A PDF may name a font without carrying it. pdfium then looks for a likeness in the font folders of the system, and the
widths of that likeness decide which characters stand on one line: text, offsets and ids of findings would depend on
what happens to be installed. Without font folders pdfium uses the likenesses it has built in, and it is faster (1.7 ms
against 11.4 ms on PDFs without fonts of their own).
"""

from __future__ import annotations

import ctypes

import pypdfium2 as pdfium
from pypdfium2 import raw as pdfium_c

__all__ = ["pdfium", "pdfium_c"]

_NO_FOLDERS = (ctypes.POINTER(ctypes.c_char) * 1)()
"""A list of font folders that holds none; kept here, for pdfium keeps the address."""


def _start_without_system_fonts() -> None:
    """Start pdfium again with no font folders; its Python package has started it with those of the system."""
    pdfium_c.FPDF_DestroyLibrary()
    folders = ctypes.cast(_NO_FOLDERS, ctypes.POINTER(ctypes.POINTER(ctypes.c_char)))
    config = pdfium_c.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=folders, m_pIsolate=None, m_v8EmbedderSlot=0)
    pdfium_c.FPDF_InitLibraryWithConfig(config)


_start_without_system_fonts()
