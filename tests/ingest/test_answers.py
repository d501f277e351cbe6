"""Answers of a worker that a hostile file has taken over, or that has a bug."""

import msgspec

from sousveil.ingest.answers import checked_parts
from sousveil.pipeline import Part
from sousveil.run.protocol import Answer

FILE = "ab" * 32


def part(member="", file=FILE, **changes):
    values = {"size": 1, "kind": "zip", "media_type": "application/zip", "status": "read", **changes}
    return msgspec.json.encode({"member": member, "file": file, **values})


def check(*parts) -> list[Part]:
    return list(checked_parts(Answer(key=1, parts=parts), file=FILE, size=1))


def test_honest_answers_pass():
    *members, own = check(part("a", "cd" * 32), part())
    assert [member.member for member in members] == ["a"]
    assert (own.status, own.members, own.failure) == ("read", 1, None)


def test_an_answer_that_is_not_understood_is_told():
    for bad in (part("b", "cd" * 32, status="splendid"), b'{"member": 7}', part(file="ef" * 32)):
        *members, own = check(part("a", "cd" * 32), bad, part())
        assert len(members) == 1
        assert own.status == "partly"
        assert own.failure is not None
        assert "1 answer of the reader could not be understood" in own.failure.reason
        assert own.failure.advice.endswith(".")
