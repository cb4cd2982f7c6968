import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sr_desktop.engine.tiles import SMALLEST_SIDE, Box, Grid, TileSize

grids = st.builds(Grid, st.integers(1, 300), st.integers(1, 300), st.integers(0, 12))
sizes = st.builds(TileSize, st.integers(1, 120), st.integers(1, 120))


@given(grids, sizes)
def test_cores_cover_every_pixel_exactly_once(grid, size):
    covered = np.zeros((grid.height, grid.width), int)
    for tile in grid.tiles(size):
        covered[tile.core.rows, tile.core.columns] += 1
        assert 1 <= tile.core.height <= size.height
        assert 1 <= tile.core.width <= size.width
    assert (covered == 1).all()


@given(grids, sizes)
def test_padding_is_the_halo_cut_at_the_edge_of_the_picture(grid, size):
    for tile in grid.tiles(size):
        core, padded = tile.core, tile.padded
        assert padded.top == max(0, core.top - grid.halo)
        assert padded.left == max(0, core.left - grid.halo)
        assert padded.bottom == min(grid.height, core.bottom + grid.halo)
        assert padded.right == min(grid.width, core.right + grid.halo)


@given(grids)
def test_quarters_cover_their_tile_or_are_refused_when_too_small(grid):
    whole = grid.tiles(TileSize(grid.height, grid.width))[0]
    quarters = grid.quarters(whole)
    if min(grid.height, grid.width) <= 2 * (SMALLEST_SIDE - 1):
        assert quarters == []
    else:
        assert sum(tile.core.height * tile.core.width for tile in quarters) == grid.height * grid.width
        assert all(tile.core.height < grid.height for tile in quarters)


def test_a_box_counts_from_the_corner_of_another_and_grows_with_the_scale():
    assert Box(10, 20, 30, 50).within(Box(2, 12, 38, 58)) == Box(8, 8, 28, 38)
    assert Box(1, 2, 3, 4).scaled(3) == Box(3, 6, 9, 12)
