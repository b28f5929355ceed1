-- Files that somebody has handed in to send and that no message holds yet.
CREATE TABLE upload (
    -- Made by the sender's screen: handing it in again is the same file.
    id           {id}     NOT NULL PRIMARY KEY,
    user_id      {bigint} NOT NULL,
    kind         TEXT     NOT NULL,
    name         TEXT,
    mime         TEXT     NOT NULL,
    size         {bigint} NOT NULL,
    sha256       TEXT     NOT NULL,
    -- Where the bytes lie in the media store.
    path         TEXT     NOT NULL,
    width        {bigint},
    height       {bigint},
    animated     {bool}   NOT NULL,
    created_at   {bigint} NOT NULL
) {table};
CREATE INDEX upload_user ON upload (user_id);
CREATE INDEX upload_age ON upload (created_at);
CREATE INDEX upload_path ON upload (path);
