-- The names of the file's columns, as it was said to be read: the file goes, the rows that were not taken stay.
ALTER TABLE contact_import ADD COLUMN headings {json} NOT NULL DEFAULT '[]';
