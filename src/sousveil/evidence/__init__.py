"""The bytes once, for good: files by hash, and a ledger of where and when they were seen.

In: bytes and sightings. Out: the same bytes, checked against their hash; sightings in order. Refused: bytes that no
longer match their hash, a ledger line that breaks the chain. Kept where: ``evidence/`` of the dataset; nothing here
is ever changed or deleted by sousveil.

>>> import tempfile, pathlib
>>> from sousveil.evidence.vault import Vault, sha256_of
>>> vault = Vault(pathlib.Path(tempfile.mkdtemp()))
>>> vault.put_many({sha256_of(b"notice"): b"notice"})
>>> vault.load(sha256_of(b"notice"))
b'notice'
"""
