#!/usr/bin/env bash
# Proves the README's two commands on a minimal Debian: debootstrap's smallest variant, python3, nothing else.
#
#     sudo build/smoke/fresh-debian.sh NEW_FOLDER
#
# NEW_FOLDER receives the system (about 4 GB in the end) and stays, to look around in with chroot. What is tested is
# the last commit of this checkout, not the working tree. The system uses this machine's release, mirror and pip
# configuration, so this has to be a Debian itself. Needs root and the package debootstrap.
set -euo pipefail

folder=${1:?usage: fresh-debian.sh NEW_FOLDER}
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
release=$(. /etc/os-release && echo "$VERSION_CODENAME")
mirror=$(apt-get indextargets --format '$(CODENAME) $(SUITE) $(REPO_URI)' 'Created-By: Packages' |
    awk -v release="$release" '$1 == release { print $3; exit }')

make_system() {
    debootstrap --variant=minbase --include=python3 "$release" "$folder" "$mirror" >"$folder.log" 2>&1 ||
        { tail -n 20 "$folder.log"; return 1; }
    apt-config dump | grep -E '^Acquire::https?::' >"$folder/etc/apt/apt.conf.d/00machine" || true
    for file in /etc/hosts /etc/resolv.conf /etc/pip.conf /etc/xdg/pip /root/.config/pip \
        /usr/local/share/ca-certificates; do
        [ -e "$file" ] || continue
        mkdir -p "$folder$(dirname "$file")"
        cp -rL "$file" "$folder$(dirname "$file")/"
    done
}

# The kernel's file systems, and every local folder that pip's configuration names, read-only. Of a package index
# (file://FOLDER/simple) the parent, because the packages lie beside it.
mount_all() {
    mount --bind /dev "$folder/dev"
    mount -t tmpfs tmpfs "$folder/dev/shm"
    mount -t proc proc "$folder/proc"
    python3 -m pip config list | grep -oE "(file://)?/[^' ,]+" | sed -E 's#^file://(.+)/[^/]+/?$#\1#' | sort -u |
        while read -r path; do
            [ -d "$path" ] || continue
            mkdir -p "$folder$path"
            mount --bind -o ro "$path" "$folder$path"
        done
}

unmount_all() {
    awk -v folder="$folder/" 'index($2, folder) == 1 { print $2 }' /proc/mounts | sort -r | xargs -r -n 1 umount -l
}

# A small photograph's stand-in, by the standard library alone.
make_picture() {
    python3 - "$1" <<'PYTHON'
import struct, sys, zlib

width, height = 96, 64
rows = b"".join(b"\0" + bytes(v for x in range(width) for v in (2 * x, 3 * y, (x * y) % 256)) for y in range(height))
chunks = [(b"IHDR", struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
with open(sys.argv[1], "wb") as file:
    file.write(b"\x89PNG\r\n\x1a\n")
    for kind, data in chunks:
        file.write(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)))
PYTHON
}

inside() {
    local settings
    mapfile -t settings < <(env | grep -E '^(PIP_|SSL_CERT|[a-zA-Z]+_(proxy|PROXY)=)')
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "${settings[@]}" \
        chroot "$folder" /bin/sh -c 'cd /root/sr_desktop && exec "$@"' sh "$@"
}

make_system
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
