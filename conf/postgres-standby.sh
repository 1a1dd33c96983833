#!/bin/sh
# Starts the standby of docker-compose.yml; at its first start it copies the primary. It waits for no standby of its own
# once it is promoted.
set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    mkdir -p "$PGDATA"
    until PGPASSWORD="$CLICKNBACK_REPLICATION_PASSWORD" pg_basebackup --pgdata="$PGDATA" --write-recovery-conf \
        --wal-method=stream --checkpoint=fast \
        --dbname="host=$PRIMARY_HOST port=${PRIMARY_PORT:-5432} user=replicator application_name=standby"; do
        rm -rf "$PGDATA"/*
        sleep 2
    done
    chmod 700 "$PGDATA"
    echo "synchronous_standby_names = ''" >> "$PGDATA/postgresql.auto.conf"
fi
exec postgres -D "$PGDATA" "$@"
