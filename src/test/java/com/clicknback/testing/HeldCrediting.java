package com.clicknback.testing;

/** Keeps every process from crediting, by taking the locks on all shards of its work list. */
public final class HeldCrediting {
    /** Holds the locks until the transaction ends that runs this. */
    public static final String HOLD =
            "SELECT pg_advisory_xact_lock(1129465156, shard) FROM generate_series(0, 7) AS s (shard)";

    private HeldCrediting() {}
}
