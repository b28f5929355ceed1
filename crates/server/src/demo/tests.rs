//! The demo's data must hold together as if it had been received, answered and closed by the real acts.

use pronto_db::sql;
use pronto_desk::Clock;
use pronto_store as store;
use pronto_testkit::desk::{Engine, TestDesk};
use store::interaction::Interaction;

use super::{furnish, script, week};

const BASE: &str = "http://127.0.0.1:8080";

/// A desk that was furnished a moment ago.
struct Furnished(TestDesk);

impl Furnished {
    async fn on(engine: Engine) -> Option<Self> {
        // A working day's afternoon.
        let clock = Clock::turned("2026-03-05T14:20:00Z".parse().expect("an instant"));
        let desk = TestDesk::with_clock(engine, clock).await?;
        furnish(&desk.desk, BASE).await.expect("furnished");
        Some(Self(desk))
    }

    async fn count(&self, sql: &'static pronto_db::Sql) -> i64 {
        let found: Count = self.0.look().await.query(sql).one().await.expect("a count");
        found.0
    }

    async fn interactions(&self) -> Vec<Interaction> {
        let mut tx = self.0.look().await;
        tx.query(sql!("SELECT i.* FROM interaction i ORDER BY i.id")).all().await.expect("interactions")
    }
}

type Count = (i64,);
type Text = (String,);
/// Id, shown messages, those of the customer, those unread and those unanswered.
type Recount = (i64, i64, i64, i64, i64);

pronto_testkit::on_both! {
    async fn furnishing_twice_changes_nothing(demo: Furnished) {
        let count = sql!("SELECT count(*) AS count FROM message");
        let before = demo.count(count).await;
        assert!(before > 1_500, "{before} messages");
        demo.0.desk.reload().await.expect("reloaded");
        furnish(&demo.0.desk, BASE).await.expect("furnished again");
        assert_eq!(demo.count(count).await, before);
    }

    async fn every_counter_equals_a_recount(demo: Furnished) {
        let mut tx = demo.0.look().await;
        let recounts: Vec<Recount> = tx
            .query(sql!(
                "SELECT i.id, count(m.id) AS shown,
                        coalesce(CAST(sum(CASE WHEN m.direction = 'in' THEN 1 ELSE 0 END) AS bigint), 0) AS heard,
                        coalesce(CAST(sum(CASE WHEN m.direction = 'in' AND m.id > i.read_through THEN 1 ELSE 0 END) AS bigint), 0)
                            AS unread,
                        coalesce(CAST(sum(CASE WHEN m.direction = 'in' AND m.id >
                            (SELECT coalesce(max(o.id), 0) FROM message o WHERE o.interaction_id = i.id
                             AND o.direction = 'out' AND o.shown) THEN 1 ELSE 0 END) AS bigint), 0) AS unanswered
                 FROM interaction i JOIN message m ON m.interaction_id = i.id AND m.shown
                 GROUP BY i.id, i.read_through ORDER BY i.id"
            ))
            .all()
            .await
            .expect("recounted");
        drop(tx);
        let interactions = demo.interactions().await;
        assert!((130..=180).contains(&interactions.len()), "{} interactions", interactions.len());
        assert_eq!(recounts.len(), interactions.len());
        for (row, (id, shown, heard, unread, unanswered)) in interactions.iter().zip(&recounts) {
            let closed = row.state == "closed";
            assert_eq!(row.id, *id);
            assert_eq!(row.message_count, *shown, "messages of {row:?}");
            assert!(row.unread <= *heard, "{row:?}");
            assert_eq!(row.unread, if closed { 0 } else { *unread }, "unread of {row:?}");
            assert_eq!(row.unmanaged, if closed { 0 } else { *unanswered }, "unmanaged of {row:?}");
            assert_eq!(row.unanswered_since.is_some() && row.was_with_id.is_none(), row.unmanaged > 0 && row.was_with_id.is_none());
            assert_eq!(row.owner_id.is_some(), closed || row.state == "active", "{row:?}");
            assert_eq!(row.closed_at.is_some(), closed, "{row:?}");
            assert_eq!(row.waiting_since.is_some(), matches!(row.state.as_str(), "waiting" | "unassigned"), "{row:?}");
            assert!(row.started_at <= row.last_at && row.last_at <= store::millis(demo.0.now()), "{row:?}");
            row.rules().expect("known words");
        }
    }

    async fn the_last_message_of_each_row_is_the_threads(demo: Furnished) {
        let mut tx = demo.0.look().await;
        for row in demo.interactions().await {
            let last: store::message::Message = tx
                .query(sql!(
                    "SELECT m.* FROM message m WHERE m.interaction_id = $1 AND m.direction IN ('in', 'out') AND m.shown
                     ORDER BY m.thread_at DESC, m.id DESC LIMIT 1"
                ))
                .bind(row.id)
                .one()
                .await
                .expect("a last message");
            assert_eq!(row.last_at, last.thread_at, "{row:?}");
            assert_eq!(row.last_direction.as_deref(), Some(last.direction.as_str()), "{row:?}");
            assert_eq!(row.last_kind.as_deref(), Some(last.kind.as_str()), "{row:?}");
            assert_eq!(row.last_status, last.status, "{row:?}");
            assert_eq!(row.last_message_id, (last.direction == "out").then_some(last.id), "{row:?}");
            if let Some(body) = &last.body {
                assert_eq!(row.last_preview.as_deref(), Some(pronto_domain::message::preview(body).as_str()), "{row:?}");
            }
        }
    }

    async fn windows_and_addresses_agree(demo: Furnished) {
        let wrong = sql!(
            "SELECT count(*) AS count FROM address a JOIN interaction i ON i.id = a.last_interaction_id
             WHERE i.address_id <> a.id OR i.window_expires_at IS DISTINCT FROM a.window_expires_at
             OR i.id < (SELECT max(o.id) FROM interaction o WHERE o.address_id = a.id)
             OR a.window_expires_at > a.latest_inbound_at + 86400000"
        );
        assert_eq!(demo.count(wrong).await, 0);
        let nameless = sql!(
            "SELECT count(*) AS count FROM address a WHERE NOT EXISTS
             (SELECT 1 FROM address_alias n WHERE n.address_id = a.id AND n.alias = a.key)"
        );
        assert_eq!(demo.count(nameless).await, 0);
        let apart = sql!(
            "SELECT count(*) AS count FROM interaction a JOIN interaction b ON b.address_id = a.address_id AND b.id > a.id
             WHERE a.closed_at IS NULL OR b.started_at < a.closed_at"
        );
        assert_eq!(demo.count(apart).await, 0);
    }

    async fn what_was_sent_has_its_attempt(demo: Furnished) {
        let odd = sql!(
            "SELECT count(*) AS count FROM message m LEFT JOIN attempt a ON a.message_id = m.id
             WHERE m.direction = 'out' AND (a.id IS NULL OR a.state <> m.status OR a.blocks
             OR (m.failure IS NULL) <> (a.failure IS NULL))"
        );
        assert_eq!(demo.count(odd).await, 0);
        let quoted = sql!(
            "SELECT count(*) AS count FROM message m LEFT JOIN message t ON t.id = coalesce(m.reply_to_id, m.target_id)
             WHERE coalesce(m.reply_to_id, m.target_id) IS NOT NULL
             AND (t.id IS NULL OR t.id >= m.id OR t.interaction_id <> m.interaction_id)"
        );
        assert_eq!(demo.count(quoted).await, 0);
        let filed = sql!(
            "SELECT count(*) AS count FROM message m WHERE m.attachments <>
             (SELECT count(*) FROM attachment a WHERE a.message_id = m.id AND a.state = 'stored')"
        );
        assert_eq!(demo.count(filed).await, 0);
    }

    async fn everything_a_desk_can_show_is_there(demo: Furnished) {
        let mut tx = demo.0.look().await;
        let sorts = tx
            .query(sql!("SELECT DISTINCT m.kind || ' ' || m.direction AS value FROM message m"))
            .all::<Text>()
            .await
            .expect("kinds");
        for kind in ["text", "image", "voice", "document", "sticker", "location", "contacts", "interactive", "button", "order", "unsupported"] {
            assert!(sorts.iter().any(|sort| sort.0 == format!("{kind} in")), "no {kind}");
        }
        let states = tx
            .query(sql!("SELECT DISTINCT m.status AS value FROM message m WHERE m.status IS NOT NULL"))
            .all::<Text>()
            .await
            .expect("states");
        for state in ["delivered", "failed", "read", "unknown"] {
            assert!(states.iter().any(|found| found.0 == state), "none {state}");
        }
        drop(tx);
        for (what, sql) in [
            ("late", sql!("SELECT count(*) AS count FROM message WHERE late")),
            ("edited", sql!("SELECT count(*) AS count FROM message WHERE edited_at IS NOT NULL")),
            ("deleted", sql!("SELECT count(*) AS count FROM message WHERE deleted_at IS NOT NULL")),
            ("forwarded", sql!("SELECT count(*) AS count FROM message WHERE forwarded")),
            ("note", sql!("SELECT count(*) AS count FROM message WHERE direction = 'note'")),
            ("reopened", sql!("SELECT count(*) AS count FROM interaction WHERE reopened_at IS NOT NULL")),
            ("given back", sql!("SELECT count(*) AS count FROM interaction WHERE was_with_id IS NOT NULL AND state = 'waiting'")),
            ("waiting in the first queue", sql!("SELECT count(*) AS count FROM interaction WHERE state = 'waiting' AND flow_step = 0")),
            ("waiting in the second queue", sql!("SELECT count(*) AS count FROM interaction WHERE state = 'waiting' AND flow_step = 1")),
            ("unassigned", sql!("SELECT count(*) AS count FROM interaction WHERE state = 'unassigned'")),
            ("long", sql!("SELECT count(*) AS count FROM interaction WHERE message_count > 390")),
            ("hidden number", sql!("SELECT count(*) AS count FROM interaction WHERE phone IS NULL AND state = 'waiting'")),
            ("transferred", sql!("SELECT count(*) AS count FROM message WHERE CAST(content AS text) LIKE '%transfer_accepted%'")),
            ("rejected", sql!("SELECT count(*) AS count FROM message WHERE CAST(content AS text) LIKE '%transfer_rejected%'")),
            ("expired", sql!("SELECT count(*) AS count FROM message WHERE CAST(content AS text) LIKE '%transfer_expired%'")),
            ("opened again by an agent", sql!("SELECT count(*) AS count FROM message WHERE CAST(content AS text) LIKE '%\"reopened\"%'")),
            ("recontacted", sql!("SELECT count(*) AS count FROM message WHERE kind = 'template' AND direction = 'out'")),
            ("waiting for the customer", sql!("SELECT count(*) AS count FROM interaction WHERE snooze = 'customer'")),
            ("put off until a time", sql!("SELECT count(*) AS count FROM interaction WHERE snooze_until IS NOT NULL")),
            ("blocked", sql!("SELECT count(*) AS count FROM interaction WHERE blocked")),
            ("ended on the third level", sql!(
                "SELECT count(*) AS count FROM interaction i JOIN disposition l ON l.id = i.disposition_id
                 JOIN disposition m ON m.id = l.parent_id WHERE m.parent_id IS NOT NULL"
            )),
            ("saved view", sql!("SELECT count(*) AS count FROM saved_view")),
            ("decision", sql!("SELECT count(*) AS count FROM decision")),
            ("failed delivery", sql!("SELECT count(*) AS count FROM delivery WHERE state = 'failed'")),
            ("ignored delivery", sql!("SELECT count(*) AS count FROM delivery WHERE state = 'ignored'")),
        ] {
            assert!(demo.count(sql).await > 0, "nothing {what}");
        }
        let giulia = sql!(
            "SELECT count(*) AS count FROM interaction WHERE phone = '393335550142' AND state <> 'closed'"
        );
        assert_eq!(demo.count(giulia).await, 0, "Giulia's first message opens a new interaction");
    }

    async fn new_rows_are_numbered_after_those_brought_in(demo: Furnished) {
        let known: Vec<i64> = demo.interactions().await.iter().map(|row| row.id).collect();
        let account = pronto_domain::id::AccountId(1);
        let customer = demo.0.customer(account, "393490000001").await;
        let owner = pronto_domain::id::UserId(3);
        let fresh = demo.0.interaction(customer, owner).await;
        assert_eq!(Some(&(fresh.0 - 1)), known.last());
    }
}

#[test]
fn nothing_is_left_unfilled() {
    let company = super::company::Company {
        account: 1.into(),
        queues: [1.into(), 2.into()],
        users: (1..=5).map(Into::into).collect(),
        endings: [vec![(1.into(), "Sale › New order".to_owned())], Vec::new()],
    };
    // At any hour, weekday or Sunday, summer or winter.
    let moments = [
        "2026-03-05T14:20:00Z",
        "2026-03-05T00:02:00Z",
        "2026-07-05T03:07:00Z",
        "2025-12-31T23:59:30Z",
        "2026-03-30T05:00:00Z",
    ];
    for now in moments {
        let now: jiff::Timestamp = now.parse().expect("an instant");
        let week = week::tell(&company, now).expect("a week");
        assert!((130..=180).contains(&week.played.len()), "{} at {now}", week.played.len());
        for said in week.played.iter().flat_map(|played| &played.messages) {
            let text = said.row.body.as_deref().unwrap_or_default();
            assert!(!text.contains(['{', '[', '|']), "{text}");
            assert!(said.row.thread_at <= store::millis(now), "at {now}, still to come: {text}");
        }
    }
}

#[test]
fn a_line_says_what_it_is() {
    let script::Line::Say(say) = script::line("<reply=2,image=scratch Look\\nhere").expect("a line") else {
        panic!("not a message")
    };
    assert!(say.customer && say.has("image"));
    assert_eq!((say.mark("reply"), say.text.as_str()), (Some("2"), "Look\nhere"));
    assert!(script::line("? what").is_err());
    assert!(script::read("< nobody's").is_err());
}
