"""Whole runs, small ones: what they tell, leave behind, and go on from."""

import dataclasses
import math
import shutil

import numpy as np
import pytest
import safetensors.numpy
import torch

from sr_desktop.cards import NetworkShape, read_card
from sr_desktop.engine import weights
from sr_desktop.engine.devices import Device
from sr_desktop.errors import TrainingError, UserError
from sr_desktop.training import trainer
from sr_desktop.training.trainer import train
from sr_desktop.training.validation import Verdict, compare

from .conftest import write_picture


def of_kind(events, kind):
    return [event for event in events if event["event"] == kind]


def losses(events):
    return [value for event in of_kind(events, "step") for value in event["values"]]


def tensors(path):
    return safetensors.numpy.load_file(path)


def test_a_run_from_scratch_learns_tells_its_story_and_writes_its_model(new_run, tmp_path):
    run = new_run(steps=300, learning_rate=5e-3)
    told = list(train(run))
    kept = list(run.events())
    assert kept == told
    assert all({"event", "step", "time_s"} <= event.keys() for event in told)
    assert len(losses(told)) == 300
    assert np.mean(losses(told)[-20:]) < np.mean(losses(told)[:5]) / 3
    checks = of_kind(told, "check")
    assert checks[0]["step"] == 0
    assert checks[-1]["step"] == 300
    assert checks[-1]["psnr_db"] > checks[0]["psnr_db"] + 3
    end = told[-1]
    assert (end["event"], end["reason"], end["verdict"]) == ("end", "finished", "kept")
    network, card = weights.load(tmp_path / "run.safetensors")
    assert network.shape == card.shape == NetworkShape(2, 32, 5, 1)
    assert "--seed 0" in card.command
    assert str(tmp_path) not in card.command
    assert not run.cache.exists()


def test_the_same_seed_gives_the_same_run_and_another_seed_another(new_run):
    runs = [list(train(new_run(name, seed=seed))) for name, seed in (("a", 1), ("b", 1), ("c", 2))]
    assert losses(runs[0]) == losses(runs[1])
    assert losses(runs[0]) != losses(runs[2])


def test_a_stopped_run_goes_on_exactly_where_it_was(new_run, tmp_path):
    whole = list(train(new_run("whole")))
    run = new_run("parts")
    asked = iter(range(10**6))
    first = list(train(run, lambda: next(asked) > 30))
    assert first[-1]["reason"] == "stopped"
    stopped_at = first[-1]["step"]
    assert 0 < stopped_at < 40
    second = list(train(run))
    steps = of_kind(second, "step")
    assert (steps[0]["step"], steps[0]["values"]) == (stopped_at, [])
    assert second[0]["resumed"] is True
    assert losses(first) + losses(second) == losses(whole)
    ours, theirs = tensors(tmp_path / "parts.safetensors"), tensors(tmp_path / "whole.safetensors")
    assert all(np.array_equal(ours[name], theirs[name]) for name in theirs)


def test_a_finished_run_repeats_its_end_and_writes_its_model_again(new_run, tmp_path):
    run = new_run()
    end = list(train(run))[-1]
    before = (tmp_path / "run.safetensors").read_bytes()
    (tmp_path / "run.safetensors").unlink()
    assert list(train(run)) == [end]
    assert (tmp_path / "run.safetensors").read_bytes() == before


def test_a_run_stopped_while_pictures_are_read_leaves_no_half_cache(new_run):
    run = new_run()
    told = list(train(run, lambda: True))
    assert [event["event"] for event in told] == ["end"]
    assert not run.cache.exists()
    assert list(train(run))[-1]["reason"] == "finished"


def test_a_fine_tuned_model_that_is_not_better_is_not_written(new_run, tmp_path):
    list(train(new_run("base", steps=300, learning_rate=5e-3)))
    start = str(tmp_path / "base.safetensors")
    run = new_run("tuned", start=start, small=False, learning_rate=1e-9, steps=20)
    end = list(train(run))[-1]
    assert end["verdict"] == "not_better"
    assert end["output"] is None
    assert end["gain_db"] <= end["margin_db"]
    assert not (tmp_path / "tuned.safetensors").exists()


def test_a_fine_tuned_model_that_is_better_is_written(new_run, tmp_path):
    list(train(new_run("base", steps=60)))
    start = str(tmp_path / "base.safetensors")
    end = list(train(new_run("tuned", start=start, small=False, learning_rate=5e-3, steps=300)))[-1]
    assert end["verdict"] == "kept"
    assert end["gain_db"] > end["margin_db"]
    assert read_card(tmp_path / "tuned.safetensors").name == "tuned"


def test_a_model_of_another_scale_lends_all_but_its_deconvolution(new_run, tmp_path):
    list(train(new_run("base")))
    run = new_run("three", start=str(tmp_path / "base.safetensors"), small=False)
    run.create(dataclasses.replace(run.spec(), scale=3))
    network, base = trainer.start_network(run.spec())
    lender, _ = weights.load(tmp_path / "base.safetensors")
    assert base is None
    assert network.shape.scale == 3
    assert np.array_equal(network.convolutions[0].weight.detach(), lender.convolutions[0].weight.detach())
    assert network.deconvolution.weight.std() < 0.01
    assert list(train(run))[-1]["verdict"] == "kept"


def test_what_is_left_out_is_told(new_run, pictures):
    (pictures / "broken.png").write_bytes(b"not a picture")
    write_picture(pictures / "tiny.png", width=20, height=20)
    told = list(train(new_run()))
    assert sorted(event["path"].rpartition("/")[2] for event in of_kind(told, "left_out")) == ["broken.png", "tiny.png"]
    (start,) = of_kind(told, "start")
    assert start["data"]["pictures"] + start["data"]["held_out"] == 6


def test_too_few_pictures_are_refused_in_words_and_the_end_says_so(new_run, pictures):
    for number in range(1, 6):
        (pictures / f"{number}.png").unlink()
    run = new_run()
    with pytest.raises(TrainingError, match="too few"):
        list(train(run))
    end = list(run.events())[-1]
    assert end["reason"] == "failed"
    assert "too few" in end["error"]["title"]


def test_the_folder_of_pictures_is_needed_no_more_once_they_are_read(new_run, pictures):
    run = new_run()
    asked = iter(range(10**6))
    list(train(run, lambda: next(asked) > 30))
    shutil.rmtree(pictures)
    assert list(train(run))[-1]["reason"] == "finished"


def test_a_checkpoint_of_something_else_is_refused_in_words(new_run):
    run = new_run()
    run.checkpoint_file.write_bytes(b"not a checkpoint")
    with pytest.raises(TrainingError, match="damaged"):
        list(train(run))


def test_an_output_that_can_not_be_written_leaves_the_model_in_the_run(new_run, tmp_path):
    (tmp_path / "file").write_text("")
    run = new_run(name="run")
    run.create(dataclasses.replace(run.spec(), output=str(tmp_path / "file" / "m.safetensors")))
    with pytest.raises(UserError, match="can't be written"):
        list(train(run))
    assert run.best_file.exists()


def test_an_accelerator_that_fails_is_a_sentence_and_what_was_learned_is_kept(new_run, monkeypatch):
    run = new_run(steps=100)
    asked = iter(range(10**6))
    stopped = list(train(run, lambda: next(asked) > 40))[-1]

    def lost(self, *args, **options):
        raise RuntimeError("CUDA error: device lost\nmore")

    monkeypatch.setattr(trainer.Learner, "learn", lost)
    with pytest.raises(RuntimeError, match="device lost"):  # on the CPU it would be our bug
        list(train(run))
    monkeypatch.setattr(Device, "is_accelerator", True)
    with pytest.raises(TrainingError, match="device failed: CUDA error: device lost"):
        list(train(run))
    assert list(run.events())[-1]["reason"] == "failed"
    monkeypatch.undo()
    resumed = list(train(run))
    assert of_kind(resumed, "step")[0]["step"] == stopped["step"]
    assert resumed[-1]["reason"] == "finished"


def test_a_run_in_minutes_ends_by_the_clock(new_run):
    told = list(train(new_run(steps=0, minutes=0.02)))
    assert told[-1]["reason"] == "finished"
    assert told[-1]["step"] > 0


def test_the_questions_run_ends_with_a_grey_picture_and_its_healthy_twin_does_not(new_run):
    spreads = {}
    for kind in ("normal", "he"):
        run = new_run(kind, steps=250, initialization=kind, optimizer="sgd", learning_rate=0.01, small=False)
        list(train(run))
        network, _ = weights.load(run.best_file)
        with torch.inference_mode():
            spreads[kind] = network(torch.rand(1, 1, 24, 24)).std().item()
    assert spreads["normal"] < 1e-4
    assert spreads["he"] > 1e-2


def test_numbers_that_are_not_finite_are_told_as_null_and_never_kept(new_run):
    told = list(train(new_run(learning_rate=1e5, optimizer="sgd", loss="mse", steps=60)))
    assert None in losses(told)
    assert told[-1]["event"] == "end"


def test_a_gain_within_its_noise_is_no_gain():
    base = [30.0, 31.0, 32.0, 33.0]
    assert not compare([30.5, 30.6, 32.4, 32.6], base).is_better
    assert compare([30.1, 31.11, 32.09, 33.1], base).is_better
    assert not compare([30.004, 31.004, 32.004, 33.004], base).is_better
    assert compare([30.2], [30.0]).is_better
    assert not compare([30.05], [30.0]).is_better
    assert not Verdict(math.nan, 0.01).is_better


def test_crops_show_the_held_out_pictures_before_now_and_the_worst_in_the_end(new_run, tmp_path):
    first = new_run("first", steps=60, held_out=0.5, learning_rate=5e-3)
    list(train(first))
    model = tmp_path / "first.safetensors"
    run = new_run("second", steps=60, held_out=0.5, start=str(model), small=False, learning_rate=1e-5)
    events = list(train(run))
    with np.load(run.before_file) as before, np.load(run.now_file) as now:
        assert set(before.files) == {"names"} | {
            f"{kind}{n}" for kind in ("before", "base", "original") for n in range(3)
        }
        assert int(now["step"]) == 60
        for n in range(3):
            assert before[f"before{n}"].shape == now[f"now{n}"].shape == before[f"original{n}"].shape
            # Hardly anything was learned since, so now is the base, and both are another picture than bicubic.
            assert np.abs(now[f"now{n}"].astype(int) - before[f"base{n}"]).max() <= 4
            assert np.abs(before[f"base{n}"].astype(int) - before[f"before{n}"]).max() > 8
    worst = events[-1]["worst"]
    gains = [item["psnr_db"] - item["before_db"] for item in worst]
    assert gains == sorted(gains)
    with np.load(run.worst_file) as kept:
        assert kept["names"].tolist() == [item["name"] for item in worst]
        assert f"now{len(worst) - 1}" in kept.files


def test_a_crop_is_the_same_as_that_part_of_the_whole_picture(new_run):
    from sr_desktop.training import previews
    from sr_desktop.training.validation import HeldOut

    run = new_run(steps=5, held_out=0.5)
    list(train(run))
    network, card = weights.load(run.best_file)
    held_out = HeldOut(run.spec(), card.shape)
    high = np.random.default_rng(0).integers(0, 255, (300, 340, 3), np.uint8)
    held_out.pairs.append(previews.Pair(high, previews.resampling.shrink_like_matlab(high, 2), 2))
    model = held_out.model(network.state_dict())
    (rows, columns), low = previews._places(held_out.pairs[0])
    whole = previews.run(
        previews.upscale(previews.Raster(held_out.pairs[0].low), previews.Plan((2,), 300, 340), lambda _: model)
    )
    crop = previews._enlarged(held_out.pairs[0], low, model)
    assert np.abs(whole.samples[rows, columns].astype(int) - crop).max() <= 1
