"""The Pictures page: panes, thumbnails, options, details."""
