"""When the photo model would serve better than the standard one: the picture's own file says that it was compressed hard."""

from sr_desktop.library.catalogue import Catalogue, Entry, photo_name
from sr_desktop.services.pictures.document import Document
from sr_desktop.services.pictures.upscaler import Options

HARD = 75
"""Quality up to which a JPEG counts as compressed hard. It is what libjpeg, and most of what calls it, uses unless told
otherwise: pictures that some program has made small. Cameras and whoever cares write 85 and more; there the blocks are too
faint for the photo model to gain more than it gives away in detail.
"""


def better_model(document: Document, options: Options, models: Catalogue) -> Entry | None:
    """Return the photo model that should be suggested for a picture, if any should.

    None unless the picture is a JPEG compressed hard, the standard model is chosen, and there is a photo model of the
    scale that the network is used at.
    """
    if document.before is None or document.plan is None or not document.plan.passes or options.model:
        return None
    jpeg = document.before.raster.metadata.jpeg
    if jpeg is None or jpeg.quality > HARD:
        return None
    name = photo_name(document.plan.passes[0])
    return next((entry for entry in models.entries if entry.name == name and entry.is_bundled), None)
