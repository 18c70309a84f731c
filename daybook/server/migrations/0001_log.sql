-- The log: one ordered sequence of events for each network, and what stands beside it.
--
-- The application acts as the role daybook_app. It can read these tables, and write to the log through the two
-- functions below and in no other way. Events are refused every change by trigger as well, whoever asks.
--
-- Making the role needs CREATEROLE (or superuser). Where the owner of the database has neither, the error below says
-- what somebody who has must run, once for the server.

DO $$
DECLARE
    may_become boolean;
BEGIN
    -- Roles belong to the whole server, so another database may have made it, even in this very moment.
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'daybook_app') THEN
        BEGIN
            CREATE ROLE daybook_app NOLOGIN;
        EXCEPTION
            WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END IF;
    -- Since version 16 a member may lack the right to become the role.
    IF current_setting('server_version_num')::int >= 160000 THEN
        may_become := pg_has_role(current_user, 'daybook_app', 'SET');
    ELSE
        may_become := pg_has_role(current_user, 'daybook_app', 'MEMBER');
    END IF;
    IF NOT may_become THEN
        GRANT daybook_app TO CURRENT_USER;
    END IF;
EXCEPTION
    WHEN insufficient_privilege THEN
        RAISE insufficient_privilege USING
            MESSAGE = format('%I may not make the role daybook_app, or not become it.', current_user),
            HINT = format(
                'Ask a superuser to run: CREATE ROLE daybook_app NOLOGIN; GRANT daybook_app TO %I;', current_user
            );
END
$$;

GRANT USAGE ON SCHEMA public TO daybook_app;


CREATE TABLE networks (
    -- The limit leaves room for the prefix of the channel that followers listen to: a channel's name has 63 bytes.
    id text PRIMARY KEY CHECK (octet_length(id) BETWEEN 1 AND 59),
    -- Positions mean nothing across epochs. Whoever restores an older state of the database sets a new one.
    epoch uuid NOT NULL DEFAULT gen_random_uuid()
);

GRANT SELECT, INSERT (id) ON networks TO daybook_app;


CREATE TABLE events (
    network text NOT NULL,
    position bigint NOT NULL CHECK (position > 0),
    recorded_at timestamptz NOT NULL,
    type text NOT NULL,
    tags text[] NOT NULL,
    -- Text, not jsonb: proofs and signatures need the bytes that were written.
    data text NOT NULL,
    command_id uuid NOT NULL,
    actor text NOT NULL,
    PRIMARY KEY (network, position)
);

CREATE INDEX events_stream ON events (network, (tags[1]), position);

GRANT SELECT ON events TO daybook_app;


-- A command that made no events has no positions; that it was here is remembered all the same.
CREATE TABLE commands (
    network text NOT NULL,
    command_id uuid NOT NULL,
    -- NULL once prose that the command carried was erased, because a hash can be tried out.
    fingerprint bytea,
    first_position bigint,
    last_position bigint,
    PRIMARY KEY (network, command_id)
);

GRANT SELECT ON commands TO daybook_app;


CREATE TABLE prose (
    network text NOT NULL,
    commitment text NOT NULL,
    position bigint NOT NULL,
    salt bytea NOT NULL,
    text text NOT NULL,
    PRIMARY KEY (network, commitment)
);

CREATE INDEX prose_position ON prose (network, position);

GRANT SELECT ON prose TO daybook_app;


CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The log never changes: % on % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER never_forgotten BEFORE DELETE OR TRUNCATE ON commands
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER never_rewritten BEFORE UPDATE OR TRUNCATE ON prose
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER never_changed BEFORE UPDATE ON commands
    FOR EACH ROW WHEN (
        NEW.fingerprint IS NOT NULL
        OR (NEW.network, NEW.command_id, NEW.first_position, NEW.last_position)
            IS DISTINCT FROM (OLD.network, OLD.command_id, OLD.first_position, OLD.last_position)
    )
    EXECUTE FUNCTION refuse_change();

-- Without this a session could switch the triggers off by calling itself a replica.
ALTER TABLE events ENABLE ALWAYS TRIGGER never_changed;
ALTER TABLE commands ENABLE ALWAYS TRIGGER never_forgotten, ENABLE ALWAYS TRIGGER never_changed;
ALTER TABLE prose ENABLE ALWAYS TRIGGER never_rewritten;


-- Whether an event falls within one match of a boundary.
CREATE FUNCTION falls_within(type text, tags text[], match_types text[], match_tags text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (cardinality(match_types) = 0 OR type = ANY (match_types)) AND tags @> match_tags;


-- Append a batch of commands; answer each, in the order given.
--
-- The caller sees to it that no command's boundary takes in an event of another command of the same batch, and that
-- no id comes twice. All is given flat: `n` counts commands from 1, and `i` the events of one command from 0.
-- A boundary whose `after` lies beyond the head was read in another life of the database, so it is a conflict.
--
-- The advisory lock lets one transaction at a time append to a network, from reading the head until its commit is
-- visible. Without it two transactions could take the same position or, worse, commit out of order: a follower that
-- has read position 8 would never look for a 7 that is committed later. A reader takes no lock and waits for nobody.
-- Each statement below has a snapshot of its own (READ COMMITTED, and the function is VOLATILE), so those after the
-- lock see all that was committed before it was granted; within one statement they would not.
-- The transaction is this one call, so the lock is never held across a round trip to a client that may have died.
--     https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
--     https://www.postgresql.org/docs/current/xfunc-volatility.html
CREATE FUNCTION append_batch(in_network text, new_commands json, new_matches json, new_events json, new_prose json)
RETURNS TABLE (outcome text, first_position bigint, last_position bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    head bigint;
    in_conflict int[];
    outcomes text[];
    firsts bigint[];
    lasts bigint[];
    starts bigint[];
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('log:' || in_network, 0));
    SELECT coalesce(max(e.position), 0) INTO head FROM events AS e WHERE e.network = in_network;

    -- ORDER BY with LIMIT, here and below, holds the planner to the index whatever its statistics say.
    SELECT array_agg(m.n) INTO in_conflict
    FROM json_to_recordset(new_matches) AS m (n int, after bigint, types text[], tags text[])
    WHERE m.after > head OR (
        SELECT true FROM events AS e
        WHERE e.network = in_network AND e.position > m.after AND falls_within(e.type, e.tags, m.types, m.tags)
        ORDER BY e.position LIMIT 1
    );

    WITH asked AS (
        SELECT c.n, c.events, k.first_position, k.last_position,
            CASE
                WHEN k.fingerprint <> decode(c.fingerprint, 'base64') THEN 'reused'
                WHEN k.command_id IS NOT NULL THEN 'repeated'
                WHEN c.n = ANY (in_conflict) THEN 'conflict'
                ELSE 'appended'
            END AS outcome
        FROM json_to_recordset(new_commands) AS c (n int, id uuid, fingerprint text, events int)
        LEFT JOIN LATERAL (
            SELECT * FROM commands AS k WHERE k.network = in_network AND k.command_id = c.id
            ORDER BY k.command_id LIMIT 1
        ) AS k ON true
    ), placed AS (
        SELECT *, CASE WHEN a.outcome = 'appended' THEN
            head + 1 - a.events + sum(a.events) FILTER (WHERE a.outcome = 'appended') OVER (ORDER BY a.n)
        END AS start
        FROM asked AS a
    )
    SELECT array_agg(p.outcome ORDER BY p.n),
        array_agg(CASE WHEN p.start IS NULL THEN p.first_position WHEN p.events > 0 THEN p.start END ORDER BY p.n),
        array_agg(CASE WHEN p.start IS NULL THEN p.last_position WHEN p.events > 0 THEN p.start + p.events - 1 END
            ORDER BY p.n),
        array_agg(p.start ORDER BY p.n)
    INTO outcomes, firsts, lasts, starts
    FROM placed AS p;

    INSERT INTO events (network, position, recorded_at, type, tags, data, command_id, actor)
    SELECT in_network, starts[e.n] + e.i, e.at, e.type, e.tags, e.data, e.command, e.actor
    FROM json_to_recordset(new_events) AS e (
        n int, i int, at timestamptz, type text, tags text[], data text, command uuid, actor text
    )
    WHERE starts[e.n] IS NOT NULL;

    IF FOUND THEN
        PERFORM pg_notify('log:' || in_network, '');
    END IF;

    INSERT INTO prose (network, commitment, position, salt, text)
    SELECT in_network, p.commitment, starts[p.n] + p.i, decode(p.salt, 'base64'), p.text
    FROM json_to_recordset(new_prose) AS p (n int, i int, commitment text, salt text, text text)
    WHERE starts[p.n] IS NOT NULL;

    INSERT INTO commands (network, command_id, fingerprint, first_position, last_position)
    SELECT in_network, c.id, decode(c.fingerprint, 'base64'), firsts[c.n], lasts[c.n]
    FROM json_to_recordset(new_commands) AS c (n int, id uuid, fingerprint text)
    WHERE starts[c.n] IS NOT NULL;

    RETURN QUERY SELECT * FROM unnest(outcomes, firsts, lasts);
END
$$;


-- Forget texts and salts, and the fingerprints of the commands that carried them. The events stay as they are.
CREATE FUNCTION erase_prose(in_network text, commitments text[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH erased AS (
        DELETE FROM prose AS p WHERE p.network = in_network AND p.commitment = ANY (commitments) RETURNING p.position
    )
    UPDATE commands AS c SET fingerprint = NULL
    FROM events AS e JOIN erased USING (position)
    WHERE e.network = in_network AND c.network = in_network AND c.command_id = e.command_id;
$$;

REVOKE ALL ON FUNCTION append_batch, erase_prose FROM PUBLIC;
GRANT EXECUTE ON FUNCTION append_batch, erase_prose TO daybook_app;
