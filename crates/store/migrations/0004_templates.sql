-- What the provider has approved, a row for each language. What is no longer there stays, as deleted.
CREATE TABLE template (
    id           {serial},
    account_id   {bigint} NOT NULL REFERENCES account (id),
    provider_id  TEXT     NOT NULL,
    name         TEXT     NOT NULL,
    language     TEXT     NOT NULL,
    category     TEXT     NOT NULL,
    status       TEXT     NOT NULL,
    -- Why it was rejected or paused, in the provider's word.
    reason       TEXT,
    quality      TEXT,
    content      {json}   NOT NULL,
    version      {bigint} NOT NULL,
    updated_at   {bigint} NOT NULL
) {table};
CREATE UNIQUE INDEX template_variant ON template (account_id, name, language);
CREATE INDEX template_provider ON template (provider_id);

-- How a template is used here, in all its languages.
CREATE TABLE template_use (
    account_id  {bigint} NOT NULL REFERENCES account (id),
    name        TEXT     NOT NULL,
    available   {bool}   NOT NULL,
    mapping     {json}   NOT NULL,
    version     {bigint} NOT NULL,
    PRIMARY KEY (account_id, name)
) {table};

-- How an account reaches a customer again, and when its templates were fetched.
CREATE TABLE template_account (
    account_id   {bigint} NOT NULL PRIMARY KEY REFERENCES account (id),
    recontact    TEXT,
    language     TEXT     NOT NULL,
    answer_days  {bigint} NOT NULL,
    synced_at    {bigint},
    -- When to fetch them next; and what went wrong last.
    due_at       {bigint} NOT NULL,
    error        TEXT,
    version      {bigint} NOT NULL
) {table};
