-- What lists are searched and ordered by.

-- The customer's words without case and accents, as the name in the row has them.
ALTER TABLE interaction ADD COLUMN customer_words TEXT NOT NULL DEFAULT '';
UPDATE interaction SET customer_words = lower(customer);
CREATE INDEX interaction_customer ON interaction (customer_words, id);
CREATE INDEX interaction_phone ON interaction (phone) WHERE phone IS NOT NULL;
CREATE INDEX interaction_started ON interaction (started_at, id);
CREATE INDEX interaction_closed ON interaction (closed_at, id) WHERE closed_at IS NOT NULL;
CREATE INDEX interaction_longest ON interaction (unanswered_since, id)
    WHERE unanswered_since IS NOT NULL AND state <> 'closed';

-- The tags of interactions once more, to find them by.
CREATE TABLE interaction_tag (
    name            TEXT    NOT NULL,
    interaction_id  INTEGER NOT NULL REFERENCES interaction (id),
    PRIMARY KEY (name, interaction_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX interaction_tag_interaction ON interaction_tag (interaction_id);
INSERT INTO interaction_tag (name, interaction_id)
    SELECT DISTINCT t.value, i.id FROM interaction i, json_each(i.tags) t;
CREATE INDEX contact_email ON contact (lower(email)) WHERE email IS NOT NULL;
