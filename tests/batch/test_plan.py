from pathlib import Path

import pytest

from sr_desktop.batch import plan as planning
from sr_desktop.batch.estimate import estimate
from sr_desktop.batch.plan import AlreadyThereError, Plan, PlanItem
from sr_desktop.engine.targets import Factor
from sr_desktop.errors import UsageError
from sr_desktop.inputs.inputs import Found
from sr_desktop.progress import run
from tests.batch.conftest import Wish


def outputs(wish):
    return [Path(item.output).as_posix() for item in wish.plan().items]


def test_the_structure_is_kept_or_flattened(photo):
    photo("in/a.png")
    photo("in/deep/b.jpg")
    assert outputs(Wish()) == ["out/a.png", "out/deep/b.jpg"]
    assert outputs(Wish(naming={"flatten": True})) == ["out/a.png", "out/b.jpg"]
    assert outputs(Wish(output=None)) == ["in/a_2x.png", "in/deep/b_2x.jpg"]


def test_names_come_from_the_template(photo):
    photo("in/a.png")
    photo("in/deep/b.png")
    named = Wish(naming={"template_text": "{counter:2}-{parent}/{stem}-{width}", "model": "m"})
    assert outputs(named) == ["out/01-in/a-48.png", "out/deep/02-deep/b-48.png"]


def test_of_two_with_one_result_the_second_is_refused(photo):
    photo("in/a.png")
    photo("in/deep/a.png")
    first, second = Wish(naming={"flatten": True}).plan().items
    assert (first.state, second.state) == ("waiting", "failed")
    assert "has the same result" in second.refusal.title
    photo("in/a.jpg")
    states = [item.state for item in Wish(naming={"template_text": "{parent}", "format_name": "png"}).plan().items]
    assert states == ["waiting", "failed", "waiting"]


def test_what_is_there_is_said_before_the_start(photo, here):
    photo("in/a.png")
    photo("out/a.png")
    (item,) = Wish().plan().items
    assert isinstance(item.refusal, AlreadyThereError)
    assert Wish(overwrite=True).plan().open


def test_files_that_come_later_are_planned_beside_the_first(photo):
    photo("in/a.png")
    planner = Wish().planner()
    run(planner.plan([Found(str(Path("in", "a.png")), "in")]))
    photo("more/a.png")
    photo("in/b.png")
    later = run(planner.plan([Found(str(Path("more", "a.png")), "more"), Found(str(Path("in", "b.png")), "in")]))
    assert [(item.number, item.state) for item in later.items] == [(1, "failed"), (2, "waiting")]


def test_flat_results_need_a_folder():
    with pytest.raises(UsageError, match="flattened"):
        Wish(output=None, naming={"flatten": True}).planner()


def test_ten_thousand_files_are_planned_with_their_sizes(here):
    folder = here / "in"
    for number in range(100):
        (folder / f"{number}").mkdir(parents=True)
        for name in range(100):
            (folder / f"{number}" / f"{name}.jpg").write_bytes(bytes(10))
    plan = Wish().plan()
    assert len(plan.open) == 10_000
    assert planning.sizes(plan.items) == 100_000
    assert [item.number for item in plan.items] == list(range(10_000))
    assert Path(plan.items[209].output) == Path("out", "2", "9.jpg")


def test_a_trial_takes_the_smallest_the_largest_and_one_between():
    items = tuple(PlanItem(number, f"{number}", "", size_bytes=size) for number, size in enumerate((5, 9, 1, 7, 3)))
    assert [item.size_bytes for item in Plan(items).trial().items] == [5, 9, 1]
    assert Plan(items[:2]).trial().items == items[:2]


def test_room_is_foreseen_from_the_headers(photo, here):
    for number in range(3):
        photo(f"in/{number}.png", width=200, height=100)
    (here / "in" / "broken.png").write_bytes(b"no picture")
    plan = Wish().plan()
    found = run(estimate(plan, Factor(2), (2,)))
    assert found.megapixels == pytest.approx(3 * 400 * 200 / 1e6, rel=0.01)
    assert found.network_megapixels == pytest.approx(found.megapixels / 4)
    assert found.size_bytes == pytest.approx(found.megapixels * 1e6 * 1.56, rel=0.01)
    assert found.fits
    assert found.seconds(2.0) == pytest.approx(2 * found.network_megapixels)


def test_an_empty_plan_takes_nothing():
    assert run(estimate(Plan(), Factor(2), (2,))).size_bytes == 0
