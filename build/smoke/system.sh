# A bare Debian in a folder, for the proofs beside this file, which set `folder` and source it. It uses this machine's
# release, mirror and pip configuration, so this has to be a Debian itself. Needs root and the package debootstrap.

release=$(. /etc/os-release && echo "$VERSION_CODENAME")
mirror=$(apt-get indextargets --format '$(CODENAME) $(SUITE) $(REPO_URI)' 'Created-By: Packages' |
    awk -v release="$release" '$1 == release { print $3; exit }')

# Debian's smallest variant and some packages, named with commas between them.
make_system() {
    debootstrap --variant=minbase --include="$1" "$release" "$folder" "$mirror" >"$folder.log" 2>&1 ||
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
