#!/bin/sh
# Lets a standby follow a new database of docker-compose.yml, and every commit wait for it from the server's next start on.
set -eu
echo "host replication replicator samenet scram-sha-256" >> "$PGDATA/pg_hba.conf"
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --set password="$CLICKNBACK_REPLICATION_PASSWORD" <<'SQL'
CREATE ROLE replicator REPLICATION LOGIN PASSWORD :'password';
ALTER SYSTEM SET synchronous_standby_names = 'standby';
SQL
