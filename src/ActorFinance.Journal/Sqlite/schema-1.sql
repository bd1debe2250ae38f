-- Schema 1 of a journal in SQLite: the plugin's default table and column names (table-mapping = default),
-- without its indexes on created and sequence_number, which nothing reads and which cost a quarter of the append rate.
-- The long column stands last, so that reading the short ones never walks a payload's overflow pages.
CREATE TABLE journal (
    -- AUTOINCREMENT: an offset is never given twice, not even after the last rows were deleted by hand.
    ordering        INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    persistence_id  TEXT    NOT NULL,
    sequence_number INTEGER NOT NULL,
    manifest        TEXT,
    identifier      INTEGER,
    created         INTEGER NOT NULL,
    deleted         INTEGER NOT NULL,
    tags            TEXT,
    writer_uuid     TEXT,
    message         BLOB    NOT NULL
);
-- The last defence against two live writers of one company.
CREATE UNIQUE INDEX journal_uq ON journal (persistence_id, sequence_number);
CREATE TABLE snapshot (
    persistence_id  TEXT    NOT NULL,
    sequence_number INTEGER NOT NULL,
    created         INTEGER NOT NULL,
    manifest        TEXT,
    serializer_id   INTEGER,
    snapshot        BLOB,
    CONSTRAINT PK_snapshot PRIMARY KEY (persistence_id, sequence_number)
);
