-- How common the parts of names were when they were last counted; changed only when somebody asks for it.

CREATE TABLE statistics (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    version TEXT NOT NULL,       -- of the counting
    names INTEGER NOT NULL,      -- how many were counted
    at TEXT NOT NULL,
    body BLOB NOT NULL
);

-- What is made from the rest. It can be dropped and made again.

CREATE TABLE proposal (          -- pairs of names that the resolver had a word on
    a INTEGER NOT NULL,          -- the name with the smaller key
    b INTEGER NOT NULL,
    score REAL NOT NULL,
    alone TEXT NOT NULL,         -- its verdict on the pair by itself: merge, grey, apart
    verdict TEXT NOT NULL,       -- what came of the pair in its group
    held TEXT NOT NULL,          -- why its group held it back
    features TEXT NOT NULL,      -- JSON of what spoke for and against
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX proposal_b ON proposal (b);
CREATE INDEX proposal_open ON proposal (score) WHERE verdict = 'grey';

CREATE TABLE local_link (        -- what a name means in one document
    document TEXT NOT NULL,      -- its source
    name INTEGER NOT NULL,
    target INTEGER NOT NULL,
    score REAL NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (document, name)
) WITHOUT ROWID;

CREATE TABLE local (             -- the same by chunk, as claims are read
    chunk INTEGER NOT NULL,
    name INTEGER NOT NULL,
    target INTEGER NOT NULL,
    PRIMARY KEY (chunk, name)
) WITHOUT ROWID;
CREATE INDEX local_name ON local (name);

CREATE TABLE entity_link (       -- what an entity is in a knowledge base, by decisions
    entity INTEGER NOT NULL,
    iri TEXT NOT NULL,
    base TEXT NOT NULL,
    PRIMARY KEY (entity, iri)
) WITHOUT ROWID;

UPDATE meta SET value = '-1' WHERE key = 'derived';
