-- How interactions end, what they are marked with, and who may not write.

-- Outcomes, up to three levels deep. One that was used is retired, so that what ended with it keeps its words.
CREATE TABLE disposition (
    id           {serial},
    parent_id    {bigint} REFERENCES disposition (id),
    -- global, list, account, queue; `scope_id` says which, 0 for global.
    scope        TEXT     NOT NULL,
    scope_id     {bigint} NOT NULL,
    name         TEXT     NOT NULL,
    description  TEXT,
    -- Its place among its siblings.
    place        {bigint} NOT NULL,
    version      {bigint} NOT NULL,
    retired_at   {bigint}
) {table};
CREATE INDEX disposition_parent ON disposition (parent_id);
CREATE INDEX interaction_disposition ON interaction (disposition_id) WHERE disposition_id IS NOT NULL;

-- Records hold tags by name.
CREATE TABLE tag (
    id           {serial},
    name         TEXT     NOT NULL,
    colour       TEXT     NOT NULL,
    description  TEXT,
    version      {bigint} NOT NULL
) {table};

-- Who was kept from writing, by whom and why. An address has at most one that stands.
CREATE TABLE block (
    id               {serial},
    account_id       {bigint} NOT NULL REFERENCES account (id),
    address_id       {bigint} NOT NULL REFERENCES address (id),
    interaction_id   {bigint} NOT NULL REFERENCES interaction (id),
    -- asked, confirmed, lifted.
    state            TEXT     NOT NULL,
    reason           TEXT     NOT NULL,
    blocked_by       {bigint} NOT NULL,
    blocked_at       {bigint} NOT NULL,
    reviewed_by      {bigint},
    reviewed_at      {bigint},
    -- What the provider makes of it: pending, blocked, lifted, failed.
    provider_state   TEXT     NOT NULL,
    provider_detail  TEXT,
    version          {bigint} NOT NULL
) {table};
CREATE UNIQUE INDEX block_standing ON block (address_id) WHERE state <> 'lifted';
CREATE INDEX block_state ON block (state, id);
