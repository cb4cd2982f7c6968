"""Which part of a picture a pane shows, and how large: plain arithmetic, shared by all panes."""

import math
from dataclasses import dataclass, replace

LARGEST_ZOOM = 64.0
"""A pixel of the picture as a square of 64: more shows nothing more."""

SMALLEST_SIDE = 32
"""The picture never gets smaller than this many pixels on screen along its longer side."""

STEP = 2 ** (1 / 4)
"""One notch of the wheel: four of them double the size."""


@dataclass(frozen=True, slots=True)
class Viewport:
    """One zoom and one position.

    Attributes:
        image_width: Columns of the picture.
        image_height: Rows of the picture.
        pane_width: Physical pixels across one pane.
        pane_height: Physical pixels down one pane.
        zoom: Physical pixels per pixel of the picture.
        x: Column of the picture in the middle of the pane, as a fraction counts.
        y: Row of the picture in the middle of the pane.
        fits: Whether the zoom follows the size of the pane.
    """

    image_width: int = 1
    image_height: int = 1
    pane_width: int = 1
    pane_height: int = 1
    zoom: float = 1.0
    x: float = 0.5
    y: float = 0.5
    fits: bool = True

    @property
    def left(self) -> int:
        """Physical pixels from the pane's left edge to the picture's; whole, so that pixels stay pixels."""
        return math.floor(self.pane_width / 2 - self.x * self.zoom + 0.5)

    @property
    def top(self) -> int:
        """Physical pixels from the pane's upper edge to the picture's."""
        return math.floor(self.pane_height / 2 - self.y * self.zoom + 0.5)

    @property
    def fitting_zoom(self) -> float:
        """The zoom at which the whole picture is seen; above 1 only whole numbers, so that all pixels are alike."""
        zoom = min(self.pane_width / self.image_width, self.pane_height / self.image_height)
        return max(zoom if zoom < 1 else math.floor(zoom), self._smallest_zoom)

    @property
    def can_move(self) -> bool:
        """Whether a part of the picture is outside."""
        return self.image_width * self.zoom > self.pane_width or self.image_height * self.zoom > self.pane_height

    @property
    def _smallest_zoom(self) -> float:
        return SMALLEST_SIDE / max(self.image_width, self.image_height, SMALLEST_SIDE)

    def fitted(self) -> "Viewport":
        """Return the whole picture, staying so when the pane changes its size."""
        return replace(self, zoom=self.fitting_zoom, x=self.image_width / 2, y=self.image_height / 2, fits=True)

    def zoomed(self, zoom: float, *, at: tuple[float, float] | None = None) -> "Viewport":
        """Return another zoom, with the point of the picture under `at` staying where it is.

        Args:
            zoom: Physical pixels per pixel of the picture; brought into what is sensible.
            at: Across and down from the pane's corner in physical pixels; its middle if not given.
        """
        zoom = min(max(zoom, min(self._smallest_zoom, self.fitting_zoom)), LARGEST_ZOOM)
        right, down = at or (self.pane_width / 2, self.pane_height / 2)
        off_x, off_y = right - self.pane_width / 2, down - self.pane_height / 2
        x, y = self.x + off_x / self.zoom - off_x / zoom, self.y + off_y / self.zoom - off_y / zoom
        return replace(self, zoom=zoom, x=x, y=y, fits=False)._held()

    def stepped(self, notches: float, *, at: tuple[float, float] | None = None) -> "Viewport":
        """Return the zoom some notches of the wheel further, stopping at real pixels on the way."""
        zoom = self.zoom * STEP**notches
        if (self.zoom - 1) * (zoom - 1) < 0:
            zoom = 1.0
        return self.zoomed(zoom, at=at)

    def moved(self, across: float, down: float) -> "Viewport":
        """Return the picture moved by physical pixels, no further than its edge."""
        return replace(self, x=self.x - across / self.zoom, y=self.y - down / self.zoom)._held()

    def in_pane(self, *, width: int, height: int) -> "Viewport":
        """Return the same part in a pane of another size."""
        resized = replace(self, pane_width=max(1, width), pane_height=max(1, height))
        return resized.fitted() if self.fits else resized._held()

    def of_image(self, *, width: int, height: int) -> "Viewport":
        """Return the same part, as large on screen, of a picture with other pixels."""
        factor = width / self.image_width
        other = replace(self, image_width=width, image_height=height)
        if self.fits:
            return other.fitted()
        held = replace(other, x=self.x * factor, y=self.y * height / self.image_height)
        return held.zoomed(self.zoom / factor)

    def of_another_image(self, *, width: int, height: int) -> "Viewport":
        """Return the same zoom at the same relative position in another picture."""
        other = replace(self, image_width=width, image_height=height)
        if self.fits:
            return other.fitted()
        x, y = self.x / self.image_width * width, self.y / self.image_height * height
        return replace(other, x=x, y=y).zoomed(self.zoom)

    def _held(self) -> "Viewport":
        return replace(
            self,
            x=_held(self.x, self.image_width, self.pane_width / self.zoom),
            y=_held(self.y, self.image_height, self.pane_height / self.zoom),
        )


def _held(middle: float, image: int, seen: float) -> float:
    """Return a middle that shows no more outside than it must."""
    if image <= seen:
        return image / 2
    return min(max(middle, seen / 2), image - seen / 2)
