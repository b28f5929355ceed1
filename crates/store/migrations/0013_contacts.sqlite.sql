
-- The name's words without case and accents; empty where there is none.
ALTER TABLE contact ADD COLUMN name_words TEXT NOT NULL DEFAULT '';
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
    name        TEXT    NOT NULL,
    contact_id  INTEGER NOT NULL REFERENCES contact (id),
    PRIMARY KEY (name, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_tag_contact ON contact_tag (contact_id);
INSERT INTO contact_tag (name, contact_id) SELECT DISTINCT t.value, c.id FROM contact c, json_each(c.tags) t;

-- Contacts by what a profile can hide of them; `scope` is the list, as l12.
CREATE VIRTUAL TABLE contact_search USING fts5 (
    names, numbers, emails, scope, content = '', contentless_delete = 1, prefix = '3 4', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO contact_search (rowid, names, numbers, emails, scope)
    SELECT id, first_name || ' ' || coalesce(last_name, '') || ' ' || coalesce(company, ''),
        coalesce(phone, '') || ' ' || coalesce(mobile, ''), coalesce(email, ''), 'l' || list_id
    FROM contact WHERE deleted_at IS NULL;
