#!/usr/bin/env bash
# Makes dist/sr-desktop.dmg from dist/sr_desktop.app (Apple silicon). Untested: we have no Mac.
#
#     python build/freeze.py --no-archive && build/macos/dmg.sh
#
# The program is signed ad hoc, which is enough to run it on the machine that built it; to hand it on, set IDENTITY to a
# Developer ID and notarise the result.
set -euo pipefail

dist=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/dist
codesign --force --deep --sign "${IDENTITY:--}" "$dist/sr_desktop.app"
hdiutil create -volname sr_desktop -srcfolder "$dist/sr_desktop.app" -ov -format UDZO "$dist/sr-desktop.dmg"
