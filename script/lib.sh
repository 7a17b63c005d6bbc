# Sourced by the scripts beside it: prepares what they need, once, on a fresh Debian 12 or 13.
# Usage:  . "$(dirname -- "$0")/lib.sh"; prepare runtime   (or: prepare dev)
# shellcheck shell=sh
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
venv=$root/.venv
python=$venv/bin/python
cd "$root"

say() { printf '%s\n' "$*" >&2; }

# Libraries that Qt's windows, offscreen drawing and printing load: file, then Debian's package.
qt_libraries='
libEGL.so.1 libegl1
libGL.so.1 libgl1
libX11-xcb.so.1 libx11-xcb1
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libfreetype.so.6 libfreetype6
libglib-2.0.so.0 libglib2.0-0
libxcb-cursor.so.0 libxcb-cursor0
libxcb-glx.so.0 libxcb-glx0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxcb-shm.so.0 libxcb-shm0
libxcb-sync.so.1 libxcb-sync1
libxcb-util.so.1 libxcb-util1
libxcb-xfixes.so.0 libxcb-xfixes0
libxcb-xkb.so.1 libxcb-xkb1
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libxkbcommon.so.0 libxkbcommon0
libgssapi_krb5.so.2 libgssapi-krb5-2
libcups.so.2 libcups2
libwayland-cursor.so.0 libwayland-cursor0
'

missing_libraries() {
    [ -x /sbin/ldconfig ] || return 0
    known=$(/sbin/ldconfig -p)
    printf '%s' "$qt_libraries" | while read -r file package; do
        [ -n "$file" ] || continue
        case $known in *"$file"*) ;; *) printf '%s ' "$package" ;; esac
    done
}

suitable() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

find_python() {
    for candidate in python3 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null && suitable "$candidate"; then
            command -v "$candidate"
            return 0
        fi
    done
    say 'Python 3.11, 3.12 or 3.13 is needed, and none was found.'
    return 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}

can_be_root() {
    [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null
}

install_system_packages() {
    wanted=$(missing_libraries)
    if [ ! -x "$python" ] && ! "$(find_python)" -c 'import ensurepip, venv' 2>/dev/null; then
        wanted="$wanted python3-venv"
    fi
    [ -n "${wanted# }" ] || return 0
    if ! command -v apt-get >/dev/null; then
        say "If the window does not open, install what Debian calls: $wanted"
        return 0
    fi
    if ! can_be_root; then
        say "As root, run:  apt-get install $wanted"
        return 0
    fi
    say "Installing Debian packages: $wanted"
    # shellcheck disable=SC2086  # a list of words
    { as_root apt-get update -qq &&
        as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends $wanted; } >&2 ||
        say "That did not work. As root, run:  apt-get install $wanted"
}

make_environment() {
    [ -x "$python" ] && suitable "$python" && return 0
    say 'Making .venv'
    "$(find_python)" -m venv --clear "$venv"
}

# Installs a lock unless exactly that lock is installed already.
install_lock() {
    lock=requirements/$1.lock
    sum=$(cat "$lock" pyproject.toml | sha256sum)
    [ "$(cat "$venv/installed-$1" 2>/dev/null)" != "$sum" ] || return 0
    say "Installing $lock"
    "$python" -m pip install --quiet --disable-pip-version-check --no-input \
        --require-hashes -r "$lock" >&2
    "$python" -m pip install --quiet --disable-pip-version-check --no-input \
        --no-deps --no-build-isolation --editable . >&2
    printf '%s\n' "$sum" >"$venv/installed-$1"
    # What the tests need includes what the program needs.
    [ "$1" != dev ] ||
        cat requirements/runtime.lock pyproject.toml | sha256sum >"$venv/installed-runtime"
}

prepare() {
    lock_file=${TMPDIR:-/tmp}/tehuacan-prepare-$(id -u).lock
    exec 9>"$lock_file"
    if command -v flock >/dev/null; then flock 9; fi
    install_system_packages
    make_environment
    install_lock "$1"
    exec 9>&-
}

has_display() {
    [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" = Darwin ]
}
