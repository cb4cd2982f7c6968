"""Pictures in and out, colour, resampling and picture metrics; numpy and libraries for formats only."""
