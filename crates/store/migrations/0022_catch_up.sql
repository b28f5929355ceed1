-- Up to when an account's messages have been asked for, where the provider tells of each only once.
CREATE TABLE catch_up (
    account_id  {bigint} NOT NULL PRIMARY KEY REFERENCES account (id),
    -- What was sent before is here.
    asked_until {bigint} NOT NULL,
    due_at      {bigint} NOT NULL,
    -- Why it could not be had last time.
    error       TEXT
) {table};
