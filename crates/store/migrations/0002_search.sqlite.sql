-- Words of messages and of people. `scope` holds tokens such as a12 (the account), so that permission is part of the
-- match. Contentless: the text stands once, in its own table.
CREATE VIRTUAL TABLE message_search USING fts5 (
    words, scope, content = '', contentless_delete = 1, prefix = '3 4', tokenize = 'unicode61 remove_diacritics 2'
);
-- People by what a profile can hide of them, so that nobody is found by what the one who searches may not see.
CREATE VIRTUAL TABLE address_search USING fts5 (
    names, numbers, emails, scope, content = '', contentless_delete = 1, prefix = '3 4', tokenize = 'unicode61 remove_diacritics 2'
);
