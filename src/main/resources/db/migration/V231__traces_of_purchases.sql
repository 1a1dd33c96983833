-- Traces of requests whose purchases are not credited yet, so that their crediting, in whatever process, becomes part of
-- them. Rows are few and live for milliseconds; what a crash of the server loses of them nobody misses.
CREATE UNLOGGED TABLE purchase_traces (
    purchase_id uuid PRIMARY KEY,
    traceparent text NOT NULL,
    stored_at timestamptz NOT NULL
);
