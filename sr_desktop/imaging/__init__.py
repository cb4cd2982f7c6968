"""Pictures in and out, colour, resampling and picture metrics; numpy, OpenCV and Pillow only."""
