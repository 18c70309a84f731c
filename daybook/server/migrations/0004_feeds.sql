-- Secret addresses under which calendars read a plan's dates, without a session.
--
-- An address is known by the SHA-256 of its secret, so that a copy of this table opens nothing. It never says what
-- its person may see: that is looked up at every reading.

CREATE TABLE feeds (
    feed bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token_sha256 bytea NOT NULL UNIQUE,
    network text NOT NULL,
    person text NOT NULL,
    plan text NOT NULL,
    language text NOT NULL,
    -- Only what the person owns, or the whole plan.
    mine boolean NOT NULL,
    created_at timestamptz NOT NULL,
    revoked_at timestamptz,
    -- When a calendar last read it, so that its person can tell which of several addresses is in use.
    read_at timestamptz,
    FOREIGN KEY (network, person) REFERENCES people
);

CREATE INDEX feeds_person ON feeds (network, person, plan);

GRANT SELECT, INSERT, UPDATE ON feeds TO daybook_app;
