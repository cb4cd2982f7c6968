"""Each file's story, and what all come to."""

from sr_desktop.batch.events import Advanced, Finished, Outcome, PutBack, Started
from sr_desktop.batch.plan import PlanItem
from sr_desktop.errors import UserError
from sr_desktop.services.folder.rows import Rows, rows_of, tally


def item(number, *, size=99, **more):
    return PlanItem(number, f"in/day {number}/{number}.png", f"out/{number}.png", "in", size_bytes=size, **more)


def test_a_row_follows_what_happens_to_its_file():
    (row,) = rows_of([item(0)])
    assert (row.name, row.state) == ("day 0/0.png", "waiting")
    row.hear(Started(0))
    row.hear(Advanced(0, 0.5))
    assert (row.state, row.share) == ("running", 0.5)
    row.hear(PutBack(0))
    assert (row.state, row.share) == ("waiting", 0.0)
    error = UserError("It is broken.", "Get another.")
    row.hear(Finished(0, Outcome("failed", error=error)))
    assert (row.state, row.error, row.can_be_retried) == ("failed", error, True)
    row.wait_again()
    assert (row.state, row.error) == ("waiting", None)


def test_what_the_plan_refuses_is_no_case_for_another_try():
    refused, there, again = rows_of(
        [item(0, refusal=UserError("No.")), item(1, exists=True), item(2, failed_before=UserError("Torn."))]
    )
    assert (refused.state, refused.can_be_retried) == ("failed", False)
    assert there.state == "skipped"
    assert (again.state, str(again.error)) == ("waiting", "Torn.")


def test_large_files_count_for_more_of_the_work():
    rows = rows_of([item(0, size=899), item(1), item(2, exists=True), item(3, refusal=UserError("No."), size=0)])
    before = tally(rows)
    assert before.total == 4
    assert before.counts == {"waiting": 2, "skipped": 1, "failed": 1}
    assert before.refused == 1
    rows[0].hear(Finished(0, Outcome("done", 20, 10, 1.0, 5000)))
    after = tally(rows)
    assert after.share - before.share == 900 / 1101
    assert (after.ended, after.size_bytes, after.pixels) == (3, 5000, 200)
    rows[1].hear(Finished(1, Outcome("failed")))
    assert tally(rows).share == 1.0
    assert tally([]).share == 1.0


def test_rows_that_were_taken_out_are_not_found_any_more():
    rows = Rows(rows_of([item(0), item(1), item(2)]))
    rows.remove([1, 7])
    assert [row.item.number for row in rows.all] == [0, 2]
    assert rows.numbered(1) is None
    assert rows.numbered(2) is rows.all[1]
