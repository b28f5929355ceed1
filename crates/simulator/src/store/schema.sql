CREATE TABLE IF NOT EXISTS app (
  id TEXT PRIMARY KEY,
  app_secret TEXT NOT NULL,
  access_tokens TEXT NOT NULL,
  verify_token TEXT NOT NULL,
  webhook_url TEXT NOT NULL,
  business_account_id TEXT NOT NULL,
  subscribed INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Whose API an app is reached by; one that is not named here is Meta's.
CREATE TABLE IF NOT EXISTS provider (
  app_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  connection TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS number (
  id TEXT PRIMARY KEY,
  app_id TEXT NOT NULL,
  display TEXT NOT NULL,
  digits TEXT NOT NULL,
  verified_name TEXT NOT NULL,
  registered INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE IF NOT EXISTS phone (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  number TEXT NOT NULL,
  canonical TEXT NOT NULL UNIQUE,
  user_id TEXT NOT NULL UNIQUE,
  username TEXT,
  hidden_number INTEGER NOT NULL DEFAULT 0,
  online INTEGER NOT NULL DEFAULT 1,
  blocked INTEGER NOT NULL DEFAULT 0,
  synthetic INTEGER NOT NULL DEFAULT 0
) STRICT;

-- A phone and a business that have written to each other.
CREATE TABLE IF NOT EXISTS chat (
  phone_id TEXT NOT NULL,
  number_id TEXT NOT NULL,
  last_user_at INTEGER NOT NULL,
  PRIMARY KEY (phone_id, number_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS message (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  phone_id TEXT,
  number_id TEXT NOT NULL,
  sender TEXT NOT NULL CHECK (sender IN ('phone', 'business')),
  kind TEXT NOT NULL,
  content TEXT NOT NULL,
  body TEXT NOT NULL,
  extra TEXT,
  reply_to TEXT,
  at INTEGER NOT NULL,
  status TEXT NOT NULL,
  history TEXT NOT NULL DEFAULT '{}',
  error TEXT,
  recipient TEXT,
  opaque TEXT,
  request TEXT,
  pricing TEXT,
  edited INTEGER NOT NULL DEFAULT 0,
  deleted INTEGER NOT NULL DEFAULT 0,
  load_id INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS message_chat ON message (phone_id, number_id, seq);
CREATE INDEX IF NOT EXISTS message_waiting ON message (phone_id) WHERE status IN ('pending', 'sent', 'delivered');
CREATE INDEX IF NOT EXISTS message_opaque ON message (opaque) WHERE opaque IS NOT NULL;
CREATE INDEX IF NOT EXISTS message_load ON message (load_id, seq) WHERE load_id IS NOT NULL;

CREATE TABLE IF NOT EXISTS reaction (
  message_id TEXT NOT NULL,
  sender TEXT NOT NULL,
  emoji TEXT NOT NULL,
  PRIMARY KEY (message_id, sender)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS media (
  id TEXT PRIMARY KEY,
  app_id TEXT,
  mime_type TEXT NOT NULL,
  sha256 BLOB NOT NULL,
  name TEXT,
  size INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS template (
  id TEXT PRIMARY KEY,
  business_account_id TEXT NOT NULL,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  category TEXT NOT NULL,
  status TEXT NOT NULL,
  parameter_format TEXT NOT NULL,
  components TEXT NOT NULL,
  reason TEXT,
  created_at INTEGER NOT NULL,
  UNIQUE (business_account_id, name, language)
) STRICT;

-- What Meta thinks of a template by now. One that is not named here came with the seed and has always been well liked.
CREATE TABLE IF NOT EXISTS template_standing (
  template_id TEXT PRIMARY KEY,
  quality TEXT NOT NULL,
  quality_at INTEGER NOT NULL,
  recategorise INTEGER NOT NULL,
  previous_category TEXT,
  correct_category TEXT
) STRICT, WITHOUT ROWID;

-- What Twilio's accounts write templates as: each in several forms, of which the richest becomes the template.
CREATE TABLE IF NOT EXISTS content (
  sid TEXT PRIMARY KEY,
  business_account_id TEXT NOT NULL,
  friendly_name TEXT NOT NULL,
  language TEXT NOT NULL,
  types TEXT NOT NULL,
  variables TEXT NOT NULL,
  template_id TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS content_account ON content (business_account_id, created_at);

-- What an account has done with its templates, for the limits that look back.
CREATE TABLE IF NOT EXISTS template_act (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  business_account_id TEXT NOT NULL,
  template_id TEXT NOT NULL,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('created', 'edited', 'deleted')),
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS template_act_account ON template_act (business_account_id, act, at);

-- A sample for a header on its way in; its bytes are not kept.
CREATE TABLE IF NOT EXISTS upload (
  id TEXT PRIMARY KEY,
  app_id TEXT NOT NULL,
  file_type TEXT NOT NULL,
  file_length INTEGER NOT NULL,
  received INTEGER NOT NULL DEFAULT 0,
  handle TEXT UNIQUE,
  created_at INTEGER NOT NULL
) STRICT;

-- People a business does not want to hear from.
CREATE TABLE IF NOT EXISTS block (
  number_id TEXT NOT NULL,
  phone_id TEXT NOT NULL,
  PRIMARY KEY (number_id, phone_id)
) STRICT, WITHOUT ROWID;

-- What the network does later: a message becomes sent or delivered, a template is reviewed.
CREATE TABLE IF NOT EXISTS task (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  due_at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS task_due ON task (due_at);

-- One update for a webhook; it stays queued until a POST that carried it was acknowledged.
CREATE TABLE IF NOT EXISTS event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  app_id TEXT NOT NULL,
  number_id TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('message', 'status', 'field')),
  field TEXT NOT NULL,
  contact TEXT,
  item TEXT NOT NULL,
  message_id TEXT,
  created_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'acknowledged', 'gave_up')),
  acknowledged INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS event_due ON event (app_id, due_at, id) WHERE state = 'queued';
CREATE INDEX IF NOT EXISTS event_message ON event (message_id) WHERE message_id IS NOT NULL;
CREATE UNIQUE INDEX IF NOT EXISTS event_acknowledged ON event (acknowledged) WHERE acknowledged IS NOT NULL;

CREATE TABLE IF NOT EXISTS load (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  planned INTEGER NOT NULL,
  done INTEGER NOT NULL DEFAULT 0
) STRICT;
