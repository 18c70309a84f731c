-- Stored views: entries across streams, kept up by one leading process, rebuilt beside and swapped.
--
-- Entries and the position they are complete to change in one transaction, so a reader never sees half a batch.

CREATE TABLE view_positions (
    network text PRIMARY KEY,
    position bigint NOT NULL
);

-- The network's view: schools, rubric versions, reviews, standing ratings.
CREATE TABLE view_entries (
    network text NOT NULL,
    key text NOT NULL,
    value text NOT NULL,
    facets text[] NOT NULL,
    CONSTRAINT view_entries_key PRIMARY KEY (network, key)
);

CREATE INDEX view_entries_facets ON view_entries USING gin (facets);

-- The timeline: which event has a line, and by what it is found. The sentence is made from the event when it is read.
CREATE TABLE view_timeline (
    network text NOT NULL,
    position bigint NOT NULL,
    facets text[] NOT NULL,
    CONSTRAINT view_timeline_key PRIMARY KEY (network, position)
);

CREATE INDEX view_timeline_facets ON view_timeline USING gin (facets);

GRANT SELECT, INSERT, UPDATE, DELETE ON view_positions, view_entries, view_timeline TO daybook_app;
