-- What agents talked about: all that a talk began with, so that it can be held again from the paid answers.

CREATE TABLE talk (
    id TEXT PRIMARY KEY,         -- hash of the brief
    goal TEXT NOT NULL,
    team TEXT NOT NULL,
    model TEXT NOT NULL,
    at TEXT NOT NULL,
    brief BLOB NOT NULL,         -- compressed JSON
    votes BLOB NOT NULL,         -- compressed JSON: what a person said, turn by turn
    ended TEXT NOT NULL          -- JSON [kind, words]; '' while it goes on
) WITHOUT ROWID;
