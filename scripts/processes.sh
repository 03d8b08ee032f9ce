# shellcheck shell=bash
# Runs steps in a folder of their own and leaves nothing behind, whatever happens; sourced by the other scripts.

temp=
job=
# What to do first on the way out.
last_words() { :; }

# The folder for everything that is not to stay.
make_temp() {
    temp=$(mktemp -d "/tmp/$1.XXXXXX")
    chmod 711 "$temp"
}

# What was started by a test or here and still runs: it names the folder, or lives in it.
strays() {
    local process
    for process in /proc/[0-9]*; do
        case $(readlink "$process/cwd" 2>/dev/null) in "$temp"*) echo "${process#/proc/}" ;; esac
    done
    # The pattern comes by stdin, so that grep does not find itself.
    # shellcheck disable=SC2062 # the names are for the shell, the pattern is not
    grep -lsFf - /proc/[0-9]*/cmdline /proc/[0-9]*/environ <<<"$temp" | cut -d/ -f3
}

leave() {
    local status=$? signal
    trap - EXIT INT TERM HUP
    cd /
    if [ -n "$job" ] && kill -- -"$job" 2>/dev/null; then
        # Time to end in good order.
        for _ in $(seq 50); do
            kill -0 "$job" 2>/dev/null || break
            sleep 0.1
        done
    fi
    last_words || true
    if [ -n "$temp" ]; then
        for signal in TERM TERM KILL; do
            [ -n "$(strays)" ] || break
            # shellcheck disable=SC2046 # one word a process
            kill -s $signal $(strays) 2>/dev/null || true
            for _ in 1 2 3 4 5 6 7 8 9 10; do
                [ -n "$(strays)" ] || break
                sleep 0.2
            done
        done
        rm -rf "$temp"
    fi
    exit $status
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

# step TITLE COMMAND…: runs it in a process group of its own, so that all of it can be ended. It reads $input.
input=
passed=()
step() {
    local title=$1 began=$SECONDS status=0
    shift
    echo "== $title"
    set -m
    "$@" <"${input:-/dev/null}" &
    job=$!
    set +m
    wait $job || status=$?
    job=
    [ $status = 0 ] || { echo "FAILED: $title" >&2; exit $status; }
    passed+=("$title ($((SECONDS - began)) s)")
}
