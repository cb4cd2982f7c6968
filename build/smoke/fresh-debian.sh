#!/usr/bin/env bash
# Proves the README's two commands on a minimal Debian: debootstrap's smallest variant, python3, nothing else.
#
#     sudo build/smoke/fresh-debian.sh NEW_FOLDER
#
# NEW_FOLDER receives the system (about 4 GB in the end) and stays, to look around in with chroot. What is tested is
# the last commit of this checkout, not the working tree. Needs root, a Debian and the package debootstrap.
set -euo pipefail

folder=${1:?usage: fresh-debian.sh NEW_FOLDER}
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$repository/build/smoke/system.sh"

inside() {
    local settings
    mapfile -t settings < <(env | grep -E '^(PIP_|SSL_CERT|[a-zA-Z]+_(proxy|PROXY)=)')
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "${settings[@]}" \
        chroot "$folder" /bin/sh -c 'cd /root/sr_desktop && exec "$@"' sh "$@"
}

make_system python3
trap unmount_all EXIT
mount_all
git clone -q "$repository" "$folder/root/sr_desktop"
make_picture "$folder/root/sr_desktop/photo.png"

echo "== python3 bootstrap.py upscale photo.png"
time inside python3 bootstrap.py upscale photo.png
size=$(od -An -j16 -N8 -tu1 "$folder/root/sr_desktop/photo_2x.png" | xargs)
[ "$size" = "0 0 0 192 0 0 0 128" ] || { echo "photo_2x.png is not 192 by 128 pixels"; exit 1; }
rm "$folder/root/sr_desktop/"photo*.png

echo "== python3 bootstrap.py test"
time inside python3 bootstrap.py test
