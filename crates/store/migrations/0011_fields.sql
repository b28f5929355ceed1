-- Fields that a company adds to its contacts, and what each contact has in them. Why values stand in rows with a
-- column for each type is said in docs/decisions, under "A field has a column for its type".

CREATE TABLE contact_field (
    id           {serial},
    -- The only list whose contacts have it; none = every list.
    list_id      {bigint} REFERENCES contact_list (id),
    -- What placeholders and the API call it. It never changes, nor does the kind.
    key          TEXT     NOT NULL,
    name         TEXT     NOT NULL,
    -- text, select, number, switch, date_time or url.
    kind         TEXT     NOT NULL,
    -- Of a select: what can be chosen, in order.
    options      {json}   NOT NULL,
    required     {bool}   NOT NULL,
    -- Hidden from whom numbers are hidden from.
    sensitive    {bool}   NOT NULL,
    place        {bigint} NOT NULL,
    version      {bigint} NOT NULL,
    -- One that was used is archived rather than deleted: it comes back with its values.
    archived_at  {bigint}
) {table};
CREATE UNIQUE INDEX contact_field_key ON contact_field (key);

-- A row for each field that a contact has something in. Exactly one of text, number, at and flag is set, as the
-- field's kind says: text, select and url are text, date_time is `at`, switch is `flag`.
CREATE TABLE contact_value (
    contact_id  {bigint} NOT NULL REFERENCES contact (id),
    field_id    {bigint} NOT NULL REFERENCES contact_field (id),
    text        TEXT,
    -- The text without case and accents (`domain::search::words`), for looking it up.
    folded      TEXT,
    number      {real},
    at          {bigint},
    flag        {bool},
    PRIMARY KEY (contact_id, field_id)
) {table};
CREATE INDEX contact_value_text ON contact_value (field_id, folded) WHERE folded IS NOT NULL;
CREATE INDEX contact_value_number ON contact_value (field_id, number) WHERE number IS NOT NULL;
CREATE INDEX contact_value_at ON contact_value (field_id, at) WHERE at IS NOT NULL;
CREATE INDEX contact_value_flag ON contact_value (field_id, flag) WHERE flag IS NOT NULL;

-- To whom an account's interactions may be transferred, and how long those who are asked have: `Handing` in
-- crates/domain/src/transfer.rs. What is absent is as the desk has it.
ALTER TABLE account ADD COLUMN transfer {json} NOT NULL DEFAULT '{}';
