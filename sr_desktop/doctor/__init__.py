"""What there is to work with on this computer, what is wrong with it, and all of that as one file to send."""
