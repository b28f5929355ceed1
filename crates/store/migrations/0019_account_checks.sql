-- What came last over an account's webhook, and what was refused: written once a minute at most.
CREATE TABLE webhook_seen (
    account_id   {bigint} NOT NULL PRIMARY KEY REFERENCES account (id),
    accepted_at  {bigint},
    refused_at   {bigint},
    -- Why it was not believed.
    refused_why  TEXT
) {table};
CREATE INDEX attachment_failed ON attachment (account_id, id) WHERE state = 'failed';
