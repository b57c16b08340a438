-- Runs that did something: what each was asked for and what came of it.

CREATE TABLE run (
    n INTEGER PRIMARY KEY,
    at TEXT NOT NULL,            -- when it ended
    kind TEXT NOT NULL,          -- ingest, retry, forget …
    what TEXT NOT NULL,          -- the folder or root
    options TEXT NOT NULL,       -- JSON: schema, model, strategy, budget, max_calls
    report TEXT NOT NULL         -- JSON, as `kgc ingest --json`
);
