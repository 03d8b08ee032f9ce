# shellcheck shell=bash
# Installs Debian packages that are missing; sourced by the other scripts.

# need COMMAND PACKAGE…: notes the packages unless the command is there.
missing=()
need() {
    command -v "$1" >/dev/null || missing+=("${@:2}")
}

# Installs what was noted. Their services are not started: the scripts start their own.
install_missing() {
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        echo "Missing, and only root with apt-get can install: ${missing[*]}" >&2
        exit 1
    fi
    echo "== installing ${missing[*]}"
    (
        log=$(mktemp)
        policy=/usr/sbin/policy-rc.d
        if [ -e $policy ]; then ours=; else ours=$policy; fi
        trap 'rm -f "$log" $ours' EXIT
        [ -z "$ours" ] || { printf '#!/bin/sh\nexit 101\n' >$policy && chmod +x $policy; }
        export DEBIAN_FRONTEND=noninteractive
        if ! { apt-get update && apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
            tail -n 20 "$log" >&2
            echo "Could not install: ${missing[*]}" >&2
            exit 1
        fi
    )
}

need_rust() {
    need cc gcc libc6-dev
    need make make
    # The PostgreSQL client is built against the system's OpenSSL.
    need pkg-config pkg-config
    pkg-config --exists openssl 2>/dev/null || missing+=(libssl-dev)
    if ! command -v cargo >/dev/null; then
        echo "Missing: Rust. Install it from https://rustup.rs and run this again." >&2
        exit 1
    fi
}
