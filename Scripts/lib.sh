# What the scripts share. Sourced, never run: each script that does works from the project's root.
# shellcheck shell=bash

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Progress goes to standard error, so that a script's results can be piped.
say() { printf '%s\n' "$*" >&2; }

# fail STATUS LINE…: says why, and ends. Status 3: something outside is missing.
fail() {
    local status=$1
    shift
    printf 'error: %s\n' "$1" >&2
    shift
    [[ $# -eq 0 ]] || printf '  %s\n' "$@" >&2
    exit "$status"
}

# usage SCRIPT: prints the comment at the head of a script, which is its help.
usage() { sed -n '2,/^$/{s/^# \{0,1\}//p}' "$1"; }

# tracked PATTERN…: the tracked files, each ended by NUL. Also where the checkout belongs to another user,
# as it often does in a container.
tracked() { git -c safe.directory="$PWD" ls-files -z -- "$@"; }

# make_venv FOLDER REQUIREMENTS: makes a virtual environment of Python with exactly the packages of a file, unless it is
# there already.
make_venv() {
    local folder=$1 requirements=$2
    ! cmp -s "$requirements" "$folder/installed.txt" || return 0
    say "installing what $requirements names into $folder"
    python3 -m venv --clear "$folder" >&2 || fail 3 "no virtual environment can be made" "Is python3-venv installed?"
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps -r "$requirements" >&2 ||
        fail 3 "the packages of $requirements cannot be installed" "Is pypi.org reachable?"
    cp "$requirements" "$folder/installed.txt"
}
