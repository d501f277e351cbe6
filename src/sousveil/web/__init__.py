"""The web interface: pages made on the server from the answers of a dataset, and the same answers as JSON.

In: requests from this machine. Out: pages that read without scripts, each with a ``.json`` twin that is the object of
the command line's ``--json``. Refused: other hosts, other methods than GET, other origins. Kept where: nowhere; nothing
is written but pictures of pages, which may be deleted (``ask.facsimile``). What is served is what the store holds, in
which persons are masked; bytes of the vault never are, and a picture shows of them what the masked text allows.

``app`` puts it together, ``guard`` says who may ask, ``asked`` what a screen gets and gives, ``screens/`` has a file
per screen, ``templates/`` and ``static/`` what they look like.
"""

from __future__ import annotations

from sousveil.web.app import make_app

__all__ = ["make_app"]
