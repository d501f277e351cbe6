"""Tables with sources: what the tool knows, as data that can be read and corrected without reading code.

In: ``NAME.yml`` beside this file. Out: frozen rows, checked on loading. Refused: a row with an unknown key, a
missing value, or a duplicate (``DataTableError``). Kept where: in memory, once per process.
"""
