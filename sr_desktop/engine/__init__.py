"""Networks, weight files, tiles and devices: low-resolution luma in, high-resolution luma out. No Qt."""
