#!/usr/bin/env bash
# Makes dist/sr-desktop_VERSION_ARCHITECTURE.deb from the packaged program.
#
#     python build/freeze.py --no-archive && build/linux/deb.sh [DIST]
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
dist=${1:-$root/dist}
id=io.github.sr_desktop.SrDesktop
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' "$root/sr_desktop/__init__.py")
architecture=$(dpkg --print-architecture)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

chmod 755 "$tree"
mkdir -p "$tree"/{DEBIAN,opt,usr/bin,usr/share/applications,usr/share/metainfo,usr/share/doc/sr-desktop}
cp -a "$dist/sr-desktop" "$tree/opt/sr-desktop"
for program in sr-desktop sr-desktop-cli; do
    ln -s "/opt/sr-desktop/$program" "$tree/usr/bin/$program"
done
cp "$here/$id.desktop" "$tree/usr/share/applications/"
cp "$here/$id.metainfo.xml" "$tree/usr/share/metainfo/"
cp "$root/LICENSE" "$tree/usr/share/doc/sr-desktop/copyright"
install -D -m 644 "$root/resources/icons/app.svg" "$tree/usr/share/icons/hicolor/scalable/apps/$id.svg"

# Qt's and OpenCV's libraries lie in the folder; these belong to the graphics driver and the desktop.
cat >"$tree/DEBIAN/control" <<CONTROL
Package: sr-desktop
Version: $version
Architecture: $architecture
Maintainer: The sr_desktop authors <sr-desktop@localhost>
Installed-Size: $(du -sk "$tree/opt" | cut -f1)
Depends: libc6, libegl1, libgl1, libfontconfig1, libdbus-1-3, fonts-dejavu-core | fonts-noto-core
Recommends: xdg-desktop-portal
Section: graphics
Priority: optional
Description: makes pictures larger, faithfully
 sr_desktop makes pictures larger with FSRCNN, a small neural network, keeps colour, depth and metadata, and trains that
 network on a person's own pictures. It sends nothing anywhere.
CONTROL
dpkg-deb --build --root-owner-group -Zzstd -z6 "$tree" "$dist/sr-desktop_${version}_$architecture.deb"
