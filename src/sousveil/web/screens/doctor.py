"""The doctor's page: what ``sousveil doctor`` says, the settings in force, versions, space. Read only."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict

import msgspec

from sousveil.ask.doctor import Diagnosis, examine_machine
from sousveil.ask.in_force import list_settings, measure_space
from sousveil.dataset import Dataset
from sousveil.web.asked import Answer, Asked


def doctor(asked: Asked) -> Answer:
    """Answer with the state of the dataset and this machine; the dataset is opened anew, others need not wait."""
    paths = asked.dataset.paths
    found = examine_machine()
    try:
        with Dataset(paths) as opened:
            found += opened.examine()
            space, settings = measure_space(paths, opened.store), list_settings(paths, opened.settings)
    except sqlite3.DatabaseError as error:
        advice = "Move derived/store.db away and ingest the same paths again; evidence/ stays as it is."
        found.append(Diagnosis("rows", is_ok=False, text=f"the store cannot be read: {error}", advice=advice))
        space, settings = (), list_settings(paths, asked.dataset.settings)
    is_well = all(one.is_ok for one in found)
    return Answer(
        "doctor.html",
        lambda: {
            "v": 1,
            "ok": is_well,
            "checks": msgspec.to_builtins(found),
            "settings": [asdict(row) for row in settings],
            "space": [asdict(row) for row in space],
        },
        {"found": found, "wrong": sum(not one.is_ok for one in found), "settings": settings, "space": space},
    )
