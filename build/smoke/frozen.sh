#!/usr/bin/env bash
# Proves the packaged program on a minimal Debian without Python: installs the .deb, opens the window, enlarges, trains,
# scores, asks the doctor.
#
#     sudo build/smoke/frozen.sh NEW_FOLDER [DIST]
#
# NEW_FOLDER receives the system and stays; given again, it is used again. DIST (default: dist) holds what build/linux/deb.sh made. Needs root, a Debian
# and the package debootstrap.
set -euo pipefail

folder=${1:?usage: frozen.sh NEW_FOLDER [DIST]}
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
dist=${2:-$repository/dist}
. "$repository/build/smoke/system.sh"

inside() {
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DISPLAY=:77 "${settings[@]}" \
        chroot "$folder" /bin/sh -c 'cd /root/work && exec "$@"' sh "$@"
}

fail() { echo "FAILED: $*"; exit 1; }

# The window of the program as X knows it, or nothing.
window() { inside xwininfo -root -tree 2>/dev/null | grep -E '"[^"]*sr_desktop"' | grep -vE ' 1x1\+| 10x10\+' || true; }

# Starts the window, waits until it is there, says after how long, and leaves it running for a screenshot.
open_window() {
    local began now
    began=$(date +%s%3N)
    inside sr-desktop "$@" >"$folder/root/work/window.log" 2>&1 &
    program=$!
    until [ -n "$(window)" ]; do
        kill -0 "$program" 2>/dev/null || { cat "$folder/root/work/window.log"; fail "the program ended"; }
        now=$(date +%s%3N)
        [ $((now - began)) -lt 60000 ] || fail "no window after a minute"
        sleep 0.02
    done
    echo "window after $(($(date +%s%3N) - began)) ms"
}

close_window() {
    inside sh -c 'kill $(cat /proc/[0-9]*/stat 2>/dev/null | sed -n "s/^\([0-9]*\) (sr-desktop).*/\1/p")' || true
    wait "$program" 2>/dev/null || true
}

settings=()
mapfile -t settings < <(env | grep -E '^[a-zA-Z]+_(proxy|PROXY)=' || true)
[ -x "$folder/usr/bin/dpkg" ] || make_system xvfb,x11-utils,x11-apps
trap 'kill "${server:-}" 2>/dev/null || true; unmount_all' EXIT
mount_all
mkdir -p "$folder/root/work/pictures"
cp "$dist"/sr-desktop_*.deb "$folder/root/work/sr-desktop.deb"
make_picture "$folder/root/work/photo.png"
cp "$repository"/docs/screenshots/{compare,start}-*.png "$folder/root/work/pictures/"
rm -rf "$folder"/root/work/{run,mine.safetensors,photo_2x.png,events.jsonl}

echo "== installing the package"
inside apt-get install -y -q --reinstall ./sr-desktop.deb >"$folder.install.log" 2>&1 || { tail "$folder.install.log"; exit 1; }
inside sh -c '! command -v python3 && ! command -v python' || fail "this system has Python"

echo "== the window"
inside Xvfb :77 -screen 0 1280x800x24 -nolisten tcp >/dev/null 2>&1 &
server=$!
until inside xwininfo -root >/dev/null 2>&1; do sleep 0.2; done
for start in cold warm warm; do
    echo -n "$start: "
    open_window photo.png
    sleep 8
    inside sh -c 'xwd -root -silent >window.xwd'
    close_window
done

echo "== a picture"
inside sr-desktop-cli upscale photo.png
size=$(od -An -j16 -N8 -tu1 "$folder/root/work/photo_2x.png" | xargs)
[ "$size" = "0 0 0 192 0 0 0 128" ] || fail "photo_2x.png is not 192 by 128 pixels"

echo "== 50 steps of training in a child process"
sleep 300 | inside sr-desktop-cli train pictures --scale 2 --start scratch --steps 50 --batch 4 --output mine.safetensors \
    --run run --child --json >"$folder/root/work/events.jsonl" &
wait $! || true
grep -q '"event": "end"' "$folder/root/work/events.jsonl" || fail "the run has no end"
[ -s "$folder/root/work/mine.safetensors" ] || fail "no model was written"

echo "== evaluate, benchmark, doctor"
inside sr-desktop-cli evaluate pictures --scale 2 --model mine.safetensors | tail -n 3
inside sr-desktop-cli benchmark --task network --rounds 1 | tail -n 8
inside sr-desktop-cli doctor | tee "$folder/root/work/doctor.txt" | tail -n 3
for library in PySide6 torch numpy; do
    grep -qE "$library +[0-9]+\." "$folder/root/work/doctor.txt" || fail "the doctor doesn't know the version of $library"
done
for part in docs/index.html docs/train.html resources/translations/sr_desktop_zh_CN.qm weights/fsrcnn-x2.safetensors; do
    [ -s "$folder/opt/sr-desktop/_internal/sr_desktop/$part" ] || fail "$part is missing"
done
[ -s "$folder/opt/sr-desktop/_internal/PySide6/Qt/translations/qtbase_zh_CN.qm" ] || fail "Qt's own Chinese is missing"
echo "The packaged program works here. A screenshot: $folder/root/work/window.xwd"
