-- What people and models gave us. Nothing here can be made again.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('generation', '0'), ('derived', '-1'), ('min_confidence', '0');

CREATE TABLE root (
    name TEXT PRIMARY KEY,
    path TEXT NOT NULL           -- relative to the workspace where it lies inside it, else absolute
) WITHOUT ROWID;

CREATE TABLE document (
    rowid INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL UNIQUE, -- <root>/<path>
    root TEXT NOT NULL REFERENCES root (name),
    state TEXT NOT NULL CHECK (state IN ('read', 'failed', 'skipped')),
    stamp TEXT NOT NULL,         -- size, mtime, ctime: unchanged = not read again
    reader TEXT NOT NULL,        -- version of the reading code
    sha256 TEXT NOT NULL,
    media_type TEXT NOT NULL DEFAULT '',
    lang TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    encoding TEXT NOT NULL DEFAULT '',
    body BLOB,                   -- compressed text
    layout BLOB,                 -- compressed pages and blocks
    problem TEXT                 -- JSON of a Problem
);
CREATE INDEX document_root ON document (root);

CREATE TABLE recipe (
    rowid INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    schema_name TEXT NOT NULL,
    strategy TEXT NOT NULL,
    model TEXT NOT NULL,
    chunking TEXT NOT NULL,
    schema TEXT NOT NULL,        -- JSON of the newest schema of this name
    active INTEGER NOT NULL
);

CREATE TABLE answer (
    key TEXT PRIMARY KEY,
    tag TEXT NOT NULL,
    model TEXT NOT NULL,
    finish TEXT NOT NULL,
    texts BLOB NOT NULL,         -- compressed JSON list
    prompt INTEGER NOT NULL,
    cached_prefix INTEGER NOT NULL,
    completion INTEGER NOT NULL,
    reasoning INTEGER NOT NULL,
    at TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE extraction (
    rowid INTEGER PRIMARY KEY,
    chunk_key TEXT NOT NULL,
    recipe INTEGER NOT NULL REFERENCES recipe (rowid),
    state TEXT NOT NULL CHECK (state IN ('done', 'failed', 'pending')),
    attempt INTEGER NOT NULL DEFAULT 0,
    asking TEXT NOT NULL,        -- fingerprint of the schema it was asked under
    deriving TEXT NOT NULL,      -- fingerprint of the schema it was read under
    model TEXT NOT NULL DEFAULT '',
    answers TEXT NOT NULL DEFAULT '[]',
    problem TEXT,                -- JSON of the Problem that failed it or holds it up
    UNIQUE (recipe, chunk_key)
);
CREATE INDEX extraction_open ON extraction (recipe, state) WHERE state != 'done';

CREATE TABLE problem (
    extraction INTEGER NOT NULL REFERENCES extraction (rowid) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    code TEXT NOT NULL,
    severity TEXT NOT NULL,
    detail TEXT NOT NULL,        -- JSON: message, where, raw, hint
    PRIMARY KEY (extraction, n)
) WITHOUT ROWID;

CREATE TABLE name (
    rowid INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,    -- the mention key: type and surface
    type TEXT NOT NULL,
    surface TEXT NOT NULL,
    norm TEXT NOT NULL,          -- what the first resolution compares
    suffix TEXT NOT NULL         -- class of the corporate suffix that norm left out
);
CREATE INDEX name_norm ON name (type, norm);

CREATE TABLE mention (
    extraction INTEGER NOT NULL REFERENCES extraction (rowid) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    name INTEGER NOT NULL REFERENCES name (rowid),
    start INTEGER,               -- in the chunk's text; NULL where the surface was not found
    stop INTEGER,
    PRIMARY KEY (extraction, n)
) WITHOUT ROWID;

CREATE TABLE claim (
    rowid INTEGER PRIMARY KEY,
    extraction INTEGER NOT NULL REFERENCES extraction (rowid) ON DELETE CASCADE,
    head INTEGER NOT NULL REFERENCES name (rowid),
    relation TEXT NOT NULL,
    tail INTEGER REFERENCES name (rowid),
    raw TEXT, value TEXT, datatype TEXT, unit TEXT, lang TEXT,    -- a literal tail
    negated INTEGER NOT NULL,
    hedged INTEGER NOT NULL,
    qualifiers TEXT NOT NULL,    -- JSON list of [name, value]
    time TEXT NOT NULL,          -- the time qualifiers, part of a fact's identity
    confidence REAL NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    aligned INTEGER NOT NULL,    -- 0 exact, 1 fuzzy, 2 none
    rationale TEXT NOT NULL
);
CREATE INDEX claim_extraction ON claim (extraction);

CREATE TABLE happening (
    rowid INTEGER PRIMARY KEY,
    extraction INTEGER NOT NULL REFERENCES extraction (rowid) ON DELETE CASCADE,
    type TEXT NOT NULL,
    event_trigger TEXT NOT NULL,
    roles TEXT NOT NULL,         -- JSON list of [role, name rowid] or [role, raw, value, datatype, unit, lang]
    confidence REAL NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    aligned INTEGER NOT NULL,
    rationale TEXT NOT NULL
);
CREATE INDEX happening_extraction ON happening (extraction);

CREATE TABLE decision (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    what TEXT NOT NULL,          -- JSON list of content keys
    payload TEXT NOT NULL,
    score REAL NOT NULL,
    reason TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- What is made from the above. It can be dropped and made again.

CREATE TABLE chunk (
    rowid INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    document INTEGER NOT NULL REFERENCES document (rowid) ON DELETE CASCADE,
    chunking TEXT NOT NULL,
    key TEXT NOT NULL,
    n INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    page INTEGER NOT NULL,
    text TEXT NOT NULL,
    headings TEXT NOT NULL,      -- JSON list
    header TEXT NOT NULL,
    lang TEXT NOT NULL,
    UNIQUE (chunking, id)
);
CREATE INDEX chunk_document ON chunk (document);
CREATE INDEX chunk_key ON chunk (chunking, key, document);  -- holds all that counting states needs

CREATE VIRTUAL TABLE chunk_words USING fts5 (words, content='', tokenize="unicode61 remove_diacritics 2");

CREATE TABLE entity (
    rowid INTEGER PRIMARY KEY,   -- the rowid of the cluster's smallest name
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    aliases TEXT NOT NULL,       -- JSON list of [name, lang, count], most frequent first
    visible INTEGER NOT NULL
);
CREATE INDEX entity_type ON entity (type);

CREATE TABLE member (
    name INTEGER PRIMARY KEY REFERENCES name (rowid),
    entity INTEGER NOT NULL      -- of every name that is alive
);
CREATE INDEX member_entity ON member (entity);

CREATE VIRTUAL TABLE entity_words USING fts5 (words, content='', tokenize="unicode61 remove_diacritics 2");

CREATE TABLE fact (
    rowid INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    head INTEGER NOT NULL,
    relation TEXT NOT NULL,
    tail INTEGER,
    raw TEXT, value TEXT, datatype TEXT, unit TEXT, lang TEXT,
    negated INTEGER NOT NULL,
    hedged INTEGER NOT NULL,
    qualifiers TEXT NOT NULL,
    time TEXT NOT NULL,
    confidence REAL NOT NULL,
    aligned INTEGER NOT NULL,
    status TEXT NOT NULL,
    conflict INTEGER NOT NULL,
    visible INTEGER NOT NULL,
    support INTEGER NOT NULL
);
CREATE INDEX fact_head ON fact (head, relation);
CREATE INDEX fact_tail ON fact (tail) WHERE tail IS NOT NULL;

CREATE TABLE support (
    fact INTEGER NOT NULL,
    claim INTEGER NOT NULL,
    chunk INTEGER NOT NULL,
    PRIMARY KEY (fact, claim, chunk)
) WITHOUT ROWID;

CREATE TABLE event (
    rowid INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    event_trigger TEXT NOT NULL,
    roles TEXT NOT NULL,         -- JSON list of [role, entity rowid] or [role, raw, value, datatype, unit, lang]
    confidence REAL NOT NULL,
    aligned INTEGER NOT NULL,
    status TEXT NOT NULL,
    visible INTEGER NOT NULL
);

CREATE TABLE event_support (
    event INTEGER NOT NULL,
    happening INTEGER NOT NULL,
    chunk INTEGER NOT NULL,
    PRIMARY KEY (event, happening, chunk)
) WITHOUT ROWID;

-- Which extraction stands in which chunk of a document, under the active recipes.
CREATE VIEW live AS
SELECT e.rowid AS extraction, c.rowid AS chunk
FROM recipe r
JOIN extraction e ON e.recipe = r.rowid
JOIN chunk c ON c.key = e.chunk_key AND c.chunking = r.chunking
WHERE r.active AND e.state = 'done';
