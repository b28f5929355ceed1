-- Contacts in full: lists that say who may do what in them, companies, further numbers, notes, consent; what was merged,
-- brought in and erased. Why levels are as they are is said in docs/decisions, under "A list says who may do what".

ALTER TABLE contact_list ADD COLUMN description TEXT;
ALTER TABLE contact_list ADD COLUMN created_at {bigint} NOT NULL DEFAULT 0;

-- Of a user or of a team; the other is 0. A list that names nobody is open: the profile alone decides.
CREATE TABLE contact_list_member (
    list_id  {bigint} NOT NULL REFERENCES contact_list (id),
    user_id  {bigint} NOT NULL,
    team_id  {bigint} NOT NULL,
    -- view, add, edit, merge_delete: each with those before it.
    level    TEXT     NOT NULL,
    -- Apart from the level: who takes contacts out need not change any.
    export   {bool}   NOT NULL,
    PRIMARY KEY (list_id, user_id, team_id)
) {table};

CREATE TABLE company (
    id          {serial},
    name        TEXT     NOT NULL,
    -- Without case and accents (`domain::search::words`): of two spellings there is one.
    words       TEXT     NOT NULL,
    url         TEXT,
    note        TEXT,
    version     {bigint} NOT NULL,
    created_at  {bigint} NOT NULL,
    updated_at  {bigint} NOT NULL,
    deleted_at  {bigint}
) {table};
CREATE UNIQUE INDEX company_words ON company (words) WHERE deleted_at IS NULL;

-- `company` stays beside it: the name, as lists show and order it.
ALTER TABLE contact ADD COLUMN company_id {bigint} REFERENCES company (id);
ALTER TABLE contact ADD COLUMN postal_address TEXT;
-- 1990-12-31
ALTER TABLE contact ADD COLUMN date_of_birth TEXT;
ALTER TABLE contact ADD COLUMN url TEXT;
-- By network: `{"instagram": "@name"}`.
ALTER TABLE contact ADD COLUMN socials {json} NOT NULL DEFAULT '{}';
-- Whose contact it is, of the staff.
ALTER TABLE contact ADD COLUMN owner_id {bigint} REFERENCES "user" (id);
ALTER TABLE contact ADD COLUMN pinned_note_id {bigint};
-- What made it: agent, message, import, card or copy.
ALTER TABLE contact ADD COLUMN origin TEXT NOT NULL DEFAULT 'message';
ALTER TABLE contact ADD COLUMN import_id {bigint};
-- The contact that stands for it since a merge; it is deleted then.
ALTER TABLE contact ADD COLUMN merged_into {bigint} REFERENCES contact (id);
-- Nothing is left of the person; the row keeps what points at it whole.
ALTER TABLE contact ADD COLUMN erased_at {bigint};
CREATE INDEX contact_owner ON contact (owner_id, updated_at, id) WHERE owner_id IS NOT NULL;
CREATE INDEX contact_company ON contact (company_id) WHERE company_id IS NOT NULL;
CREATE INDEX contact_import_made ON contact (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX contact_merged ON contact (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX contact_updated ON contact (updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX contact_created ON contact (created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX contact_list_updated ON contact (list_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX contact_list_created ON contact (list_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX contact_deleted ON contact (deleted_at, id) WHERE deleted_at IS NOT NULL;

-- Numbers beside phone and mobile.
CREATE TABLE contact_number (
    id          {serial},
    contact_id  {bigint} NOT NULL REFERENCES contact (id),
    -- mobile, home, work, fax or other.
    kind        TEXT     NOT NULL,
    digits      TEXT     NOT NULL,
    place       {bigint} NOT NULL
) {table};
CREATE UNIQUE INDEX contact_number_contact ON contact_number (contact_id, digits);
CREATE INDEX contact_number_digits ON contact_number (digits);

CREATE TABLE contact_note (
    id          {serial},
    contact_id  {bigint} NOT NULL REFERENCES contact (id),
    user_id     {bigint} NOT NULL,
    text        TEXT     NOT NULL,
    version     {bigint} NOT NULL,
    created_at  {bigint} NOT NULL,
    edited_at   {bigint}
) {table};
CREATE INDEX contact_note_contact ON contact_note (contact_id, created_at, id);

-- Whether an account may write to them for marketing. No row: nobody has asked.
CREATE TABLE contact_consent (
    contact_id  {bigint} NOT NULL REFERENCES contact (id),
    account_id  {bigint} NOT NULL REFERENCES account (id),
    -- given or refused.
    state       TEXT     NOT NULL,
    -- Where they said so, in the words of whoever wrote it down.
    source      TEXT     NOT NULL,
    at          {bigint} NOT NULL,
    -- None: the customer, or an import.
    user_id     {bigint},
    PRIMARY KEY (contact_id, account_id)
) {table};

-- Who made or changed it by hand. Who owned one of its interactions is known from those.
CREATE TABLE contact_worker (
    user_id     {bigint} NOT NULL,
    contact_id  {bigint} NOT NULL REFERENCES contact (id),
    at          {bigint} NOT NULL,
    PRIMARY KEY (user_id, contact_id)
) {table};
CREATE INDEX contact_worker_contact ON contact_worker (contact_id);
CREATE INDEX interaction_handled ON interaction (owner_id, contact_id)
    WHERE owner_id IS NOT NULL AND contact_id IS NOT NULL;
CREATE INDEX interaction_first_handled ON interaction (first_owner_id, contact_id)
    WHERE first_owner_id IS NOT NULL AND contact_id IS NOT NULL;

-- A merge with all that is needed to undo it exactly.
CREATE TABLE contact_merge (
    id         {serial},
    target_id  {bigint} NOT NULL REFERENCES contact (id),
    source_id  {bigint} NOT NULL REFERENCES contact (id),
    user_id    {bigint} NOT NULL,
    at         {bigint} NOT NULL,
    -- What was chosen, by field.
    choices    {json}   NOT NULL,
    -- Both as they were, with their numbers, values, notes' ids, tags and consent.
    target     {json}   NOT NULL,
    source     {json}   NOT NULL,
    -- The target's version after it: a later change is kept by an undo.
    version    {bigint} NOT NULL,
    undone_at  {bigint},
    undone_by  {bigint}
) {table};
CREATE INDEX contact_merge_target ON contact_merge (target_id, id);
CREATE INDEX contact_merge_source ON contact_merge (source_id, id);
-- What went from the source to the target: interaction, address, note.
CREATE TABLE contact_merge_moved (
    merge_id  {bigint} NOT NULL REFERENCES contact_merge (id),
    what      TEXT     NOT NULL,
    id        {bigint} NOT NULL,
    PRIMARY KEY (merge_id, what, id)
) {table};

-- Two that were suggested as one and are not.
CREATE TABLE contact_distinct (
    -- The smaller id first.
    contact_id  {bigint} NOT NULL REFERENCES contact (id),
    other_id    {bigint} NOT NULL REFERENCES contact (id),
    user_id     {bigint} NOT NULL,
    at          {bigint} NOT NULL,
    PRIMARY KEY (contact_id, other_id)
) {table};

-- A file that is, or was, brought in.
CREATE TABLE contact_import (
    id           {serial},
    list_id      {bigint} NOT NULL REFERENCES contact_list (id),
    user_id      {bigint} NOT NULL,
    name         TEXT     NOT NULL,
    -- Where the bytes lie; none once they are removed.
    path         TEXT,
    size         {bigint} NOT NULL,
    -- How it is read: `domain::import::Format`.
    format       {json}   NOT NULL,
    -- What its columns are and how somebody is known again: `domain::import::Mapping`. None: nobody has said yet.
    mapping      {json},
    -- `domain::import::State`
    state        TEXT     NOT NULL,
    error        TEXT,
    rows_read    {bigint} NOT NULL DEFAULT 0,
    -- None: its end has not been seen yet.
    rows_total   {bigint},
    made         {bigint} NOT NULL DEFAULT 0,
    updated      {bigint} NOT NULL DEFAULT 0,
    duplicates   {bigint} NOT NULL DEFAULT 0,
    invalid      {bigint} NOT NULL DEFAULT 0,
    version      {bigint} NOT NULL,
    created_at   {bigint} NOT NULL,
    started_at   {bigint},
    finished_at  {bigint},
    undone_at    {bigint},
    -- Contacts that an undo left, for somebody has worked on them since.
    kept         {bigint} NOT NULL DEFAULT 0
) {table};
CREATE INDEX contact_import_user ON contact_import (user_id, id);
-- What became of a row, or would: of every duplicate and invalid one, with its cells for whoever mends it, and of the
-- first of the others.
CREATE TABLE contact_import_row (
    import_id  {bigint} NOT NULL REFERENCES contact_import (id),
    -- Its number in the file, from 1, without the heading.
    row_number {bigint} NOT NULL,
    -- `domain::import::Outcome`
    outcome    TEXT     NOT NULL,
    reasons    {json}   NOT NULL,
    -- Whom it changes, or of whom it is a duplicate.
    contact_id {bigint},
    cells      {json}   NOT NULL,
    PRIMARY KEY (import_id, row_number)
) {table};
CREATE INDEX contact_import_row_outcome ON contact_import_row (import_id, outcome, row_number);
-- A contact as it was before the import changed it, and its version after.
CREATE TABLE contact_import_before (
    import_id   {bigint} NOT NULL REFERENCES contact_import (id),
    contact_id  {bigint} NOT NULL REFERENCES contact (id),
    before      {json}   NOT NULL,
    version     {bigint} NOT NULL,
    PRIMARY KEY (import_id, contact_id)
) {table};

-- That a person was erased: when, by whom, why, and how much went. Nothing of the person.
CREATE TABLE contact_erasure (
    id           {serial},
    contact_id   {bigint} NOT NULL REFERENCES contact (id),
    user_id      {bigint} NOT NULL,
    reason       TEXT     NOT NULL,
    -- running or done: bodies, files and indexes go step by step.
    state        TEXT     NOT NULL,
    counts       {json}   NOT NULL,
    asked_at     {bigint} NOT NULL,
    done_at      {bigint}
) {table};
CREATE INDEX contact_erasure_contact ON contact_erasure (contact_id);
CREATE INDEX contact_erasure_running ON contact_erasure (id) WHERE state = 'running';

-- Which list a view is of: interactions or contacts.
ALTER TABLE saved_view ADD COLUMN what TEXT NOT NULL DEFAULT 'interactions';
