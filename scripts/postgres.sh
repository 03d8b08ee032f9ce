# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154,SC2164,SC2103 # the variables are shared with who sources this, under set -e
# A PostgreSQL of one's own in $temp; sourced by the other scripts, after processes.sh.

data=
# Nothing in it has to outlast a power cut; whoever needs that empties this.
postgres_settings='-c fsync=off -c synchronous_commit=off -c full_page_writes=off'

newest_postgres() {
    find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1
}

# Notes the package, unless a PostgreSQL is there.
need_postgres() {
    [ -n "$(newest_postgres)" ] || missing+=(postgresql)
}

# As the user that PostgreSQL insists on: not root.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

# A port that nobody listens on at this moment.
free_port() {
    local port
    while port=$((20000 + RANDOM % 12000)) && (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
    echo "$port"
}

# Sets postgres_url.
start_postgres() {
    local port pg
    pg=$(newest_postgres)
    port=$(free_port)
    mkdir -m 700 "$temp/postgres"
    [ "$(id -u)" != 0 ] || chown postgres "$temp/postgres"
    cd "$temp/postgres"
    as_postgres "$pg/initdb" -D "$PWD/cluster" -U guildhall -A trust -E UTF8 --locale=C -N >"$temp/initdb.log"
    data=$PWD/cluster
    as_postgres "$pg/pg_ctl" -D "$data" -s -w -l "$PWD/log" -o "-h 127.0.0.1 -p $port -k $PWD -c max_connections=300 \
        $postgres_settings" start
    cd - >/dev/null
    postgres_url=postgres://guildhall@127.0.0.1:$port/postgres
}

stop_postgres() {
    [ -z "$data" ] || as_postgres "$(newest_postgres)/pg_ctl" -D "$data" -s -m immediate stop
}
last_words() { stop_postgres; }
