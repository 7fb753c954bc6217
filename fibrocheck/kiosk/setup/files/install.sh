#!/bin/sh
# Made by `fibrocheck kiosk pack`. Makes this computer a kiosk from the packages beside this script, without a network;
# over an older installation too. Options are those of `fibrocheck kiosk install`, such as --dry-run or --way console.
set -eu
cd "$(dirname "$0")"
fail() {
    echo "$1 Nothing was changed." >&2
    exit 1
}
[ "$(id -u)" = 0 ] || fail "Only root can install a kiosk. Run it as root, such as with sudo."
command -v python3 >/dev/null && python3 -c 'import ensurepip' 2>/dev/null ||
    fail "Not installed: python3-venv. Run: apt-get install python3-venv."
here=$(python3 -c 'import platform, sys; print("%d.%d on" % sys.version_info[:2], platform.machine())')
[ "$here" = "@PYTHON@ on @MACHINE@" ] ||
    fail "These packages are for Python @PYTHON@ on @MACHINE@, and this computer has Python $here. Make another folder: fibrocheck kiosk pack --python VERSION --machine NAME."
python3 -m venv /opt/fibrocheck
/opt/fibrocheck/bin/pip install --quiet --disable-pip-version-check --force-reinstall --no-index \
    --find-links wheels --require-hashes --requirement requirements.txt
if [ -e kiosk.yaml ]; then
    set -- --settings kiosk.yaml "$@"
fi
exec /opt/fibrocheck/bin/fibrocheck kiosk install "$@"
