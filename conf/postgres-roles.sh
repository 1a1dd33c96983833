#!/bin/sh
# Makes the two roles of the service on a new database of docker-compose.yml, with their passwords from the environment.
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --file "${ROLES:-/roles.sql}" &&
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --set owner="$CLICKNBACK_DATABASE_OWNER_PASSWORD" --set service="$CLICKNBACK_DATABASE_PASSWORD" <<'SQL'
ALTER ROLE clicknback_owner PASSWORD :'owner';
ALTER ROLE clicknback PASSWORD :'service';
SQL
