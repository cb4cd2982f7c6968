"""Where both packaged programs start."""

import sys

from sr_desktop.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
