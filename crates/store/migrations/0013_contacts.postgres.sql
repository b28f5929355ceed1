
-- The name's words without case and accents; empty where there is none. Compared as SQLite does.
ALTER TABLE contact ADD COLUMN name_words TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE contact SET name_words = lower(trim(first_name || ' ' || coalesce(last_name, '')));
CREATE INDEX contact_name ON contact (name_words, id) WHERE deleted_at IS NULL;
CREATE INDEX contact_list_name ON contact (list_id, name_words, id) WHERE deleted_at IS NULL;

INSERT INTO company (name, words, version, created_at, updated_at)
    SELECT min(trim(company)), lower(trim(replace(replace(company, '.', ''), ',', ''))), 1, min(created_at), min(created_at)
    FROM contact WHERE trim(company) <> '' GROUP BY 2;
UPDATE contact SET company_id = (SELECT c.id FROM company c
    WHERE c.words = lower(trim(replace(replace(contact.company, '.', ''), ',', ''))))
    WHERE trim(company) <> '';

-- The tags of contacts once more, to find them by.
CREATE TABLE contact_tag (
    name        TEXT   NOT NULL,
    contact_id  BIGINT NOT NULL REFERENCES contact (id),
    PRIMARY KEY (name, contact_id)
);
CREATE INDEX contact_tag_contact ON contact_tag (contact_id);
INSERT INTO contact_tag (name, contact_id)
    SELECT DISTINCT t.value, c.id FROM contact c, jsonb_array_elements_text(c.tags) AS t(value);

-- Contacts by what a profile can hide of them: B names, C numbers, D e-mail addresses; A is the list, as l12.
CREATE TABLE contact_search (
    id     BIGINT   NOT NULL PRIMARY KEY,
    words  TSVECTOR NOT NULL
);
CREATE INDEX contact_search_words ON contact_search USING gin (words);
INSERT INTO contact_search (id, words)
    SELECT id, setweight(to_tsvector('simple', lower(first_name || ' ' || coalesce(last_name, '') || ' ' || coalesce(company, ''))), 'B')
        || setweight(to_tsvector('simple', coalesce(phone, '') || ' ' || coalesce(mobile, '')), 'C')
        || setweight(to_tsvector('simple', regexp_replace(lower(coalesce(email, '')), '[^a-z0-9]+', ' ', 'g')), 'D')
        || setweight(to_tsvector('simple', 'l' || list_id), 'A')
    FROM contact WHERE deleted_at IS NULL;
