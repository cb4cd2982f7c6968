"""Make `weights/index.json` anew; run it after changing a bundled model."""

from sr_desktop import paths
from sr_desktop.library import index

if __name__ == "__main__":
    folder = paths.bundled_weights()
    print(f"{index.write(folder)} models in {folder / index.INDEX_NAME}")
