CREATE TABLE message_search (
    id     BIGINT   NOT NULL PRIMARY KEY,
    words  TSVECTOR NOT NULL
);
CREATE INDEX message_search_words ON message_search USING gin (words);
-- Weighted by what a profile can hide: B names, C numbers, D e-mail addresses; A is the scope.
CREATE TABLE address_search (
    id     BIGINT   NOT NULL PRIMARY KEY,
    words  TSVECTOR NOT NULL
);
CREATE INDEX address_search_words ON address_search USING gin (words);
