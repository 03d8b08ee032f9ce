# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154,SC2164,SC2103 # the variables are shared with who sources this, under set -e
# A PostgreSQL of one's own in $temp; sourced by the other scripts, after processes.sh.

data=
# Nothing in it has to outlast a power cut; whoever needs that empties this.
postgres_settings='-c fsync=off -c synchronous_commit=off -c full_page_writes=off'

newest_postgres() {
    find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1
}

# Notes the packages, unless a PostgreSQL is there, and what makes its certificate.
need_postgres() {
    [ -n "$(newest_postgres)" ] || missing+=(postgresql)
    need openssl openssl
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

# make_certificate NAME SUBJECT OPTION…: NAME.pem and NAME.key, signed by the authority of this folder.
make_certificate() {
    local new=(openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes)
    if [ ! -e authority.pem ]; then
        as_postgres "${new[@]}" -x509 -days 2 -subj '/CN=Authority of the tests' \
            -keyout authority.key -out authority.pem
    fi
    as_postgres "${new[@]}" -subj "$2" -keyout "$1.key" -out "$1.request"
    as_postgres openssl x509 -req -days 2 -in "$1.request" -CA authority.pem -CAkey authority.key -CAcreateserial \
        "${@:3}" -out "$1.pem"
}

# Sets postgres_url, and TEST_POSTGRES_TLS to the folder with authority.pem, which has signed the server's certificate,
# and with a client's (client.pem, client.key). It takes connections with TLS and without.
start_postgres() {
    local port pg
    pg=$(newest_postgres)
    port=$(free_port)
    mkdir -m 700 "$temp/postgres"
    [ "$(id -u)" != 0 ] || chown postgres "$temp/postgres"
    cd "$temp/postgres"
    as_postgres "$pg/initdb" -D "$PWD/cluster" -U guildhall -A trust -E UTF8 --locale=C -N >"$temp/initdb.log"
    data=$PWD/cluster
    # In a file: another user's pipe cannot be read.
    as_postgres tee names >/dev/null <<<'subjectAltName=DNS:localhost,IP:127.0.0.1'
    make_certificate server /CN=localhost -extfile names 2>"$temp/openssl.log"
    make_certificate client /CN=guildhall 2>>"$temp/openssl.log"
    as_postgres "$pg/pg_ctl" -D "$data" -s -w -l "$PWD/log" -o "-h 127.0.0.1 -p $port -k $PWD -c max_connections=300 \
        -c ssl=on -c ssl_cert_file=$PWD/server.pem -c ssl_key_file=$PWD/server.key -c ssl_ca_file=$PWD/authority.pem \
        $postgres_settings" start
    export TEST_POSTGRES_TLS=$PWD
    cd - >/dev/null
    postgres_url=postgres://guildhall@127.0.0.1:$port/postgres
}

stop_postgres() {
    [ -z "$data" ] || as_postgres "$(newest_postgres)/pg_ctl" -D "$data" -s -m immediate stop
}
last_words() { stop_postgres; }
