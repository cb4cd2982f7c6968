"""What the application does, as QObjects without widgets."""
