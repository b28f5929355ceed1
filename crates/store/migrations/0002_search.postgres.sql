CREATE TABLE message_search (
    id     BIGINT   NOT NULL PRIMARY KEY,
    words  TSVECTOR NOT NULL
);
CREATE INDEX message_search_words ON message_search USING gin (words);
CREATE TABLE address_search (
    id     BIGINT   NOT NULL PRIMARY KEY,
    words  TSVECTOR NOT NULL
);
CREATE INDEX address_search_words ON address_search USING gin (words);
