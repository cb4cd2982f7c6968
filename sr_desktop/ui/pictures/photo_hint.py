"""One line that suggests the photo model for a picture that was compressed hard; asked until it is answered once."""

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from sr_desktop.library.catalogue import Entry
from sr_desktop.services.pictures import photo_advice
from sr_desktop.services.pictures.workspace import Workspace
from sr_desktop.ui.widgets import icons, theme


class PhotoHint(QFrame):
    """Is there while there is something to suggest.

    Signals:
        answered: One of `settings.PHOTO_ANSWERS`: what the person decided.

    Args:
        workspace: Has the picture, and takes the model.
        answer: What was decided before.
    """

    answered = Signal(str)

    def __init__(self, workspace: Workspace, answer: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._answer = answer
        self._better: Entry | None = None
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.use_button = QPushButton(self.tr("Use the Photo Model"))
        self.refuse_button = QPushButton(self.tr("Don't Suggest Again"))
        row = QHBoxLayout(self)
        row.setContentsMargins(40, 6, 8, 6)
        row.addWidget(self.text, 1)
        row.addWidget(self.use_button)
        row.addWidget(self.refuse_button)
        self.use_button.clicked.connect(self._use)
        self.refuse_button.clicked.connect(self._refuse)
        for signal in (
            workspace.shown_changed,
            workspace.changed,
            workspace.options_changed,
            workspace.ready_changed,
        ):
            signal.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Suggest what fits the picture that is shown, or nothing."""
        shown, ready = self._workspace.shown, self._workspace.ready
        self._better = None
        if self._answer == "ask" and shown is not None and ready is not None:
            self._better = photo_advice.better_model(shown, self._workspace.options, ready.models)
        self.setVisible(self._better is not None)
        if self._better is not None and shown is not None and shown.before is not None:
            jpeg = shown.before.raster.metadata.jpeg
            assert jpeg is not None
            self.text.setText(
                self.tr("This JPEG was compressed hard (quality {}). The photo model takes such traces away.").format(
                    jpeg.quality
                )
            )

    @Slot()
    def _use(self) -> None:
        better = self._better
        assert better is not None
        self._decide("used")
        self._workspace.choose(replace(self._workspace.options, model=better.name))

    @Slot()
    def _refuse(self) -> None:
        self._decide("declined")

    def _decide(self, answer: str) -> None:
        self._answer = answer
        self.answered.emit(answer)
        self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the icon that notices have."""
        colours = theme.notice_colours(self.palette(), is_error=False)
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.ground)
        painter.fillRect(0, self.height() - 1, self.width(), 1, colours.line)
        square = self.rect().adjusted(10, (self.height() - icons.SMALL.height()) // 2, 0, 0)
        square.setSize(icons.SMALL)
        icons.draw(painter, "note", square, colours.line)
