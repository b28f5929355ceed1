-- What a person is told beside the work itself.
CREATE TABLE notice (
    id              {serial},
    user_id         {bigint} NOT NULL REFERENCES "user" (id),
    kind            TEXT     NOT NULL,
    interaction_id  {bigint},
    -- Who caused it, where somebody did.
    by_id           {bigint},
    params          {json}   NOT NULL,
    at              {bigint} NOT NULL,
    read_at         {bigint},
    version         {bigint} NOT NULL
) {table};
CREATE INDEX notice_user ON notice (user_id, id);
