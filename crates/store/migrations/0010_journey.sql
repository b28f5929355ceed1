-- A journey is read by when each interaction began, and turned over page by page.
DROP INDEX interaction_contact;
CREATE INDEX interaction_contact ON interaction (contact_id, started_at, id);
DROP INDEX interaction_address;
CREATE INDEX interaction_address ON interaction (address_id, started_at, id);
