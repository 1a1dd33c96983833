-- A migration may take long, and must last as anything else does, whatever the role says.
SET synchronous_commit = on;
SET statement_timeout = 0;
