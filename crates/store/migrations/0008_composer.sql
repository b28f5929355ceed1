-- Texts written beforehand, who used which of them, and messages that are sent later.

CREATE TABLE canned_answer (
    id          {serial},
    -- global, account or personal.
    scope       TEXT     NOT NULL,
    account_id  {bigint} REFERENCES account (id),
    user_id     {bigint} REFERENCES "user" (id),
    shortcut    TEXT,
    title       TEXT     NOT NULL,
    text        TEXT     NOT NULL,
    version     {bigint} NOT NULL,
    created_at  {bigint} NOT NULL,
    deleted_at  {bigint}
) {table};
CREATE INDEX canned_answer_scope ON canned_answer (scope, user_id) WHERE deleted_at IS NULL;

-- What somebody used lately stands first for them.
CREATE TABLE canned_use (
    user_id           {bigint} NOT NULL,
    canned_answer_id  {bigint} NOT NULL REFERENCES canned_answer (id),
    used_at           {bigint} NOT NULL,
    uses              {bigint} NOT NULL,
    PRIMARY KEY (user_id, canned_answer_id)
) {table};

CREATE TABLE scheduled_message (
    id              {serial},
    interaction_id  {bigint} NOT NULL REFERENCES interaction (id),
    user_id         {bigint} NOT NULL,
    -- Becomes the client id of the message: whatever happens, it is sent once.
    client_id       {id}     NOT NULL,
    text            TEXT     NOT NULL,
    reply_to_id     {bigint},
    -- The last message there was when it was written.
    seen_through    {bigint} NOT NULL,
    -- Not sent where the customer writes before.
    unless_written  {bool}   NOT NULL,
    due_at          {bigint} NOT NULL,
    -- waiting, sent, failed or cancelled.
    state           TEXT     NOT NULL,
    -- Why it failed.
    reason          TEXT,
    message_id      {bigint},
    version         {bigint} NOT NULL,
    created_at      {bigint} NOT NULL,
    settled_at      {bigint}
) {table};
CREATE UNIQUE INDEX scheduled_message_client ON scheduled_message (client_id);
CREATE INDEX scheduled_message_open ON scheduled_message (interaction_id, due_at)
    WHERE state IN ('waiting', 'failed');
