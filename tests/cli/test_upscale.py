"""The journey from command line to file, on real files, as a person would make it."""

import os
import sys

import cv2
import numpy as np
import pytest
from PIL import Image

import sr_desktop
from sr_desktop.batch import convert_file, models
from sr_desktop.cli import log
from sr_desktop.engine.model import open_model
from sr_desktop.engine.targets import Factor, plan
from sr_desktop.engine.upscale import upscale, upscale_strips
from sr_desktop.imaging.reading import reader
from sr_desktop.library import catalogue
from sr_desktop.progress import run
from tests.cli.conftest import files_in, format_of, size_of


def joined(*parts):
    """Return a path as a person types it, which `Path` would tidy up."""
    return os.sep.join(parts)  # noqa: PTH118


ROW_KEYS = ["input", "output", "status", "width", "height", "passes", "seconds", "kept", "changed", "error"]

posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows has no such names or links")


def test_a_picture_becomes_twice_as_large_beside_itself(say, photo, here):
    photo("photo.png", width=24, height=16)
    said = say("upscale", "photo.png")
    assert said.status == 0
    assert said.out.startswith("photo.png -> photo_2x.png  48 × 32")
    assert said.err == ""
    assert size_of(here / "photo_2x.png") == (48, 32)


def test_the_file_holds_what_the_engine_computes(say, photo, here):
    source = photo("photo.png", width=40, height=30)
    say("upscale", "photo.png", "--scale", "3")
    raster = reader.read(source)
    model = open_model(catalogue.bundled(3).path)
    expected = run(upscale(raster, plan(Factor(3), (3,), height=30, width=40), lambda scale: model))
    written = cv2.imread(str(here / "photo_3x.png"), cv2.IMREAD_UNCHANGED)
    np.testing.assert_array_equal(written[:, :, ::-1], expected.samples)


@pytest.mark.parametrize("suffix", [".jpg", ".jpeg", ".png", ".webp", ".tif", ".bmp", ".avif", ".JPG"])
def test_the_result_keeps_the_ending(say, photo, here, suffix):
    photo(f"photo{suffix}")
    assert say("upscale", f"photo{suffix}").status == 0
    assert size_of(here / f"photo_2x{suffix}") == (48, 32)


def test_what_cannot_be_written_becomes_png(say, here):
    Image.new("P", (10, 8)).save(here / "old.gif")
    Image.new("RGB", (10, 8)).save(here / "bare", format="PNG")
    assert say("upscale", "old.gif", "bare", "--output", ".").status == 0
    assert files_in(here) == ["bare", "bare.png", "old.gif", "old.png"]
    assert format_of(here / "old.png") == "PNG"


def test_a_format_can_be_chosen_and_an_ending_beats_it(say, photo, here):
    photo("photo.png")
    assert say("upscale", "photo.png", "--format", "webp").status == 0
    assert say("upscale", "photo.png", "--format", "webp", "--output", "named.jpg").status == 0
    assert say("upscale", "photo.png", "--format", "tiff", "--output", "no ending").status == 0
    formats = {name: format_of(here / name) for name in ("photo_2x.webp", "named.jpg", "no ending")}
    assert formats == {"photo_2x.webp": "WEBP", "named.jpg": "JPEG", "no ending": "TIFF"}


def test_an_ending_of_the_chosen_format_stays(say, photo, here):
    photo("photo.jpeg")
    say("upscale", "photo.jpeg", "--format", "JPEG")
    assert (here / "photo_2x.jpeg").exists()


def test_json_is_one_object_per_file_and_nothing_else(say, photo):
    photo("a.png")
    photo("b.jpg")
    said = say("upscale", "a.png", "gone.png", "b.jpg", "--output", "out", "--json")
    assert said.status == 1
    assert [list(row) for row in said.rows] == [ROW_KEYS] * 3
    assert [row["status"] for row in said.rows] == ["done", "failed", "done"]
    done, failed, _ = said.rows
    assert (done["input"], done["output"]) == ("a.png", joined("out", "a.png"))
    assert (done["width"], done["height"], done["error"]) == (48, 32, None)
    assert done["seconds"] > 0
    assert failed["error"] == {"title": "gone.png does not exist.", "hint": "Check the path."}
    assert (failed["width"], failed["height"]) == (None, None)


def test_inputs_are_repeated_as_they_were_given(say, photo, here):
    photo("a.png")
    photo("folder/sub/b.png")
    given = [joined(".", "a.png"), "folder" + os.sep, str(here / "a.png")]
    said = say("upscale", *given, "--recursive", "--output", "out", "--json")
    assert [row["input"] for row in said.rows] == [given[0], joined("folder", "sub", "b.png"), given[2]]


def test_one_input_goes_to_a_file_and_its_folder_is_made(say, photo, here):
    photo("a.png")
    assert say("upscale", "a.png", "--output", joined("new", "deep", "b.png")).status == 0
    assert size_of(here / "new" / "deep" / "b.png") == (48, 32)


@pytest.mark.parametrize("output", ["there", "new" + os.sep, joined("there", "")])
def test_into_a_folder_names_keep_their_stem(say, photo, here, output):
    photo("a.png")
    (here / "there").mkdir()
    assert say("upscale", "a.png", "--output", output).status == 0
    assert size_of(here / output / "a.png") == (48, 32)


def test_the_structure_below_a_folder_is_kept(say, photo, here):
    for name in ("in/a.png", "in/deep/b.jpg", "in/deep/er/c.png"):
        photo(name)
    assert say("upscale", "in", "--recursive", "--output", "out").status == 0
    assert files_in(here / "out") == sorted(["a.png", joined("deep", "b.jpg"), joined("deep", "er", "c.png")])


def test_without_recursive_only_the_folder_itself_is_opened(say, photo):
    photo("in/a.png")
    photo("in/deep/b.png")
    said = say("upscale", "in", "--output", "out", "--json")
    assert [row["input"] for row in said.rows] == [joined("in", "a.png")]


def test_folders_are_read_in_natural_order_without_hidden_files_and_others(say, photo, here):
    for name in ("p10.png", "p2.png", "P1.png", ".hidden.png", ".cache/x.png", "b/z.png"):
        photo(f"in/{name}")
    (here / "in" / "notes.txt").write_text("no picture")
    said = say("upscale", "in", "--recursive", "--output", "out", "--json")
    names = [os.path.relpath(row["input"], "in") for row in said.rows]
    assert names == [joined("b", "z.png"), "P1.png", "p2.png", "p10.png"]


def test_several_inputs_do_not_fit_into_a_file(say, photo, here):
    photo("a.png")
    photo("b.png")
    (here / "out.png").write_bytes(b"something")
    said = say("upscale", "a.png", "b.png", "--output", "out.png")
    assert said.status == 2
    assert "out.png is a file, but several results need a folder." in said.err
    assert files_in(here) == ["a.png", "b.png", "out.png"]


def test_an_existing_result_is_left_alone_unless_a_flag_says_otherwise(say, photo, here):
    photo("a.png")
    result = here / "a_2x.png"
    result.write_bytes(b"mine")
    refused = say("upscale", "a.png", "--json")
    assert refused.status == 1
    assert refused.rows[0]["error"]["title"] == "a_2x.png exists already."
    skipped = say("upscale", "a.png", "--json", "--skip-existing")
    assert (skipped.status, skipped.rows[0]["status"], skipped.rows[0]["output"]) == (0, "skipped", "a_2x.png")
    assert result.read_bytes() == b"mine"
    assert say("upscale", "a.png", "--overwrite").status == 0
    assert size_of(result) == (48, 32)
    assert say("upscale", "a.png", "--overwrite", "--skip-existing").status == 2


def test_a_missing_input_fails_even_if_its_result_is_there(say, here):
    (here / "gone_2x.png").write_bytes(b"mine")
    said = say("upscale", "gone.png", "--skip-existing", "--json")
    assert (said.status, said.rows[0]["status"]) == (1, "failed")


def test_of_two_inputs_with_one_result_the_second_fails(say, photo, here):
    photo("one/a.png", width=24)
    photo("two/a.png", width=30)
    said = say("upscale", joined("one", "a.png"), joined("two", "a.png"), "--output", "out", "--json")
    assert said.status == 1
    assert [row["status"] for row in said.rows] == ["done", "failed"]
    assert said.rows[1]["error"]["title"].startswith(joined("one", "a.png") + " has the same result")
    assert size_of(here / "out" / "a.png") == (48, 32)


def test_an_input_that_is_missing_does_not_take_the_name_from_another(say, photo):
    photo("a.jpg")
    said = say("upscale", "a.png", "a.jpg", "--format", "png", "--json")
    assert [row["status"] for row in said.rows] == ["failed", "done"]


@pytest.mark.parametrize("flags", [[], ["--overwrite"], ["--skip-existing"]])
def test_a_result_never_replaces_its_input(say, photo, here, flags):
    source = photo("a.png")
    before = source.read_bytes()
    said = say("upscale", "a.png", "--output", joined(".", "a.png"), *flags)
    assert said.status == 1
    assert "would be the input itself" in said.err
    assert source.read_bytes() == before


@posix_only
def test_a_link_to_the_input_is_the_input(say, photo, here):
    source = photo("a.png")
    before = source.read_bytes()
    (here / "link.png").symlink_to(source)
    assert say("upscale", "a.png", "--output", "link.png", "--overwrite").status == 1
    assert source.read_bytes() == before


def test_a_result_never_replaces_another_input(say, photo):
    photo("a.png")
    other = photo("a_2x.png", width=20)
    before = other.read_bytes()
    said = say("upscale", "a.png", "a_2x.png", "--overwrite", "--json")
    assert [row["status"] for row in said.rows] == ["failed", "done"]
    assert "would replace another input" in said.rows[0]["error"]["title"]
    assert other.read_bytes() == before


def test_a_folder_with_the_name_of_the_result_is_said(say, photo, here):
    photo("a.png")
    (here / "a_2x.png").mkdir()
    said = say("upscale", "a.png", "--overwrite")
    assert said.status == 1
    assert "a_2x.png is a folder." in said.err


def test_a_folder_can_be_converted_again(say, photo, here):
    photo("in/a.jpg")
    photo("in/b_2x.png")  # a picture of its own: there is no b
    assert say("upscale", "in").status == 0
    after_one = files_in(here / "in")
    assert after_one == ["a.jpg", "a_2x.jpg", "b_2x.png", "b_2x_2x.png"]
    again = say("upscale", "in", "--skip-existing")
    assert again.status == 0
    assert "Left out: 2 results of an earlier run." in again.err
    assert files_in(here / "in") == after_one
    assert say("upscale", joined("in", "a_2x.jpg")).status == 0
    assert (here / "in" / "a_2x_2x.jpg").exists()


def test_an_output_folder_inside_the_input_is_not_read(say, photo, here):
    photo("in/a.png")
    output = joined("in", "out")
    assert say("upscale", "in", "--recursive", "--output", output).status == 0
    assert say("upscale", "in", "--recursive", "--output", output, "--overwrite").status == 0
    assert files_in(here / "in") == ["a.png", joined("out", "a.png")]


def test_a_folder_can_be_given_as_its_own_output_with_another_format(say, photo, here):
    photo("in/a.jpg")
    assert say("upscale", "in", "--output", "in").status == 1
    assert say("upscale", "in", "--output", "in", "--format", "png").status == 0
    assert files_in(here / "in") == ["a.jpg", "a.png"]


def test_an_empty_folder_is_done_and_said(say, here):
    (here / "empty").mkdir()
    said = say("upscale", "empty", "--json")
    assert (said.status, said.out, said.err) == (0, "", "There are no pictures here.\n")


def test_one_bad_file_is_one_row_and_leaves_nothing(say, photo, here):
    photo("a.png")
    (here / "bad.png").write_bytes((here / "a.png").read_bytes()[:60])
    photo("c.png")
    said = say("upscale", "a.png", "bad.png", "c.png", "--output", "out", "--json")
    assert said.status == 1
    assert [row["status"] for row in said.rows] == ["done", "failed", "done"]
    assert said.rows[1]["error"]["title"].startswith("bad.png is ")
    assert files_in(here / "out") == ["a.png", "c.png"]


def test_a_fault_of_ours_is_one_row_and_kept_in_the_log(say, photo, monkeypatch):
    def faulty(source, planned, models, out):
        if source.outline.width == 20:
            raise ZeroDivisionError("by a mistake of ours")
        return upscale_strips(source, planned, models, out)

    monkeypatch.setattr(convert_file, "upscale_strips", faulty)
    photo("a.png", width=20)
    photo("b.png")
    said = say("upscale", "a.png", "b.png", "--output", "out", "--json")
    assert [row["status"] for row in said.rows] == ["failed", "done"]
    assert "by a mistake of ours" in said.rows[0]["error"]["title"]
    assert str(log.path()) in said.rows[0]["error"]["hint"]
    assert "ZeroDivisionError: by a mistake of ours" in log.path().read_text()


def test_too_little_memory_is_a_sentence(say, photo, monkeypatch):
    def too_large(source, planned, models, out):
        raise MemoryError

    monkeypatch.setattr(convert_file, "upscale_strips", too_large)
    photo("a.png")
    said = say("upscale", "a.png")
    assert said.status == 1
    assert "not enough memory for the result" in said.err


def test_a_log_that_cannot_be_written_stops_nothing(say, photo, user_dirs):
    (user_dirs / "logs").write_text("a file where the folder should be")
    photo("a.png")
    assert say("upscale", "a.png").status == 0


def test_a_file_in_place_of_the_output_folder_is_said(say, photo, here):
    photo("a.png")
    (here / "file").write_text("")
    said = say("upscale", "a.png", "--output", joined("file", "b.png"))
    assert said.status == 1
    assert "can't be written" in said.err


def test_what_changes_is_said(say, here):
    Image.new("RGBA", (12, 10), (200, 100, 50, 128)).save(here / "a.png")
    said = say("upscale", "a.png", "--output", "a.jpg", "--json")
    assert [change["id"] for change in said.rows[0]["changed"]] == ["alpha"]
    assert said.rows[0]["changed"][0]["text"].startswith("JPEG can't hold transparency")
    shown = say("upscale", "a.png", "--output", "b.jpg").out.splitlines()
    assert shown[1] == "  " + said.rows[0]["changed"][0]["text"]
    assert say("upscale", "a.png", "--json").rows[0]["kept"] == ["alpha"]


def animation(path):
    frames = [Image.new("RGB", (24, 16), (60 * number, 100, 200)) for number in range(3)]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=[50, 100, 150], loop=2)


def test_every_frame_of_an_animation_is_enlarged(say, here):
    animation(here / "a.gif")
    row = say("upscale", "a.gif", "--json").rows[0]
    assert (row["output"], row["width"], row["height"]) == ("a_2x.png", 48, 32)
    assert "animation" in row["kept"]
    with Image.open(here / "a_2x.png") as image:
        assert (image.n_frames, image.info["loop"]) == (3, 2)


def test_an_animation_in_a_format_without_them_is_its_first_frame_and_said(say, here):
    animation(here / "a.gif")
    row = say("upscale", "a.gif", "--format", "jpeg", "--json").rows[0]
    assert "animation" in [change["id"] for change in row["changed"]]
    assert size_of(here / "a_2x.jpg") == (48, 32)


def test_every_page_is_enlarged_in_its_own_size(say, here):
    pages = [Image.new("L", size) for size in ((24, 16), (10, 20))]
    pages[0].save(here / "a.tif", save_all=True, append_images=pages[1:])
    row = say("upscale", "a.tif", "--json").rows[0]
    assert (row["width"], row["height"]) == (48, 32)
    assert "pages" in row["kept"]
    with Image.open(here / "a_2x.tif") as image:
        image.seek(1)
        assert image.size == (20, 40)


def test_metadata_can_be_left_out_and_provenance_noted(say, here):
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    Image.new("RGB", (24, 16)).save(here / "a.jpg", exif=exif)
    assert say("upscale", "a.jpg", "--json").rows[0]["kept"] == ["exif", "density"]
    options = ["--strip-metadata", "--provenance", "--output", "b.jpg", "--json"]
    assert say("upscale", "a.jpg", *options).rows[0]["kept"] == ["exif", "density"]
    with Image.open(here / "b.jpg") as image:
        assert 0x010F not in image.getexif()
        assert image.getexif()[0x0131] == f"sr_desktop {sr_desktop.__version__}, fsrcnn-x2, 2x"


def test_provenance_names_every_pass_and_is_not_called_kept(say, photo, here):
    photo("a.jpg", width=20, height=20)
    row = say("upscale", "a.jpg", "--provenance", "--width", "110", "--json").rows[0]
    assert "exif" not in row["kept"]
    with Image.open(here / "a_110w.jpg") as image:
        assert image.getexif()[0x0131] == f"sr_desktop {sr_desktop.__version__}, fsrcnn-x3 then fsrcnn-x2, 5.5x"


def test_times_can_be_kept(say, photo, here):
    source = photo("a.png")
    os.utime(source, (1_000_000_000, 1_100_000_000))
    say("upscale", "a.png", "--keep-times")
    assert (here / "a_2x.png").stat().st_mtime == 1_100_000_000


def test_what_is_left_of_a_damaged_picture_can_be_taken(say, photo, here):
    content = photo("a.jpg", width=200, height=150).read_bytes()
    (here / "a.jpg").write_bytes(content[: len(content) // 2])
    assert say("upscale", "a.jpg").status == 1
    row = say("upscale", "a.jpg", "--salvage", "--json").rows[0]
    assert row["status"] == "done"
    assert [change["id"] for change in row["changed"]] == ["damage"]


def test_the_limit_of_pixels_can_be_moved(say, photo):
    photo("a.png", width=1100, height=1000)
    said = say("upscale", "a.png", "--limit-megapixels", "1", "--json")
    assert "more than the limit of 1 megapixels" in said.rows[0]["error"]["title"]
    assert say("upscale", "a.png", "--limit-megapixels", "2", "--width", "50").status == 0


def test_quality_reaches_the_encoder(say, photo, here):
    photo("a.png", width=60, height=40)
    for quality in ("20", "95"):
        say("upscale", "a.png", "--output", f"{quality}.jpg", "--quality", quality)
    assert (here / "20.jpg").stat().st_size < (here / "95.jpg").stat().st_size / 2


@pytest.mark.parametrize(
    ("option", "pixels", "size", "name"),
    [
        ("--width", 100, (100, 67), "a_100w.png"),
        ("--height", 100, (150, 100), "a_100h.png"),
        ("--long-side", 36, (36, 24), "a_36px.png"),
        ("--long-side", 12, (12, 8), "a_12px.png"),
    ],
)
def test_a_size_can_be_asked_for(say, photo, here, option, pixels, size, name):
    photo("a.png", width=24, height=16)
    row = say("upscale", "a.png", option, pixels, "--json").rows[0]
    assert (row["width"], row["height"]) == size
    assert row["output"] == name
    assert size_of(here / name) == size


def test_a_size_uses_the_models_there_are(say, photo, monkeypatch):
    opened = []

    def recorded(path, *rest):
        opened.append(path.stem)
        return open_model(path, *rest)

    monkeypatch.setattr(models, "open_model", recorded)
    photo("a.png", width=24, height=16)
    say("upscale", "a.png", "--width", "70")
    assert "fsrcnn-x3" in opened
    opened.clear()
    said = say("upscale", "a.png", "--width", "80", "--model", "fsrcnn-x2")
    assert (said.status, opened) == (0, ["fsrcnn-x2"])
    opened.clear()
    assert say("upscale", "a.png", "--height", "33", "--scale", "4").status == 0
    assert opened == ["fsrcnn-x4"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "required: IN"),
        ([""], "a path is empty"),
        (["a.png", "--scale", "5"], "invalid choice: 5"),
        (["a.png", "--width", "0"], "not a whole number from 1"),
        (["a.png", "--width", "x"], "not a whole number from 1"),
        (["a.png", "--width", "9", "--height", "9"], "not allowed with"),
        (["a.png", "--quality", "101"], "not a whole number from 1 to 100"),
        (["a.png", "--device", "tpu"], "invalid choice: 'tpu'"),
        (["a.png", "--precision", "int8"], "invalid choice: 'int8'"),
        (["a.png", "--format", "gif"], "GIF can be read but not written"),
        (["a.png", "--format", "doc"], "no picture format “doc”"),
        (["a.png", "--output", "b.gif"], "GIF can be read but not written"),
        (["a.png", "--model", "fsrcnn-x3"], "3 times larger, not 2 times. Add --scale 3"),
        (["a.png", "--model", "fsrcnn-x2", "--scale", "3"], "2 times larger, not 3 times"),
        (["a.png", "--model", "fsrcnn-x2", "--scale", "4", "--width", "9"], "2 times larger, not 4 times"),
        (["a.png", "--model", "fsrcn-x2"], "Did you mean fsrcnn-x2?"),
        (["a.png", "--model", "gone.safetensors"], "gone.safetensors can't be read"),
        (["a.png", "--outp", "b.png"], "unrecognized arguments"),
    ],
)
def test_wrong_usage_is_a_sentence_and_nothing_is_done(say, photo, here, words, said):
    photo("a.png")
    answer = say("upscale", *words)
    assert (answer.status, answer.out) == (2, "")
    assert said in answer.err
    assert files_in(here) == ["a.png"]


def test_a_device_that_is_not_there_is_wrong_usage(say, photo, here):
    photo("a.png")
    said = say("upscale", "a.png", "--device", "xpu", "--json")
    assert (said.status, said.out) == (2, "")
    assert "no xpu device" in said.err


def test_a_broken_model_is_said(say, photo, here, bundled):
    photo("a.png")
    path = bundled / "fsrcnn-x2.safetensors"
    path.write_bytes(path.read_bytes()[:-20])
    said = say("upscale", "a.png")
    assert said.status == 2
    assert "fsrcnn-x2.safetensors is not the file that came with the program" in said.err
    path.unlink()
    assert "bundled model fsrcnn-x2 is missing" in say("upscale", "a.png").err


def test_a_model_can_be_a_file(say, photo, here, bundled):
    photo("a.png")
    model = here / "mine.safetensors"
    model.write_bytes((bundled / "fsrcnn-x3.safetensors").read_bytes())
    assert say("upscale", "a.png", "--scale", "3", "--model", "mine.safetensors").status == 0
    assert size_of(here / "a_3x.png") == (72, 48)


def test_options_may_stand_anywhere_and_names_may_look_like_options(say, photo, here):
    photo("a.png")
    photo("b.png")
    photo("-c.png")
    assert say("upscale", "a.png", "--scale", "2", "b.png").status == 0
    assert say("upscale", "--scale", "2", "--", "-c.png").status == 0
    assert {"a_2x.png", "b_2x.png", "-c_2x.png"} <= set(files_in(here))


@posix_only
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS only has names that are UTF-8")
@pytest.mark.parametrize(
    "name", [b"new\nline.png", b"bytes\xff.png", "\N{GRINNING FACE} ü.png".encode(), b"\x1b[31mred.png"]
)
def test_any_name_goes_in_and_comes_out(say, photo, here, name):
    photo("a.png").rename(here / os.fsdecode(name))
    row = say("upscale", os.fsdecode(name), "--json").rows[0]
    assert os.fsencode(row["input"]) == name
    assert row["status"] == "done"
    assert os.fsencode(row["output"]) == name.replace(b".png", b"_2x.png")
    shown = say("upscale", os.fsdecode(name), "--overwrite").out
    assert shown.count("\n") == 1
    assert "\x1b" not in shown


def test_best_quality_is_another_picture_and_says_so(say, photo, here):
    photo("photo.png")
    once = say("upscale", "photo.png", "--output", "once.png", "--json").answer
    best = say("upscale", "photo.png", "--output", "best.png", "--ensemble", "--json").answer
    assert (once["passes"], best["passes"]) == (1, 8)
    first, second = (cv2.imread(str(here / name)) for name in ("once.png", "best.png"))
    assert (first != second).any()


def test_a_folder_made_at_standard_quality_is_made_again_at_the_best(say, photo):
    photo("in/a.png")
    assert say("upscale", "in", "--output", "out").status == 0
    assert "is there already" in say("upscale", "in", "--output", "out").out
    again = say("upscale", "in", "--output", "out", "--ensemble", "--overwrite", "--json").answer
    assert (again["status"], again["passes"]) == ("done", 8)
