#!/bin/sh
# For a machine that has no network: gather the wheels where there is one, carry them over, install.
#
#   air_gapped.sh gather wheels/            # in the repository's root; the same system and Python
#   air_gapped.sh install wheels/ .venv/    # on the other machine, which needs Python alone
set -eu
case "${1:-}" in
gather) "${PYTHON:-python3}" -m pip wheel --quiet --wheel-dir "$2" "${NOTETEXT:-.[all]}" ;;
install)
    "${PYTHON:-python3}" -m venv "$3"
    "$3/bin/pip" install --quiet --no-index --find-links "$2" "notetext[all]"
    "$3/bin/notetext" doctor
    ;;
*)
    echo "usage: $0 gather WHEELS | install WHEELS VENV" >&2
    exit 2
    ;;
esac
