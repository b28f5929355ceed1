-- Named filters of the interactions list, one's own or for everybody.

CREATE TABLE saved_view (
    id          {serial},
    user_id     {bigint} NOT NULL REFERENCES "user" (id),
    shared      {bool}   NOT NULL,
    name        TEXT     NOT NULL,
    -- As the list of the API takes it.
    filter      {json}   NOT NULL,
    version     {bigint} NOT NULL,
    created_at  {bigint} NOT NULL
) {table};
CREATE INDEX saved_view_user ON saved_view (user_id);
CREATE INDEX saved_view_shared ON saved_view (id) WHERE shared;
