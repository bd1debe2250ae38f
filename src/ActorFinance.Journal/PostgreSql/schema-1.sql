-- Schema 1 of a journal in PostgreSQL: the plugin's default table and column names (table-mapping = default), without its
-- indexes on created and sequence_number, which nothing reads.
CREATE TABLE journal (
    -- ALWAYS: an offset comes from the sequence and from nowhere else, and is taken by the statement that inserts. CACHE 1: offsets are taken in the order in
    -- which they are greater. The feed's rule about holes stands on both (decision 0121).
    ordering        bigint  NOT NULL GENERATED ALWAYS AS IDENTITY (CACHE 1 NO CYCLE) CONSTRAINT journal_pk PRIMARY KEY,
    persistence_id  text    COLLATE "C" NOT NULL,
    sequence_number bigint  NOT NULL,
    manifest        text    COLLATE "C",
    identifier      integer,
    created         bigint  NOT NULL,
    deleted         boolean NOT NULL,
    tags            text,
    writer_uuid     text,
    message         bytea   NOT NULL
);
-- The last defence against two live writers of one company.
CREATE UNIQUE INDEX journal_uq ON journal (persistence_id, sequence_number);
CREATE TABLE snapshot (
    persistence_id  text    COLLATE "C" NOT NULL,
    sequence_number bigint  NOT NULL,
    created         bigint  NOT NULL,
    manifest        text    COLLATE "C",
    serializer_id   integer,
    snapshot        bytea,
    CONSTRAINT snapshot_pk PRIMARY KEY (persistence_id, sequence_number)
);
-- Says that these tables are a journal, and of which schema.
CREATE TABLE actorfinance_schema (version integer NOT NULL);
