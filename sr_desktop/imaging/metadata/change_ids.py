"""The ids by which the program says what a result kept and what it changed: stable, other programs rely on them."""

KEPT = {
    "exif": "camera, dates, place and maker notes (EXIF)",
    "icc": "colour profile",
    "xmp": "XMP packet",
    "iptc": "IPTC record",
    "text": "PNG text",
    "density": "pixels per inch",
    "colour": "PNG's own statements about colour (gAMA, cHRM, sRGB, cICP)",
    "depth": "more than 8 bits per sample",
    "alpha": "transparency",
    "grey": "a single channel of grey",
    "pages": "all pages",
    "animation": "all frames and their times",
}
"""What a picture may have that has to come out again; listed as kept only where the source had it."""

CHANGED = KEPT | {
    "thumbnail": "the small preview inside the metadata",
    "colour-space": "CMYK, Lab and others became RGB",
    "palette": "a palette became grey or RGB",
    "pages": "only the first page",
    "animation": "only the first frame",
    "extra": "gain map, second picture or film behind the picture",
    "damage": "parts of a broken file that could not be read, or are wrong since the file's data is damaged",
    "samples": "samples that are no number, or infinite",
}
"""What a result may differ in; each comes with a sentence."""
