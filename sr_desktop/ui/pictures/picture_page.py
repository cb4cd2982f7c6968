"""The page for pictures: the strip, before and after, the options; or how to begin."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from sr_desktop.services.pictures.document import Document, State
from sr_desktop.services.pictures.workspace import Workspace
from sr_desktop.ui.pictures.actions import Actions
from sr_desktop.ui.pictures.captions import Captions
from sr_desktop.ui.pictures.compare_view import CompareView, Comparison
from sr_desktop.ui.pictures.details_panel import FIRST_WIDTH, DetailsPanel, LossLine
from sr_desktop.ui.pictures.empty_page import EmptyPage
from sr_desktop.ui.pictures.options_bar import OptionsBar
from sr_desktop.ui.pictures.outgoing import Outgoing
from sr_desktop.ui.pictures.photo_hint import PhotoHint
from sr_desktop.ui.pictures.strip import Strip
from sr_desktop.ui.shell.page import PROGRAM, Menu, Page
from sr_desktop.ui.widgets import wording
from sr_desktop.ui.widgets.drops import Offer
from sr_desktop.ui.widgets.notice_bar import NoticeBar


class PicturePage(Page):
    """Shows the workspace, and passes on what a person does to it.

    Args:
        workspace: What is shown.
        actions: What the buttons do.
        outgoing: Takes results to other programs.
        pixels: What the field for a size in pixels begins with.
        photo_answer: What was decided about the photo model; one of `settings.PHOTO_ANSWERS`.
    """

    def __init__(
        self,
        workspace: Workspace,
        actions: Actions,
        outgoing: Outgoing,
        pixels: int,
        photo_answer: str = "ask",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._actions = actions
        self._outgoing = outgoing
        self._shows: tuple[object, ...] = ()
        self._viewed: Document | None = None
        """Whose layers the view had last; while another picture is read there are none."""
        self._before_as_pixels = False
        self.notice_bar = NoticeBar(actions.save_diagnostics)
        self.empty = EmptyPage(actions.open, actions.open_sample)
        self.captions = Captions(actions)
        self.view = CompareView()
        self.strip = Strip(workspace)
        self.details = DetailsPanel(workspace)
        self.losses = LossLine(workspace)
        self.photo_hint = PhotoHint(workspace, photo_answer)
        self.options = OptionsBar(workspace.options, pixels)
        self._picture = QWidget()
        self._stack = QStackedWidget()
        do = actions
        self.menu = QMenu(self)
        """What a right click on the picture or its thumbnail offers."""
        self.menu.addActions([do.upscale, do.stop])
        self.menu.addSeparator()
        self.menu.addActions([do.save, do.save_as, do.copy, do.show_in_folder])
        self.menu.addSeparator()
        self.menu.addActions([do.fit, do.actual, do.double, do.details])
        self.menu.addSeparator()
        self.menu.addAction(do.close_picture)
        self._lay_out()
        self._connect()
        self.show_everything()

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self._picture)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        seen = QWidget()
        column = QVBoxLayout(seen)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.captions)
        column.addWidget(self.view, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(seen)
        split.addWidget(self.details)
        split.setStretchFactor(0, 1)
        split.setSizes([4 * FIRST_WIDTH, FIRST_WIDTH])
        self.details.hide()
        inside.addWidget(split, 1)
        inside.addWidget(self.strip)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._picture)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notice_bar)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.losses)
        layout.addWidget(self.photo_hint)
        layout.addWidget(self.options)

    def _connect(self) -> None:
        workspace = self._workspace
        workspace.listed.connect(self.show_everything)
        workspace.shown_changed.connect(self.show_everything)
        workspace.changed.connect(self._show_change)
        workspace.progressed.connect(self._show_progress)
        workspace.options_changed.connect(self.show_everything)
        workspace.ready_changed.connect(self.show_everything)
        workspace.notices.changed.connect(self._show_notice)
        for signal in (workspace.listed, workspace.shown_changed, workspace.changed, workspace.ready_changed):
            signal.connect(self.described)
        self.notice_bar.close_button.clicked.connect(workspace.notices.dismiss)
        self.notice_bar.salvage_button.clicked.connect(self._salvage)
        self.options.chosen.connect(workspace.choose)
        self.strip.chosen.connect(workspace.show)
        self.strip.removal_requested.connect(workspace.remove)
        self.strip.drag_requested.connect(self._drag_from_strip)
        self.strip.menu_requested.connect(self.menu.popup)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self.captions.after.pressed.connect(self._prepare_drag)
        self.captions.after.pulled.connect(self._drag)
        self.view.viewport_changed.connect(self._show_zoom)

    @property
    def title(self) -> str:
        """The picture's name."""
        shown = self._workspace.shown
        return PROGRAM if shown is None else f"{shown.source.name} – {PROGRAM}"

    @property
    def facts(self) -> str:
        """Size, depth, profile, model, device, time."""
        return "" if self._workspace.shown is None else wording.facts(self._workspace.shown)

    @property
    def activity(self) -> str:
        """Whether the engine is still being loaded."""
        return "" if self._workspace.ready is not None else self.tr("Getting ready…")

    @property
    def file_actions(self) -> Sequence[QAction | None]:
        """Open, save, close."""
        do = self._actions
        saving = do.save, do.save_as, do.save_all, do.show_in_folder
        return do.open, do.open_recent, do.open_sample, None, *saving, None, do.close_picture

    @property
    def edit_actions(self) -> Sequence[QAction | None]:
        """The clipboard."""
        return self._actions.copy, self._actions.paste

    @property
    def menus(self) -> Sequence[Menu]:
        """Picture, View."""
        do = self._actions
        zooms = do.fit, do.actual, do.double, do.zoom_in, do.zoom_out
        return (
            Menu(self.tr("&Picture"), (do.upscale, do.stop, None, do.previous, do.next)),
            Menu(self.tr("&View"), (*zooms, None, do.side_by_side, do.divider, None, do.pixels, do.details)),
        )

    @property
    def hides_below_drops(self) -> bool:
        """While no picture is open the page itself says what to drop."""
        return not self._workspace.documents

    def welcome(self, offer: Offer) -> str:
        """Say how much will be opened."""
        if len(offer.files) > 1:
            return self.tr("Drop to open {} files").format(len(offer.files))
        if offer.files and offer.files[0].is_dir():
            return self.tr("Drop to open the pictures in this folder")
        return self.tr("Drop to open")

    def show_before_as(self, *, pixels: bool) -> None:
        """Show the original's own pixels, or bicubic."""
        self._before_as_pixels = pixels
        self._show_layers()

    def show_details(self, shows: bool) -> None:
        """List beside the picture what is kept and changed, or not."""
        self.details.setVisible(shows)
        self._show_fate()

    def compare(self, comparison: Comparison) -> None:
        """Share the view another way."""
        self.view.compare(comparison)

    @Slot()
    def show_everything(self) -> None:
        """Show the workspace as it is now."""
        page = self._picture if self._workspace.documents else self.empty
        if page is not self._stack.currentWidget():
            self._stack.setCurrentWidget(page)
            (self.view if self._workspace.documents else self.empty.open_button).setFocus()
        self.options.show_options(self._workspace.options, self._workspace.ready)
        self._show_document()
        self._show_notice()

    @Slot(object)
    def _show_change(self, document: Document) -> None:
        if document is self._workspace.shown:
            self._show_document()
            self._show_notice()
        else:
            self._actions.refresh(self._workspace)

    def _show_document(self) -> None:
        self._actions.refresh(self._workspace)
        self.options.show_action(self._actions.primary(self._workspace) if self._workspace.shown else None)
        self._show_layers()
        self._show_captions()
        self._show_fate()
        self._show_progress(self._workspace.shown)

    def _show_layers(self) -> None:
        shown = self._workspace.shown
        if shown is None or shown.before is None:
            self._shows = ()
            self.view.clear_layers()
            self._show_zoom()
            return
        content = (shown.before, shown.after, shown.plan, self._before_as_pixels)
        if content == self._shows:
            return
        self._shows = content
        from sr_desktop.ui.pictures.layers import (  # late: numpy is loaded with the first picture
            BicubicLayer,
            PyramidLayer,
        )

        original = shown.before.pyramid
        size = shown.plan or original
        kind = PyramidLayer if self._before_as_pixels else BicubicLayer
        before = kind(original, width=size.width, height=size.height)
        after = None
        if shown.after is not None:
            after = PyramidLayer(shown.after.picture.pyramid, width=size.width, height=size.height)
        is_another = shown is not self._viewed
        self._viewed = shown
        self.view.show_layers(before, after, width=size.width, height=size.height, is_another=is_another)

    def _show_fate(self) -> None:
        self.details.refresh()
        self.losses.refresh(is_listed=not self.details.isHidden())

    def _show_captions(self) -> None:
        shown = self._workspace.shown
        before, after = [self.tr("Before")], [self.tr("After")]
        if shown is not None:
            before.append(shown.source.name)
            if shown.before is not None:
                before.append(wording.size(shown.before.pyramid.width, shown.before.pyramid.height))
            if shown.plan is not None:
                after.append(wording.size(shown.plan.width, shown.plan.height))
        can_pull = shown is not None and shown.after is not None
        self.captions.show_texts(wording.SEPARATOR.join(before), wording.SEPARATOR.join(after), can_pull=can_pull)

    @Slot(object)
    def _show_progress(self, document: Document | None) -> None:
        if document is not self._workspace.shown:
            return
        is_ready = self._workspace.ready is not None
        if document is None or not document.is_busy:
            self.options.show_progress(None, "")
            self.view.show_message(self._standing(document))
            return
        text = wording.progress(document, engine_is_ready=is_ready)
        is_steady = document.state is State.UPSCALING and (is_ready or document.progress.done > 0)
        self.options.show_progress(document.progress.fraction, text, is_steady=is_steady)
        self.view.show_message("")

    def _standing(self, document: Document | None) -> str:
        """Return what the empty pane of a picture without a result says."""
        match document.state if document is not None else None:
            case State.WAITING:
                return self.tr("Waiting for its turn")
            case State.EMPTY | State.READY:
                return self.tr("Stopped")
            case State.FAILED:
                return self.tr("No result")
            case _:
                return ""

    @Slot()
    def _show_notice(self) -> None:
        shown = self._workspace.shown
        latest = self._workspace.notices.latest
        failure = shown.failure if shown is not None and shown.state is State.FAILED else None
        self.notice_bar.close_button.setVisible(latest is not None)
        can_salvage = latest is None and failure is not None and shown is not None and shown.can_be_salvaged
        self.notice_bar.salvage_button.setVisible(can_salvage)
        self.notice_bar.show_notice(latest or failure)

    @Slot()
    def _salvage(self) -> None:
        if self._workspace.shown is not None:
            self._workspace.shown.salvage()

    @Slot()
    def _show_zoom(self) -> None:
        self.captions.show_zoom(self.view.viewport.zoom if self._shows else None)

    @Slot()
    def _prepare_drag(self) -> None:
        if self._workspace.shown is not None:
            self._outgoing.prepare(self._workspace.shown)

    @Slot()
    def _drag(self) -> None:
        if self._workspace.shown is not None:
            self._outgoing.drag(self._workspace.shown, self.captions.after)

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        if self._workspace.shown is not None:
            self.menu.popup(self.view.mapToGlobal(place))

    @Slot(object)
    def _drag_from_strip(self, document: Document) -> None:
        self._outgoing.drag(document, self.strip)
