-- Who has what on screen now: a row for each person, interaction and node that holds a socket of theirs. Leases, written
-- in passing by the node and worth nothing after it; nothing refers to them and they refer to nothing.
CREATE TABLE watching (
    interaction_id  {bigint} NOT NULL,
    user_id         {bigint} NOT NULL,
    node            TEXT     NOT NULL,
    until           {bigint} NOT NULL,
    PRIMARY KEY (interaction_id, user_id, node)
) {table};
