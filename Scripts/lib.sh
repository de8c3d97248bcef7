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
