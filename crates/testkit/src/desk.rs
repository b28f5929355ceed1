//! A desk for one test: its own database, its own media folder, a clock that stands until it is turned.

use jiff::{SignedDuration, Timestamp};
pub use pronto_db::Engine;
use pronto_db::{Db, Tx, sql};
use pronto_desk::{Clock, Desk, Opening, Sealer};
use pronto_domain::id::{AccountId, AddressId, InteractionId, MessageId, UserId};
use pronto_domain::message::{Content, Direction, Kind};
use pronto_store as store;
use tempfile::TempDir;

/// When every test begins.
pub const START: &str = "2026-03-02T09:00:00Z";
/// The access token of every account made here.
pub const TOKEN: &str = "EAA-test-token";
/// The number every account made here has at its provider.
pub const NUMBER: &str = "106540352242922";

/// A desk on a database of its own.
pub struct TestDesk {
    pub desk: Desk,
    /// What it was opened on, to open it again.
    pub url: String,
    folder: TempDir,
}

type Id = (i64,);

impl TestDesk {
    /// With a clock that stands at [`START`]; `None` where the engine is not there to test on.
    pub async fn on(engine: Engine) -> Option<Self> {
        Self::with_clock(engine, Clock::turned(START.parse().expect("an instant"))).await
    }

    pub async fn with_clock(engine: Engine, clock: Clock) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = match engine {
            Engine::Sqlite => format!("sqlite:{}", folder.path().join("pronto.db").display()),
            Engine::Postgres => schema(&std::env::var("PRONTO_TEST_POSTGRES").ok()?).await,
        };
        let desk = open(&url, &folder, clock).await;
        Some(Self { desk, url, folder })
    }

    /// Another desk on the same database and clock, as after a crash or on a second node.
    pub async fn another(&self) -> Desk {
        open(&self.url, &self.folder, self.desk.clock().clone()).await
    }

    pub fn now(&self) -> Timestamp {
        self.desk.now()
    }

    /// Turns the clock and wakes whoever waits for it.
    pub fn advance(&self, seconds: i64) {
        self.desk.clock().advance(SignedDuration::from_secs(seconds));
        self.desk.bell().ring();
        self.desk.ledger_bell().ring();
    }

    /// A transaction to look in.
    pub async fn look(&self) -> Tx {
        self.desk.db().read().await.expect("a transaction")
    }

    /// A transaction to write in.
    pub async fn tx(&self) -> Tx {
        self.desk.db().begin().await.expect("a transaction")
    }

    /// An account whose provider is at `base_url`, with a queue of its own.
    pub async fn account(&self, key: &str, base_url: &str) -> AccountId {
        let sealed = self.desk.sealer().seal(TOKEN).expect("sealed");
        let mut tx = self.tx().await;
        let list = store::contact::default_list(&mut tx).await.expect("a list");
        let queue: Id = tx
            .query(sql!(
                "INSERT INTO queue (name, strategy, agent_timeout_s, weight, service_level_s, last_agent_first,
                     wrap_up_s, version) VALUES ($1, 'round_robin', 30, 0, 0, FALSE, 0, 1) RETURNING id"
            ))
            .bind(key)
            .one()
            .await
            .expect("a queue");
        let account: Id = tx
            .query(sql!(
                "INSERT INTO account (key, name, provider, base_url, phone_number_id, business_account_id, access_token,
                     flow, default_queue_id, list_id, window_rule, grace_s, rate_per_s, create_contact, take_from_bot,
                     health, bucket, bucket_at, version)
                 VALUES ($1, $1, 'meta', $2, $7, '102290129340398', $3, $4, $5, $6, 'latest_inbound', 0, 80, TRUE,
                     TRUE, 'ok', 0, 0, 1) RETURNING id"
            ))
            .bind(key)
            .bind(base_url)
            .bind(sealed)
            .bind_json(&serde_json::json!([{ "type": "queue", "queue_id": queue.0, "timeout_s": 0 }]))
            .bind(queue.0)
            .bind(list)
            .bind(NUMBER)
            .one()
            .await
            .expect("an account");
        tx.commit().await.expect("committed");
        self.desk.reload().await.expect("reloaded");
        AccountId(account.0)
    }

    /// An agent, on every account there is.
    pub async fn agent(&self, login: &str) -> UserId {
        let mut tx = self.tx().await;
        let user: Id = tx
            .query(sql!(
                r#"INSERT INTO "user" (login, name, role, profile_id, password_hash, must_change_password, theme,
                       capacity, failed_sign_ins, version, created_at)
                   SELECT $1, $1, 'agent', min(id), '!', FALSE, 'system', 0, 0, 1, $2 FROM profile WHERE role = 'agent'
                   RETURNING id"#
            ))
            .bind(login)
            .bind(store::millis(self.now()))
            .one()
            .await
            .expect("a user");
        tx.query(sql!("INSERT INTO account_member (account_id, user_id, team_id) SELECT id, $1, 0 FROM account"))
            .bind(user.0)
            .execute()
            .await
            .expect("associated");
        tx.commit().await.expect("committed");
        self.desk.reload().await.expect("reloaded");
        UserId(user.0)
    }

    /// A customer who wrote just now, so that the window is open.
    pub async fn customer(&self, account: AccountId, digits: &str) -> AddressId {
        let now = store::millis(self.now());
        let day = 24 * 3600 * 1000;
        let mut tx = self.tx().await;
        let address: Id = tx
            .query(sql!(
                "INSERT INTO address (account_id, key, digits, profile_name, latest_inbound_at, first_inbound_at,
                     window_expires_at, window_cause, version, created_at)
                 VALUES ($1, $2, $2, 'Maria', $3, $3, $4, 'message', 1, $3) RETURNING id"
            ))
            .bind(account.0)
            .bind(digits)
            .bind(now)
            .bind(now + day)
            .one()
            .await
            .expect("an address");
        tx.commit().await.expect("committed");
        AddressId(address.0)
    }

    /// An open interaction of theirs, held by `owner`, with one message of the customer in it.
    pub async fn interaction(&self, address: AddressId, owner: UserId) -> InteractionId {
        let now = store::millis(self.now());
        let mut tx = self.tx().await;
        let interaction: Id = tx
            .query(sql!(
                "INSERT INTO interaction (account_id, address_id, state, owner_id, first_owner_id, flow_step, flow_ended,
                     controller, epoch, started_at, accepted_at, customer, phone, window_expires_at, window_cause,
                     last_at, unread, marked_unread, unmanaged, read_through, message_count, tags, version)
                 SELECT account_id, id, 'active', $2, $2, 0, FALSE, 'agent', 1, $3, $3, 'Maria', digits,
                     window_expires_at, window_cause, $3, 0, FALSE, 0, 0, 0, $4, 1 FROM address WHERE id = $1
                 RETURNING id"
            ))
            .bind(address.0)
            .bind(owner.0)
            .bind(now)
            .bind_json(&[(); 0])
            .one()
            .await
            .expect("an interaction");
        tx.query(sql!("UPDATE address SET last_interaction_id = $2 WHERE id = $1"))
            .bind(address.0)
            .bind(interaction.0)
            .execute()
            .await
            .expect("linked");
        tx.commit().await.expect("committed");
        self.inbound(InteractionId(interaction.0), "Hello").await;
        InteractionId(interaction.0)
    }

    /// One more message of the customer, without what receiving it would do beside.
    pub async fn inbound(&self, interaction: InteractionId, text: &str) -> MessageId {
        let now = store::millis(self.now());
        let mut tx = self.tx().await;
        let mut row = store::interaction::by_id(&mut tx, interaction.0).await.expect("the interaction");
        let message = store::message::New {
            body: Some(text.to_owned()),
            author_kind: "customer",
            provider_id: Some(format!("wamid.{}", uuid::Uuid::new_v4())),
            sent_at: Some(now),
            ..store::message::New::at_end_of(&row, Direction::In, Kind::Text, Content::Text, now)
        };
        let made = store::message::receive(&mut tx, &[&message], now).await.expect("received");
        let message = made.first().expect("a new message").id;
        row.last_message_id = Some(message);
        row.last_direction = Some("in".to_owned());
        row.last_kind = Some("text".to_owned());
        row.last_preview = Some(text.to_owned());
        row.last_status = None;
        row.last_at = now;
        row.unread += 1;
        row.unmanaged += 1;
        row.unanswered_since.get_or_insert(now);
        row.message_count += 1;
        store::interaction::save_one(&mut tx, &mut row).await.expect("saved");
        tx.commit().await.expect("committed");
        self.desk.bell().ring();
        MessageId(message)
    }

    pub async fn message(&self, message: MessageId) -> store::message::Message {
        store::message::by_id(&mut self.look().await, message.0).await.expect("the message")
    }

    pub async fn row(&self, interaction: InteractionId) -> store::interaction::Interaction {
        store::interaction::by_id(&mut self.look().await, interaction.0).await.expect("the interaction")
    }
}

async fn open(url: &str, folder: &TempDir, clock: Clock) -> Desk {
    let opening = Opening {
        db: Db::open(url).await.expect("an open database"),
        clock,
        sealer: Sealer::new(&[7; 32]),
        media: folder.path().join("media"),
    };
    Desk::open(opening).await.expect("an open desk")
}

/// A schema of its own in the database at `url`, so that tests run beside each other.
async fn schema(url: &str) -> String {
    let name = format!("t{}", uuid::Uuid::new_v4().simple());
    let db = Db::open(url).await.expect("PRONTO_TEST_POSTGRES");
    let mut tx = db.begin().await.expect("a transaction");
    tx.query_assembled(format!("CREATE SCHEMA {name}")).execute().await.expect("a schema");
    tx.commit().await.expect("committed");
    db.close().await;
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}options=-c%20search_path%3D{name}")
}
