-- One text for both engines; the migrator replaces the words in braces (docs/database.md).
-- Instants are milliseconds since 1970 in UTC. Every table that is shown carries a version that only grows.

CREATE TABLE meta (
    key    TEXT NOT NULL PRIMARY KEY,
    value  TEXT NOT NULL
) {table};

CREATE TABLE setting (
    key         TEXT     NOT NULL PRIMARY KEY,
    value       {json}   NOT NULL,
    version     {bigint} NOT NULL,
    updated_at  {bigint} NOT NULL
) {table};

-- Staff -------------------------------------------------------------------------------------------------------------
CREATE TABLE profile (
    id           {serial},
    name         TEXT     NOT NULL,
    role         TEXT     NOT NULL,
    builtin      {bool}   NOT NULL,
    permissions  {json}   NOT NULL,
    scope        TEXT     NOT NULL,
    masking      {json}   NOT NULL,
    version      {bigint} NOT NULL
) {table};

CREATE TABLE "user" (
    id             {serial},
    login          TEXT     NOT NULL,
    name           TEXT     NOT NULL,
    alias          TEXT,
    email          TEXT,
    role           TEXT     NOT NULL,
    profile_id     {bigint} NOT NULL REFERENCES profile (id),
    password_hash  TEXT     NOT NULL,
    must_change_password {bool} NOT NULL,
    locale         TEXT,
    theme          TEXT     NOT NULL,
    capacity       {bigint} NOT NULL,
    failed_sign_ins {bigint} NOT NULL,
    locked_until   {bigint},
    version        {bigint} NOT NULL,
    created_at     {bigint} NOT NULL,
    deleted_at     {bigint}
) {table};
CREATE UNIQUE INDEX user_login ON "user" (login);

CREATE TABLE session (
    id          {id}     NOT NULL PRIMARY KEY,
    -- SHA-256 of the cookie's secret: the table alone signs nobody in.
    secret      {bytes}  NOT NULL,
    user_id     {bigint} NOT NULL REFERENCES "user" (id),
    created_at  {bigint} NOT NULL,
    seen_at     {bigint} NOT NULL,
    expires_at  {bigint} NOT NULL,
    agent       TEXT
) {table};
CREATE INDEX session_of_user ON session (user_id);

CREATE TABLE team (
    id          {serial},
    name        TEXT     NOT NULL,
    version     {bigint} NOT NULL,
    deleted_at  {bigint}
) {table};

CREATE TABLE team_member (
    team_id  {bigint} NOT NULL REFERENCES team (id),
    user_id  {bigint} NOT NULL REFERENCES "user" (id),
    PRIMARY KEY (team_id, user_id)
) {table};

CREATE TABLE presence (
    user_id          {bigint} NOT NULL PRIMARY KEY REFERENCES "user" (id),
    declared         TEXT     NOT NULL,
    reason           TEXT,
    since            {bigint} NOT NULL,
    -- The lease: renewed by the node that holds the user's sockets.
    seen_at          {bigint} NOT NULL,
    -- What was last told to the screens, so that a lapsed lease is told once.
    told             TEXT     NOT NULL,
    last_asked_at    {bigint},
    busy_until       {bigint},
    lapsed_in_a_row  {bigint} NOT NULL,
    handled_day      {bigint} NOT NULL,
    handled_today    {bigint} NOT NULL,
    version          {bigint} NOT NULL
) {table};

-- Accounts and queues -----------------------------------------------------------------------------------------------
CREATE TABLE queue (
    id                {serial},
    name              TEXT     NOT NULL,
    strategy          TEXT     NOT NULL,
    agent_timeout_s   {bigint} NOT NULL,
    weight            {bigint} NOT NULL,
    service_level_s   {bigint} NOT NULL,
    last_agent_first  {bool}   NOT NULL,
    wrap_up_s         {bigint} NOT NULL,
    -- Whether agents close nothing of it without saying how it ended.
    disposition_required {bool} NOT NULL DEFAULT FALSE,
    last_asked        {bigint},
    version           {bigint} NOT NULL,
    deleted_at        {bigint}
) {table};

-- Of a user or of a team; the other is 0.
CREATE TABLE queue_member (
    queue_id  {bigint} NOT NULL REFERENCES queue (id),
    user_id   {bigint} NOT NULL,
    team_id   {bigint} NOT NULL,
    PRIMARY KEY (queue_id, user_id, team_id)
) {table};

CREATE TABLE contact_list (
    id          {serial},
    name        TEXT     NOT NULL,
    version     {bigint} NOT NULL,
    deleted_at  {bigint}
) {table};

CREATE TABLE account (
    id                   {serial},
    key                  TEXT     NOT NULL,
    name                 TEXT     NOT NULL,
    provider             TEXT     NOT NULL,
    phone                TEXT,
    base_url             TEXT     NOT NULL,
    phone_number_id      TEXT     NOT NULL,
    business_account_id  TEXT     NOT NULL,
    app_id               TEXT,
    -- Sealed with the instance's key; never leave the server.
    access_token         {bytes},
    app_secret           {bytes},
    verify_token         {bytes},
    flow                 {json}   NOT NULL,
    default_queue_id     {bigint} NOT NULL REFERENCES queue (id),
    list_id              {bigint} NOT NULL REFERENCES contact_list (id),
    window_rule          TEXT     NOT NULL,
    grace_s              {bigint} NOT NULL,
    rate_per_s           {bigint} NOT NULL,
    create_contact       {bool}   NOT NULL,
    take_from_bot        {bool}   NOT NULL,
    -- How its interactions are closed: `Closing` in crates/domain/src/account.rs.
    closing              {json}   NOT NULL DEFAULT '{}',
    health               TEXT     NOT NULL,
    health_detail        TEXT,
    health_at            {bigint},
    -- The rate bucket: tokens in thousandths, and when they were counted.
    bucket               {bigint} NOT NULL,
    bucket_at            {bigint} NOT NULL,
    version              {bigint} NOT NULL,
    deleted_at           {bigint}
) {table};
CREATE UNIQUE INDEX account_key ON account (key);
CREATE INDEX account_number ON account (phone_number_id);

CREATE TABLE account_member (
    account_id  {bigint} NOT NULL REFERENCES account (id),
    user_id     {bigint} NOT NULL,
    team_id     {bigint} NOT NULL,
    PRIMARY KEY (account_id, user_id, team_id)
) {table};

-- Customers ---------------------------------------------------------------------------------------------------------
CREATE TABLE contact (
    id           {serial},
    list_id      {bigint} NOT NULL REFERENCES contact_list (id),
    first_name   TEXT     NOT NULL,
    last_name    TEXT,
    phone        TEXT,
    mobile       TEXT,
    email        TEXT,
    company      TEXT,
    language     TEXT,
    description  TEXT,
    tags         {json}   NOT NULL,
    created_by   {bigint},
    version      {bigint} NOT NULL,
    created_at   {bigint} NOT NULL,
    updated_at   {bigint} NOT NULL,
    deleted_at   {bigint}
) {table};
CREATE INDEX contact_phone ON contact (phone) WHERE deleted_at IS NULL;
CREATE INDEX contact_mobile ON contact (mobile) WHERE deleted_at IS NULL;

CREATE TABLE address (
    id                   {serial},
    account_id           {bigint} NOT NULL REFERENCES account (id),
    -- What the provider knows: digits, else its user id. Replies go here.
    key                  TEXT     NOT NULL,
    digits               TEXT,
    user_id              TEXT,
    profile_name         TEXT,
    username             TEXT,
    contact_id           {bigint} REFERENCES contact (id),
    latest_inbound_at    {bigint},
    first_inbound_at     {bigint},
    first_template_at    {bigint},
    shut_by_provider_at  {bigint},
    window_expires_at    {bigint},
    window_cause         TEXT,
    last_interaction_id  {bigint},
    -- The recontact template nobody has answered yet: which message, since when, and until when an answer to it
    -- reopens the interaction.
    recontact_id         {bigint},
    recontact_at         {bigint},
    recontact_until      {bigint},
    -- What it writes is kept, and asks for nobody's time.
    blocked              {bool}   NOT NULL DEFAULT FALSE,
    version              {bigint} NOT NULL,
    created_at           {bigint} NOT NULL
) {table};
CREATE UNIQUE INDEX address_key ON address (account_id, key);
CREATE INDEX address_contact ON address (contact_id);
CREATE INDEX address_recontact ON address (recontact_id) WHERE recontact_id IS NOT NULL;

-- Every name an address goes by: digits, user ids, earlier numbers.
CREATE TABLE address_alias (
    account_id  {bigint} NOT NULL,
    alias       TEXT     NOT NULL,
    address_id  {bigint} NOT NULL REFERENCES address (id),
    PRIMARY KEY (account_id, alias)
) {table};
CREATE INDEX address_alias_address ON address_alias (address_id);

-- Interactions ------------------------------------------------------------------------------------------------------
-- One record serves the rules and the lists: nothing in a list is counted or joined.
CREATE TABLE interaction (
    id                 {serial},
    account_id         {bigint} NOT NULL REFERENCES account (id),
    address_id         {bigint} NOT NULL REFERENCES address (id),
    contact_id         {bigint},
    state              TEXT     NOT NULL,
    queue_id           {bigint},
    owner_id           {bigint},
    first_owner_id     {bigint},
    was_with_id        {bigint},
    flow_step          {bigint} NOT NULL,
    flow_ended         {bool}   NOT NULL,
    controller         TEXT     NOT NULL,
    epoch              {bigint} NOT NULL,
    started_at         {bigint} NOT NULL,
    waiting_since      {bigint},
    accepted_at        {bigint},
    closed_at          {bigint},
    reopened_at        {bigint},
    -- How it ended; an earlier ending stands in the thread.
    disposition_id     {bigint},
    -- Out of the owner's load: `customer` until they write, `until` a time.
    snooze             TEXT,
    snooze_until       {bigint},
    -- When the customer was told that it will be closed.
    warned_at          {bigint},
    -- As the address is.
    blocked            {bool}   NOT NULL DEFAULT FALSE,
    -- Denormalised for lists.
    customer           TEXT     NOT NULL,
    phone              TEXT,
    window_expires_at  {bigint},
    window_cause       TEXT,
    last_at            {bigint} NOT NULL,
    last_message_id    {bigint},
    last_direction     TEXT,
    last_kind          TEXT,
    last_preview       TEXT,
    last_status        TEXT,
    -- Since the owner last read; nobody's: since anyone who may write did.
    unread             {bigint} NOT NULL,
    marked_unread      {bool}   NOT NULL,
    -- Inbound messages not yet answered, and since when.
    unmanaged          {bigint} NOT NULL,
    unanswered_since   {bigint},
    read_through       {bigint} NOT NULL,
    message_count      {bigint} NOT NULL,
    tags               {json}   NOT NULL,
    -- The transfer that is pending.
    transfer           {json},
    version            {bigint} NOT NULL
) {table};
CREATE UNIQUE INDEX interaction_open ON interaction (address_id) WHERE state <> 'closed';
CREATE INDEX interaction_last ON interaction (last_at, id);
CREATE INDEX interaction_account ON interaction (account_id, last_at, id);
CREATE INDEX interaction_open_last ON interaction (last_at, id) WHERE state <> 'closed';
CREATE INDEX interaction_window ON interaction (window_expires_at, id) WHERE state <> 'closed';
CREATE INDEX interaction_state ON interaction (state, last_at, id);
CREATE INDEX interaction_queue ON interaction (queue_id, last_at, id);
CREATE INDEX interaction_owner ON interaction (owner_id, last_at, id);
CREATE INDEX interaction_first_owner ON interaction (first_owner_id, last_at, id);
CREATE INDEX interaction_unread ON interaction (last_at, id) WHERE unread > 0 OR marked_unread;
CREATE INDEX interaction_active ON interaction (owner_id) WHERE state = 'active';
CREATE INDEX interaction_waiting ON interaction (queue_id, account_id, unanswered_since, id)
    WHERE state IN ('waiting', 'unassigned');
CREATE INDEX interaction_offered ON interaction (queue_id, unanswered_since, id) WHERE state = 'offered';
CREATE INDEX interaction_address ON interaction (address_id, started_at);
CREATE INDEX interaction_contact ON interaction (contact_id, started_at);

CREATE TABLE message (
    id                 {serial},
    interaction_id     {bigint} NOT NULL REFERENCES interaction (id),
    account_id         {bigint} NOT NULL,
    address_id         {bigint} NOT NULL,
    direction          TEXT     NOT NULL,
    kind               TEXT     NOT NULL,
    body               TEXT,
    content            {json}   NOT NULL,
    author_kind        TEXT     NOT NULL,
    author_id          {bigint},
    -- The provider's id of an inbound message; of an outbound one it stands with the attempt.
    provider_id        TEXT,
    -- Made by the sender's screen: a repeat of it is the same message.
    client_id          {id},
    reply_to_id        {bigint},
    -- The provider's id of what is quoted, or of what an effect is about.
    reply_to_provider  TEXT,
    -- What a reaction, edit or deletion is about; such a message is not a bubble of its own.
    effect             TEXT,
    target_id          {bigint},
    shown              {bool}   NOT NULL,
    reactions          {json},
    thread_at          {bigint} NOT NULL,
    sent_at            {bigint},
    status             TEXT,
    failure            {json},
    edited_at          {bigint},
    deleted_at         {bigint},
    history            {json},
    forwarded          {bool}   NOT NULL,
    late               {bool}   NOT NULL,
    attachments        {bigint} NOT NULL,
    raw                TEXT,
    version            {bigint} NOT NULL,
    created_at         {bigint} NOT NULL
) {table};
CREATE UNIQUE INDEX message_provider ON message (provider_id, account_id) WHERE provider_id IS NOT NULL;
CREATE UNIQUE INDEX message_client ON message (client_id) WHERE client_id IS NOT NULL;
CREATE INDEX message_thread ON message (interaction_id, thread_at, id);
-- Reactions, edits and deletions that came before what they are about.
CREATE INDEX message_early ON message (reply_to_provider, account_id)
    WHERE effect IS NOT NULL AND target_id IS NULL;

CREATE TABLE attachment (
    id           {serial},
    message_id   {bigint} NOT NULL REFERENCES message (id),
    account_id   {bigint} NOT NULL,
    kind         TEXT     NOT NULL,
    name         TEXT,
    mime         TEXT     NOT NULL,
    size         {bigint},
    sha256       TEXT,
    -- The provider's id of the file: as it came, or as we uploaded it, and then until when the provider keeps it.
    media_id     TEXT,
    media_until  {bigint},
    media_url    TEXT,
    state        TEXT     NOT NULL,
    error        TEXT,
    -- Why the provider would not take it.
    failure      {json},
    -- Where the bytes lie in the media store.
    path         TEXT,
    width        {bigint},
    height       {bigint},
    animated     {bool}   NOT NULL,
    created_at   {bigint} NOT NULL
) {table};
CREATE INDEX attachment_message ON attachment (message_id);
CREATE INDEX attachment_path ON attachment (path) WHERE path IS NOT NULL;
-- What the provider holds already need not be uploaded again.
CREATE INDEX attachment_held ON attachment (account_id, sha256) WHERE media_until IS NOT NULL;

-- Sending -----------------------------------------------------------------------------------------------------------
CREATE TABLE attempt (
    id             {serial},
    message_id     {bigint} NOT NULL REFERENCES message (id),
    interaction_id {bigint} NOT NULL,
    account_id     {bigint} NOT NULL,
    address_id     {bigint} NOT NULL,
    -- prepared, in_flight, retry, then settled: accepted, failed, unknown.
    step           TEXT     NOT NULL,
    -- How far it came: the joined delivery state.
    state          TEXT     NOT NULL,
    provider_id    TEXT,
    request        {json}   NOT NULL,
    tries          {bigint} NOT NULL,
    run_at         {bigint} NOT NULL,
    give_up_at     {bigint} NOT NULL,
    claimed_until  {bigint},
    -- While it blocks, later ones of its conversation wait.
    blocks         {bool}   NOT NULL,
    failure        {json},
    created_at     {bigint} NOT NULL,
    settled_at     {bigint}
) {table};
CREATE INDEX attempt_message ON attempt (message_id);
CREATE UNIQUE INDEX attempt_provider ON attempt (provider_id, account_id) WHERE provider_id IS NOT NULL;
CREATE INDEX attempt_lane ON attempt (address_id, id) WHERE blocks;
CREATE INDEX attempt_due ON attempt (account_id, run_at, id) WHERE step IN ('prepared', 'retry');
CREATE INDEX attempt_waiting ON attempt (give_up_at) WHERE step IN ('prepared', 'retry');
CREATE INDEX attempt_flying ON attempt (claimed_until) WHERE step = 'in_flight';
CREATE INDEX attempt_doubt ON attempt (settled_at) WHERE step = 'unknown' AND blocks;

-- Statuses that came before the message they speak of was known.
CREATE TABLE parked_status (
    account_id   {bigint} NOT NULL,
    provider_id  TEXT     NOT NULL,
    state        TEXT     NOT NULL,
    at           {bigint},
    failure      {json},
    parked_at    {bigint} NOT NULL,
    PRIMARY KEY (provider_id, account_id, state)
) {table};
CREATE INDEX parked_status_age ON parked_status (parked_at);

-- Routing -----------------------------------------------------------------------------------------------------------
-- Also of transfers, which an owner proposes instead of routing.
CREATE TABLE offer (
    id              {serial},
    interaction_id  {bigint} NOT NULL REFERENCES interaction (id),
    -- None of a transfer to an agent.
    queue_id        {bigint},
    single          {bool}   NOT NULL,
    starts_at       {bigint} NOT NULL,
    ends_at         {bigint} NOT NULL,
    open            {bool}   NOT NULL,
    result          TEXT,
    ended_at        {bigint},
    -- Of a transfer: the owner, who proposed it, to whom, as they were called then, and why.
    from_id         {bigint},
    by_id           {bigint},
    to_id           {bigint},
    from_name       TEXT,
    to_name         TEXT,
    note            TEXT
) {table};
CREATE UNIQUE INDEX offer_open ON offer (interaction_id) WHERE open;
CREATE INDEX offer_interaction ON offer (interaction_id, id);
CREATE INDEX offer_transfer ON offer (id) WHERE open AND from_id IS NOT NULL;

CREATE TABLE offer_agent (
    offer_id   {bigint} NOT NULL REFERENCES offer (id),
    user_id    {bigint} NOT NULL,
    interaction_id {bigint} NOT NULL,
    state      TEXT     NOT NULL,
    asked_at   {bigint} NOT NULL,
    ended_at   {bigint},
    version    {bigint} NOT NULL,
    PRIMARY KEY (offer_id, user_id)
) {table};
CREATE INDEX offer_agent_pending ON offer_agent (user_id) WHERE state = 'pending';
CREATE INDEX offer_agent_interaction ON offer_agent (interaction_id, user_id);

-- Why routing chose whom it chose.
CREATE TABLE decision (
    id              {serial},
    interaction_id  {bigint} NOT NULL REFERENCES interaction (id),
    at              {bigint} NOT NULL,
    trace           {json}   NOT NULL
) {table};
CREATE INDEX decision_interaction ON decision (interaction_id, id);

-- Ledger, log, work -------------------------------------------------------------------------------------------------
-- What providers delivered, as it came: durable before it is acknowledged.
CREATE TABLE delivery (
    id           {serial},
    account_id   {bigint} NOT NULL REFERENCES account (id),
    received_at  {bigint} NOT NULL,
    headers      {json}   NOT NULL,
    -- The body where it is text; else its bytes.
    body         TEXT,
    bytes        {bytes},
    size         {bigint} NOT NULL,
    state        TEXT     NOT NULL,
    reason       TEXT,
    updates      {bigint},
    outcomes     {json},
    replays      {bigint} NOT NULL,
    applied_at   {bigint}
) {table};
CREATE INDEX delivery_pending ON delivery (id) WHERE state = 'pending';
CREATE INDEX delivery_state ON delivery (state, id);

CREATE TABLE event (
    seq      {serial},
    txid     {bigint} NOT NULL,
    kind     TEXT     NOT NULL,
    -- The interaction it is about, where it is about one.
    topic    {bigint},
    -- The row that changed.
    subject  {bigint} NOT NULL,
    payload  {json},
    at       {bigint} NOT NULL
) {table};
CREATE INDEX event_order ON event (txid, seq);
CREATE INDEX event_topic ON event (topic, seq);

-- Rows, never cancelled: one that fires on a state that moved on does nothing.
CREATE TABLE timer (
    id             {serial},
    kind           TEXT     NOT NULL,
    subject        {bigint} NOT NULL,
    -- What the state must still be for it to matter.
    armed          {bigint} NOT NULL,
    due_at         {bigint} NOT NULL,
    claimed_until  {bigint} NOT NULL
) {table};
CREATE INDEX timer_due ON timer (due_at);

CREATE TABLE job (
    id             {serial},
    kind           TEXT     NOT NULL,
    subject        {bigint} NOT NULL,
    payload        {json},
    run_at         {bigint} NOT NULL,
    tries          {bigint} NOT NULL,
    claimed_until  {bigint} NOT NULL,
    dead           {bool}   NOT NULL,
    error          TEXT
) {table};
CREATE INDEX job_due ON job (run_at) WHERE NOT dead;

-- One holder at a time for work that wants one, such as the ledger's order.
CREATE TABLE lease (
    name    TEXT     NOT NULL PRIMARY KEY,
    holder  TEXT     NOT NULL,
    until   {bigint} NOT NULL
) {table};

-- Kept apart from what an erasure removes. Append-only.
CREATE TABLE audit (
    id       {serial},
    at       {bigint} NOT NULL,
    user_id  {bigint},
    action   TEXT     NOT NULL,
    subject  TEXT     NOT NULL,
    before   {json},
    after    {json}
) {table};
