"""Everything else a spec holds, one row for each field."""

import csv
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sr_desktop.choices import DEVICES, INITIALIZATIONS, LOSSES, OPTIMIZERS, SCHEDULES, TRAINING_PRECISIONS
from sr_desktop.services.training.draft import Draft
from sr_desktop.ui.training import words
from sr_desktop.ui.training.fields import Choice, Entry, Form, Switch, number

LONGEST = 1 << 24
"""Characters of a field; Qt would cut off a long list of files."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A field: its choices, or how it is read from text; what it does, in a few words."""

    name: str
    kind: tuple[str, ...] | type
    hint: str


def _tr(text: str) -> str:
    return QCoreApplication.translate("Expert", text)


def _rows() -> list[_Row]:
    return [
        _Row("initialization", INITIALIZATIONS, _tr("Of a network that begins from scratch.")),
        _Row("initialization_std", float, _tr("Of every layer, for “normal”.")),
        _Row("small", bool, _tr("FSRCNN-s, a third of the size; from scratch only.")),
        _Row("optimizer", OPTIMIZERS, ""),
        _Row("learning_rate", float, _tr("The highest; 0 lets the program choose.")),
        _Row("schedule", SCHEDULES, _tr("With a constant rate the monitor can tell what going on would bring.")),
        _Row("warm_up_steps", int, ""),
        _Row("momentum", float, _tr("Of SGD.")),
        _Row("weight_decay", float, _tr("Of AdamW and SGD.")),
        _Row("loss", LOSSES, _tr("With “psnr” a decibel counts the same in every patch.")),
        _Row("clip", float, _tr("Largest norm of the gradient; 0 leaves it alone.")),
        _Row("steps", int, _tr("0 if the length is given in minutes.")),
        _Row("minutes", float, _tr("0 if the length is given in steps.")),
        _Row("batch", int, _tr("Patches per step.")),
        _Row("patch", int, _tr("Side in pixels of the small picture.")),
        _Row("held_out", float, _tr("Share of the pictures that are only looked at, from 0 to 0.9.")),
        _Row("exclude", tuple, _tr("*.gif, scans/bad.png; of pictures and folders to leave out.")),
        _Row("degrade", tuple, _tr("blur:0.2-1, noise:0-3, jpeg:40-95; nothing for clean pictures.")),
        _Row("rescale", bool, _tr("Learn from smaller copies of the pictures, too.")),
        _Row("expansion", int, _tr("Wider layers while training, multiplied out in the end; 0 for none.")),
        _Row("ema", float, _tr("Decay of the average of the weights that is judged and kept; 0 for none.")),
        _Row("seed", int, _tr("The same seed and pictures give the same run on a CPU.")),
        _Row("device", DEVICES, ""),
        _Row("precision", TRAINING_PRECISIONS, ""),
    ]


_READERS: dict[type, Callable[[str], object]] = {
    int: int,
    float: float,
    tuple: lambda text: tuple(part for part in next(csv.reader([text], skipinitialspace=True), []) if part.strip()),
}


class Expert(QWidget):
    """Fields for everything that the rest of the wizard decides by itself.

    Signals:
        refused: A field's name and what was typed there that is no value of it.
    """

    refused = Signal(str, str)

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.form = Form()
        self.fields: dict[str, Choice | Switch | Entry] = {}
        for row in _rows():
            self._add(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.form)
        draft.changed.connect(self.show_draft)
        self.show_draft()

    def _add(self, row: _Row) -> None:
        field: Choice | Switch | Entry
        if isinstance(row.kind, tuple):
            field = Choice([(words.value(row.name, choice), choice) for choice in row.kind])
        elif row.kind is bool:
            field = Switch(row.hint)
        else:
            field = Entry(_READERS[row.kind], _written)
            field.setMaxLength(LONGEST)
            field.refused.connect(lambda text, name=row.name: self.refused.emit(name, text))
        field.chosen.connect(lambda value, name=row.name: self._draft.change(**{name: value}))
        self.fields[row.name] = field
        self.form.add(row.name, words.field(row.name), field, "" if row.kind is bool else row.hint)

    def show_draft(self) -> None:
        """Show the draft's values."""
        spec = self._draft.spec
        for name, field in self.fields.items():
            field.show_value(getattr(spec, name))
        for name in ("initialization", "small"):
            self.fields[name].setEnabled(spec.from_scratch)
        self.fields["initialization_std"].setEnabled(spec.from_scratch and spec.initialization == "normal")
        self.fields["momentum"].setEnabled(spec.optimizer == "sgd")
        self.fields["weight_decay"].setEnabled(spec.optimizer != "adam")
        self.fields["degrade"].setEnabled(not spec.low)


def _written(value: object) -> str:
    return ", ".join(map(_quoted, value)) if isinstance(value, tuple) else number(value)


def _quoted(text: str) -> str:
    """Return one of several values as the reader takes it: file names may hold commas."""
    return '"' + text.replace('"', '""') + '"' if set(text) & set(',"') or text != text.strip() else text
