"""Everything with a pixel on screen; widgets show state and report gestures, and decide nothing."""
