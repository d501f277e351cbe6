"""Pictures of a dataset: drawn in a locked worker, kept by what they are made of, never where they would tell of a person."""

import shutil
from dataclasses import replace

import pytest

from sousveil.ask.facsimile import Facsimile, Facsimiles, _checked
from sousveil.ask.pictures_kept import KeptPictures
from sousveil.dataset import init_dataset, sample_folder
from sousveil.exceptions import NotFoundError, WithheldError
from sousveil.model import Mask


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    """One PDF, alone and inside an archive, and one that has no picture."""
    folder = tmp_path_factory.mktemp("facsimile")
    given = folder / "in" / "notices"
    given.mkdir(parents=True)
    shutil.copy(sample_folder() / "cn" / "huyang-xueliang-award.pdf", given / "award.pdf")
    shutil.copy(sample_folder() / "cn" / "minyang-face-1-tender.html", given)
    shutil.make_archive(str(folder / "in" / "more"), "zip", given)
    with init_dataset(folder / "data") as opened:
        opened.ingest([folder / "in" / "more.zip"])
        yield opened


@pytest.fixture
def wanted(dataset):
    document = next(one for one in documents(dataset) if one.media_type == "application/pdf")
    view = dataset.document(document.id)
    return dataset.facsimiles.wanted(view.document, view.sightings, 1)


def documents(dataset):
    return [dataset.store.document(row[0]) for row in dataset.store.rows("SELECT DISTINCT file FROM pages")]


def test_a_page_inside_an_archive_is_drawn(dataset, wanted):
    assert wanted.member == "award.pdf"
    picture = dataset.facsimiles.draw(wanted)
    assert picture.png.startswith(b"\x89PNG")
    assert dataset.facsimile(dataset.document(wanted_id(dataset)).document.id, 1) == picture
    word = wanted.page.text.index("人脸识别摄像机")
    [(left, top, right, bottom)] = picture.areas(word, word + 7)
    assert 0 < left < right < picture.width
    assert 0 < top < bottom < picture.height


def wanted_id(dataset):
    return next(one.id for one in documents(dataset) if one.media_type == "application/pdf")


def test_a_page_that_is_masked_anew_has_another_name(wanted):
    more = replace(wanted.page, masks=(*wanted.page.masks, Mask(0, 3, "name")))
    assert replace(wanted, page=more).key != wanted.key


def test_what_is_kept_is_what_was_drawn(dataset, wanted, tmp_path):
    for folder in (tmp_path / "pictures", tmp_path / "none" / "pictures"):
        fresh = Facsimiles(dataset.vault, folder)
        drawn = fresh.draw(wanted)
        fresh.close()
        again = Facsimiles(dataset.vault, folder)
        again._draw = None  # nothing is drawn: it is kept
        assert again.draw(wanted) == drawn


def test_where_nothing_can_be_written_pictures_are_drawn_all_the_same(dataset, wanted, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    fresh = Facsimiles(dataset.vault, blocked / "pictures")
    assert fresh.draw(wanted) == fresh.draw(wanted) == dataset.facsimiles.draw(wanted)
    fresh.close()


def test_a_damaged_picture_is_drawn_again(tmp_path):
    kept, picture = KeptPictures(tmp_path, "1"), Facsimile(width=1, height=1, png=b"x", places=())
    kept.keep("a", picture)
    [file] = tmp_path.rglob("a")
    assert KeptPictures(tmp_path, "1").load("a", Facsimile) == picture
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    assert KeptPictures(tmp_path, "1").load("a", Facsimile) is None


def test_pictures_of_other_versions_are_swept_away_and_the_oldest_let_go(tmp_path):
    KeptPictures(tmp_path, "1").keep("old", Facsimile(width=1, height=1, png=b"x", places=()))
    kept = KeptPictures(tmp_path, "2", max_bytes=20_000)
    for number in range(65):
        kept.keep(f"{number}", Facsimile(width=1, height=1, png=bytes(1_000), places=()))
    names = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert "old" not in names
    assert "64" in names
    assert len(names) < 50


def test_a_worker_that_lies_gives_no_picture():
    lies = (b"{}", b"[]", b'{"width":5,"height":5,"pixels":"AAAA"}', b'{"width":"x"}', b"\xff")
    for parts in ((), *((lie,) for lie in lies)):
        with pytest.raises(WithheldError, match="gave no picture"):
            _checked(parts)


def test_what_has_no_picture_says_so(dataset):
    page = next(one for one in documents(dataset) if one.media_type == "text/html")
    with pytest.raises(WithheldError, match="no fixed look"):
        dataset.facsimile(page.id, 1)
    with pytest.raises(NotFoundError, match="no page 7"):
        dataset.facsimile(wanted_id(dataset), 7)


def test_rebuild_forgets_pictures(dataset, wanted):
    dataset.facsimiles.draw(wanted)
    dataset.rebuild()
    assert not dataset.paths.pictures.exists()
