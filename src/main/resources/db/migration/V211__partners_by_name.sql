-- For the search, which finds partners by the beginning of their name, ignoring case. Ordered bytewise, as that of merchants.
CREATE INDEX partners_by_name ON partners ((lower(name COLLATE "und-x-icu") COLLATE "C"));
