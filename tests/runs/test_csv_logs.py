import gzip

import pytest

from sr_desktop.runs.csv_logs import LogError, read_log, read_rows


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def checks(events):
    return [(event["step"], event["psnr_db"]) for event in events if event["event"] == "check"]


def losses(events):
    return [(event["step"], event["values"][0]) for event in events if event["event"] == "step"]


def test_our_own_columns_are_read_with_cells_missing(tmp_path):
    text = "iteration,train_loss,validation_psnr_db\n100,0.5,\n200,,30.25\n300,0.25,31\n"
    events = read_log(write(tmp_path / "log.csv", text))
    assert losses(events) == [(100, 0.5), (300, 0.25)]
    assert checks(events) == [(200, 30.25), (300, 31.0)]
    assert events[-1] == {"event": "end", "step": 300}


@pytest.mark.parametrize("name", ["log.csv.gz", "log.csv"])
def test_gzipped_logs_are_read_whatever_they_are_called(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(gzip.compress(b"iteration,train_loss\n1,0.5\n"))
    assert losses(read_log(path)) == [(1, 0.5)]


@pytest.mark.parametrize("header", ["iteration,train_loss", "iteration,train_loss,validation_psnr_db"])
def test_the_score_may_be_missing_altogether(tmp_path, header):
    commas = "," * (header.count(",") - 1)
    events = read_log(write(tmp_path / "log.csv", f"{header}\n1,0.5{commas}\n2,0.4{commas}\n"))
    assert losses(events) == [(1, 0.5), (2, 0.4)]
    assert checks(events) == []


def test_the_loss_may_be_missing_altogether(tmp_path):
    events = read_log(write(tmp_path / "log.csv", "iteration,validation_psnr_db\n5,30\n"))
    assert (losses(events), checks(events)) == ([], [(5, 30.0)])


def test_lightning_metrics_are_read(tmp_path):
    text = (
        "epoch,lr-Adam,step,train_loss_epoch,train_loss_step,val_loss,val_psnr\n"
        "0,0.001,49,,0.9,,\n0,,99,,,0.7,24.5\n0,,99,0.8,,,\n1,0.001,149,,0.6,,\n"
    )
    events = read_log(write(tmp_path / "metrics.csv", text))
    assert losses(events) == [(49, 0.9), (149, 0.6)]
    assert checks(events) == [(99, 24.5)]


def test_the_learning_rate_goes_with_the_score(tmp_path):
    events = read_log(write(tmp_path / "metrics.csv", "step,lr-Adam,train/loss,val/psnr\n10,0.001,0.5,25\n"))
    assert events[1] == {"event": "check", "step": 10, "psnr_db": 25.0, "learning_rate": 0.001}


@pytest.mark.parametrize(("tag", "loss", "psnr"), [("loss_train", 0.69, None), ("metrics_PSNR", None, 0.69)])
def test_tensorboard_exports_hold_what_their_name_says(tmp_path, tag, loss, psnr):
    path = write(tmp_path / f"run-version_0-tag-{tag}.csv", "Wall time,Step,Value\n1698314503.5,1,0.69\n")
    (row,) = read_rows(path)
    assert (row.step, row.loss, row.psnr_db) == (1, loss, psnr)


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("global_step,loss,val_loss", "loss"),
        ("iter,l_pix,psnr", "l_pix"),
        ("step,val_loss,charbonnier_loss", "charbonnier_loss"),
        ("Step,Train/Loss,Val/PSNR", "Train/Loss"),
        ("epoch,training loss", "training loss"),
    ],
)
def test_losses_of_training_are_told_from_held_out_ones(tmp_path, header, wanted):
    names = header.split(",")
    cells = ["7", *("1.5" if name == wanted else "9" for name in names[1:])]
    (row,) = read_rows(write(tmp_path / "log.csv", f"{header}\n{','.join(cells)}\n"))
    assert (row.step, row.loss) == (7, 1.5)


def test_held_out_scores_are_told_from_those_of_training_and_from_the_best(tmp_path):
    (row,) = read_rows(write(tmp_path / "log.csv", "step,train_psnr,best_psnr,val_psnr,psnr\n1,40,39,31,32\n"))
    assert row.psnr_db == 31


def test_a_byte_order_mark_and_blank_lines_do_no_harm(tmp_path):
    path = tmp_path / "log.csv"
    path.write_bytes("\ufeffiteration,train_loss\r\n\r\n1,0.5\r\n,\r\n2,0.4\r\n".encode())
    assert [row.step for row in read_rows(path)] == [1, 2]


def test_lines_in_any_order_are_read_in_the_order_of_their_steps(tmp_path):
    events = read_log(write(tmp_path / "log.csv", "step,train_loss,val_psnr\n30,0.1,\n10,0.3,25\n20,0.2,\n10,,26\n"))
    assert losses(events) == [(10, 0.3), (20, 0.2), (30, 0.1)]
    assert checks(events) == [(10, 25.0), (10, 26.0)]
    assert events[-1] == {"event": "end", "step": 30}


@pytest.mark.parametrize("mark", [";", "\t"])
def test_cells_may_be_parted_by_other_marks_than_commas(tmp_path, mark):
    text = "step,train_loss,val_psnr\n10,0.3,25\n".replace(",", mark)
    (row,) = read_rows(write(tmp_path / "log.csv", text))
    assert (row.step, row.loss, row.psnr_db) == (10, 0.3, 25.0)


def test_words_for_no_figure_are_cells_that_are_missing(tmp_path):
    events = read_log(write(tmp_path / "log.csv", "step,train_loss,val_psnr\n10,None,25\n20,0.2,N/A\n30,-,null\n"))
    assert (losses(events), checks(events)) == ([(20, 0.2)], [(10, 25.0)])


def test_a_held_out_loss_stands_in_where_there_is_no_other_figure(tmp_path):
    events = read_log(write(tmp_path / "metrics.csv", "epoch,step,val_loss\n0,100,0.5\n1,200,0.4\n"))
    assert losses(events) == [(100, 0.5), (200, 0.4)]


def test_infinite_figures_are_kept_for_the_monitor_to_see(tmp_path):
    events = read_log(write(tmp_path / "log.csv", "iteration,train_loss,validation_psnr_db\n1,inf,-inf\n"))
    assert (losses(events), checks(events)) == ([(1, float("inf"))], [(1, float("-inf"))])


def test_a_loss_that_is_not_a_number_is_kept_for_the_monitor_to_see(tmp_path):
    events = read_log(write(tmp_path / "log.csv", "iteration,train_loss\n1,0.5\n2,nan\n"))
    assert str(losses(events)[1][1]) == "nan"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"iteration,train_loss\n", "no training loss and no PSNR"),
        (b"a,b\n1,2\n", "no column for the step"),
        (b"step,accuracy\n1,2\n", "no column for a training loss or a PSNR"),
        (b"iteration,train_loss\n1,high\n", "line 2: 'high' is not a number"),
        (b"iteration,train_loss\nnan,1\n", "line 2: 'nan' is not a number"),
        (b"iteration,train_loss\n-5,1\n", "line 2"),
        (b'iteration,train_loss\n1,"0.5\n', "broken"),
        (b"iteration,train_loss\n1,\xff\xfe\n", "broken"),
        (gzip.compress(b"iteration,train_loss\n1,0.5\n" * 50, mtime=0)[:40], "broken"),
        (gzip.compress(b"iteration,train_loss\n1,0.5\n", mtime=0)[:-8] + b"\0" * 8, "can't be read"),
        (b"\x1f\x8b rubbish that is not gzip", "can't be read"),
    ],
)
def test_broken_files_are_refused_in_words(tmp_path, content, words):
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    with pytest.raises(LogError, match=r"log\.csv") as refused:
        read_log(path)
    assert words in str(refused.value)
    assert refused.value.hint


def test_a_file_that_is_not_there_is_refused_in_words(tmp_path):
    with pytest.raises(LogError, match="There is no file"):
        read_log(tmp_path / "gone.csv")


def test_a_folder_is_refused_in_words(tmp_path):
    with pytest.raises(LogError, match="can't be read"):
        read_log(tmp_path)
