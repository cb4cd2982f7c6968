"""sr_desktop makes pictures larger with FSRCNN, and trains that network on a person's own folder."""

__version__ = "0.1.0"
