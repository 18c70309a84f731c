-- Who people are and how they sign in: names and secrets, kept apart from the log, which holds ids only.

CREATE TABLE people (
    network text NOT NULL REFERENCES networks,
    person text NOT NULL,
    name text NOT NULL,
    -- What they sign in with, in lower case; NULL for those who cannot sign in by password.
    sign_in_name text,
    password_hash text,
    PRIMARY KEY (network, person),
    UNIQUE (network, sign_in_name)
);

GRANT SELECT, INSERT, UPDATE ON people TO daybook_app;

-- A session is known by the SHA-256 of its token, so that a copy of this table opens nothing.
CREATE TABLE sessions (
    token_sha256 bytea PRIMARY KEY,
    network text NOT NULL,
    person text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    FOREIGN KEY (network, person) REFERENCES people
);

CREATE INDEX sessions_person ON sessions (network, person);

GRANT SELECT, INSERT, UPDATE, DELETE ON sessions TO daybook_app;

-- Failed attempts, by sign-in name and by address, so that guessing is slow.
CREATE TABLE sign_in_failures (
    network text NOT NULL,
    subject text NOT NULL,
    at timestamptz NOT NULL
);

CREATE INDEX sign_in_failures_subject ON sign_in_failures (network, subject, at);

GRANT SELECT, INSERT, DELETE ON sign_in_failures TO daybook_app;
