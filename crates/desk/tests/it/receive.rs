//! What customers write finds its thread, once, whatever order it comes in.

use jiff::SignedDuration;
use pronto_db::sql;
use pronto_desk::act::replay::{Replay, replay};
use pronto_domain::id::{DeliveryId, InteractionId, UserId};
use pronto_domain::presence::Declared;
use pronto_store as store;
use pronto_testkit::desk::{Engine, NUMBER};
use pronto_testkit::on_both;
use serde_json::json;

use crate::world::{
    MARIA, World, deletion, edit, envelope, events, message, messages, messages_for, reaction, text_at,
};

fn states(ends: &[crate::world::Ledger]) -> Vec<&str> {
    ends.iter().map(|one| one.state.as_str()).collect()
}

on_both! {
    async fn a_message_opens_an_interaction_and_the_next_joins_it(world: World) {
        let first = world.writes(MARIA, "Buongiorno!").await;
        let row = world.row(first).await;
        assert_eq!((row.state.as_str(), row.customer.as_str()), ("waiting", "Maria Rossi"));
        assert_eq!(row.phone.as_deref(), Some(MARIA));
        assert_eq!(row.last_preview.as_deref(), Some("Buongiorno!"));
        assert_eq!(world.writes(MARIA, "È per un ordine").await, first);
        let row = world.row(first).await;
        assert_eq!((row.unread, row.unmanaged, row.message_count), (2, 2, 2));
        assert_ne!(world.writes("393330000000", "Ciao").await, first);
        world.recount().await;
    }

    async fn repeats_change_nothing_in_a_batch_and_across(world: World) {
        let body = messages(&[world.text("wamid.1", MARIA, "one"), world.text("wamid.1", MARIA, "one")]);
        let ends = world.deliver(&[body.clone(), body.clone(), messages(&[world.text("wamid.2", MARIA, "two")])]).await;
        assert_eq!(states(&ends), ["applied", "duplicate", "applied"]);
        let ends = world.deliver(&[body.clone(), body]).await;
        assert_eq!(states(&ends), ["duplicate", "duplicate"]);
        assert_eq!(world.count("SELECT count(*) AS count FROM message").await, 2);
        assert_eq!(world.all().await.len(), 1);
        world.recount().await;
    }

    async fn an_unknown_number_waits_for_its_account(world: World) {
        world.set("UPDATE account SET app_secret = access_token").await;
        let ends = world.deliver(&[messages_for("777", &[world.text("wamid.1", MARIA, "hello")])]).await;
        assert_eq!(states(&ends), ["failed"]);
        let failed = ends.first().expect("one").clone();
        assert!(failed.reason.as_deref().unwrap_or("").contains("unknown number"), "{failed:?}");
        assert!(world.message("wamid.1").await.is_none());
        // The sibling number of the same app is set up; the failed delivery is replayed.
        let sales = world.test.account("sales", "http://127.0.0.1:9").await;
        world.set(&format!("UPDATE account SET phone_number_id = '777', app_secret =
                            (SELECT o.app_secret FROM account o WHERE o.key = 'care') WHERE id = {sales}")).await;
        let again = Replay { by: UserId(1), id: DeliveryId(failed.id) };
        world.desk().run(&again, |tx, now, again| Box::pin(replay(tx, now, again))).await.expect("replayed");
        world.settled().await;
        assert_eq!(states(&world.ledger(failed.id - 1).await), ["applied"]);
        let message = world.message("wamid.1").await.expect("stored");
        assert_eq!(message.account_id, sales.0);
        // And from now on the path's account need not be the number's.
        let ends = world.deliver(&[messages_for("777", &[world.text("wamid.2", MARIA, "again")])]).await;
        assert_eq!(states(&ends), ["applied"]);
        // Under another secret it is none of this app's business.
        let other = world.desk().sealer().seal("another app").expect("sealed");
        let mut tx = world.test.tx().await;
        tx.query(sql!("UPDATE account SET app_secret = $1 WHERE key = 'sales'")).bind(other).execute().await.expect("set");
        tx.commit().await.expect("committed");
        world.desk().reload().await.expect("reloaded");
        let ends = world.deliver(&[messages_for("777", &[world.text("wamid.3", MARIA, "forged")])]).await;
        assert_eq!(states(&ends), ["failed"]);
        assert!(world.message("wamid.3").await.is_none());
    }

    async fn what_cannot_be_read_is_kept_and_says_why(world: World) {
        let good = messages(&[world.text("wamid.1", MARIA, "hello")]).to_string().into_bytes();
        let ends = world.deliver_raw(&[b"{\"object\": ".to_vec(), good, vec![0xff, 0x00, 0x41], b"[]".to_vec()]).await;
        let mut all = states(&ends);
        all.sort_unstable();
        assert_eq!(all, ["applied", "failed", "failed", "failed"]);
        assert!(ends.iter().filter(|one| one.state == "failed").all(|one| one.reason.is_some()), "{ends:?}");
    }

    async fn one_poison_delivery_holds_up_no_other(world: World) {
        // The database refuses one of them.
        match world.desk().db().engine() {
            Engine::Sqlite => world.set(
                "CREATE TRIGGER poison BEFORE INSERT ON message WHEN new.body = 'poison'
                 BEGIN SELECT RAISE(ABORT, 'poison'); END").await,
            Engine::Postgres => world.set("ALTER TABLE message ADD CONSTRAINT poison CHECK (body <> 'poison')").await,
        }
        let ends = world.deliver(&[
            messages(&[world.text("wamid.1", MARIA, "one")]),
            messages(&[world.text("wamid.2", MARIA, "poison")]),
            messages(&[world.text("wamid.3", MARIA, "three")]),
        ]).await;
        assert_eq!(states(&ends), ["applied", "failed", "applied"]);
        let row = world.all().await.pop().expect("one");
        assert_eq!((row.unread, row.last_preview.as_deref()), (2, Some("three")));
        world.recount().await;
    }

    async fn reactions_edits_and_deletions_change_their_message(world: World) {
        let now = world.now();
        let interaction = world.writes(MARIA, "before").await;
        world.deliver(&[messages(&[world.text("wamid.a", MARIA, "A"), world.text("wamid.b", MARIA, "B")])]).await;
        world.deliver(&[messages(&[
            reaction("wamid.r1", MARIA, now, "wamid.a", "👍"),
            edit("wamid.e1", MARIA, now, "wamid.a", "A2"),
            deletion("wamid.d1", MARIA, now, "wamid.b"),
        ])]).await;
        let a = world.message("wamid.a").await.expect("a");
        assert_eq!(a.body.as_deref(), Some("A2"));
        assert_eq!(a.history.map(|json| json.0.len()), Some(1));
        assert_eq!(a.reactions.map(|json| json.0.into_iter().map(|one| one.emoji).collect::<Vec<_>>()), Some(vec!["👍".to_owned()]));
        assert!(world.message("wamid.b").await.expect("b").deleted_at.is_some());
        let row = world.row(interaction).await;
        assert_eq!((row.unread, row.message_count), (3, 3), "none of the three is a bubble");
        assert_eq!(row.last_preview.as_deref(), Some(""), "what was taken back stands in no list");
        // Taken off again.
        world.deliver(&[messages(&[reaction("wamid.r2", MARIA, now, "wamid.a", "")])]).await;
        assert_eq!(world.message("wamid.a").await.expect("a").reactions.map(|json| json.0.len()), Some(0));
        world.recount().await;
    }

    async fn an_effect_may_come_with_or_before_its_message(world: World) {
        let now = world.now();
        // In one batch, in front of it, from somebody who never wrote before.
        world.deliver(&[messages(&[
            reaction("wamid.r1", MARIA, now, "wamid.a", "🎉"),
            edit("wamid.e1", MARIA, now, "wamid.a", "A2"),
            world.text("wamid.a", MARIA, "A1"),
        ])]).await;
        let a = world.message("wamid.a").await.expect("a");
        assert_eq!((a.body.as_deref(), a.reactions.map(|json| json.0.len())), (Some("A2"), Some(1)));
        assert_eq!(world.all().await.pop().expect("one").last_preview.as_deref(), Some("A2"));
        // A batch earlier.
        world.deliver(&[messages(&[deletion("wamid.d", MARIA, now, "wamid.c")])]).await;
        world.deliver(&[messages(&[edit("wamid.e3", MARIA, now + SignedDuration::from_secs(9), "wamid.b", "B3")])]).await;
        world.deliver(&[messages(&[world.text("wamid.b", MARIA, "B1"), world.text("wamid.c", MARIA, "C")])]).await;
        let b = world.message("wamid.b").await.expect("b");
        assert_eq!(b.body.as_deref(), Some("B3"));
        assert!(world.message("wamid.c").await.expect("c").deleted_at.is_some());
        // An edit that was overtaken goes into the history, not over the newer one.
        world.deliver(&[messages(&[edit("wamid.e2", MARIA, now - SignedDuration::from_secs(60), "wamid.b", "B2")])]).await;
        let b = world.message("wamid.b").await.expect("b");
        assert_eq!(b.body.as_deref(), Some("B3"));
        let history: Vec<_> = b.history.expect("a history").0.into_iter().map(|edit| edit.body.unwrap_or_default()).collect();
        assert_eq!(history, ["B1", "B2"]);
        world.recount().await;
    }

    async fn nobody_changes_what_another_wrote(world: World) {
        let now = world.now();
        world.deliver(&[messages(&[world.text("wamid.a", MARIA, "A")])]).await;
        world.writes("393330000000", "hello").await;
        world.deliver(&[messages(&[
            deletion("wamid.d", "393330000000", now, "wamid.a"),
            edit("wamid.e", "393330000000", now, "wamid.a", "hijacked"),
            reaction("wamid.r", "393330000000", now, "wamid.a", "👎"),
        ])]).await;
        let a = world.message("wamid.a").await.expect("a");
        assert_eq!((a.body.as_deref(), a.deleted_at, a.reactions.is_none()), (Some("A"), None, true));
    }

    async fn a_lone_reaction_opens_nothing(world: World) {
        let ends = world.deliver(&[messages(&[reaction("wamid.r0", MARIA, world.now(), "wamid.none", "👍")])]).await;
        assert_eq!(states(&ends), ["ignored"], "{ends:?}");
        assert!(world.all().await.is_empty());
        assert_eq!(world.count("SELECT count(*) AS count FROM contact").await, 0, "and makes nobody known");
        let agent = world.agent("ann", 0).await;
        let first = world.writes(MARIA, "hello").await;
        world.route().await;
        world.accept(agent, first).await.expect("accepted");
        world.close(agent, first).await.expect("closed");
        let target = world.count("SELECT count(*) AS count FROM message").await;
        assert!(target > 0);
        world.deliver(&[messages(&[reaction("wamid.r1", MARIA, world.now(), "wamid.none", "👍")])]).await;
        assert_eq!(world.row(first).await.state, "closed");
        assert_eq!(world.all().await.len(), 1);
        let second = world.writes(MARIA, "again").await;
        assert_ne!(first, second);
        world.recount().await;
    }

    async fn within_the_grace_time_it_goes_back_to_its_owner_if_they_are_there(world: World) {
        world.set("UPDATE account SET grace_s = 1800").await;
        let agent = world.agent("ann", 0).await;
        let first = world.writes(MARIA, "hello").await;
        world.route().await;
        world.accept(agent, first).await.expect("accepted");
        world.close(agent, first).await.expect("closed");
        let before = world.told(agent).await.version;
        world.later(600).await;
        assert_eq!(world.writes(MARIA, "one more thing").await, first);
        let row = world.row(first).await;
        assert_eq!((row.state.as_str(), row.owner_id), ("active", Some(agent.0)));
        assert!(row.reopened_at.is_some() && row.closed_at.is_none());
        assert_eq!((row.unread, row.unmanaged), (1, 1));
        assert!(world.told(agent).await.version > before, "screens are told that they hold one more");
        // Unavailable: to the flow, marked with whom it was.
        world.close(agent, first).await.expect("closed");
        world.declare(agent, Declared::Paused).await;
        assert_eq!(world.writes(MARIA, "and another").await, first);
        let row = world.row(first).await;
        assert_eq!((row.state.as_str(), row.owner_id, row.was_with_id), ("waiting", None, Some(agent.0)));
        let told = events(&mut world.test.look().await).await;
        let was = told.iter().rev().filter(|event| event.subject == first.0).find_map(|event| event.facts.was.clone());
        assert_eq!(was.expect("who saw it before").owner, Some(agent.0));
        // After it: a new one.
        world.declare(agent, Declared::Available).await;
        world.route().await;
        world.accept(agent, first).await.expect("accepted");
        world.close(agent, first).await.expect("closed");
        world.later(1_800).await;
        assert_ne!(world.writes(MARIA, "much later").await, first);
        assert_eq!(world.row(first).await.state, "closed");
    }

    async fn a_customer_without_a_number_is_known_by_their_user_id(world: World) {
        let now = world.now();
        let hidden = |id: &str, text: &str| {
            json!({ "id": id, "from_user_id": "IT.123", "timestamp": now.as_second().to_string(), "type": "text", "text": { "body": text } })
        };
        world.deliver(&[messages(&[hidden("wamid.1", "hidden")])]).await;
        let first = world.all().await.pop().expect("one");
        assert_eq!(first.phone, None);
        // The number shows up beside the id: the same customer, and the number is the same address from then on.
        let mut both = hidden("wamid.2", "both");
        both["from"] = json!(MARIA);
        world.deliver(&[messages(&[both])]).await;
        world.deliver(&[messages(&[world.text("wamid.3", MARIA, "number alone")])]).await;
        world.deliver(&[messages(&[hidden("wamid.4", "id alone")])]).await;
        let all = world.all().await;
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].unread, all[0].phone.as_deref()), (4, Some(MARIA)));
        assert_eq!(world.count("SELECT count(*) AS count FROM address").await, 1);
    }

    async fn names_that_come_in_one_batch_are_one_address(world: World) {
        let now = world.now();
        let mut both = world.text("wamid.2", MARIA, "both");
        both["from_user_id"] = json!("IT.123");
        let id = json!({ "id": "wamid.3", "from_user_id": "IT.123", "timestamp": now.as_second().to_string(), "type": "text", "text": { "body": "id" } });
        world.deliver(&[messages(&[world.text("wamid.1", MARIA, "number")]), messages(&[both]), messages(&[id])]).await;
        assert_eq!(world.count("SELECT count(*) AS count FROM address").await, 1);
        assert_eq!(world.all().await.len(), 1);
        world.recount().await;
    }

    async fn a_new_number_stays_in_the_same_conversation(world: World) {
        let first = world.writes(MARIA, "hello").await;
        let before = world.row(first).await;
        let now = world.now();
        let moved = message("wamid.m", MARIA, now, json!({ "type": "system",
            "system": { "type": "user_changed_number", "body": "Maria changed from 393331234567 to 393339999999", "wa_id": "393339999999" } }));
        world.later(2).await;
        world.deliver(&[messages(&[moved]), messages(&[world.text("wamid.n", "393339999999", "from the new one")])]).await;
        let row = world.row(first).await;
        assert_eq!(world.all().await.len(), 1);
        assert_eq!((row.unread, row.message_count), (2, 3));
        assert_eq!(row.phone.as_deref(), Some("393339999999"));
        assert_eq!(row.last_preview.as_deref(), Some("from the new one"), "a quiet line moves nothing in lists");
        assert_eq!(row.address_id, before.address_id);
        let address = store::address::by_id(&mut world.test.look().await, row.address_id).await.expect("the address");
        assert_eq!(address.digits.as_deref(), Some("393339999999"), "and replies go there");
        // It is found by the new number.
        let typed = pronto_domain::search::typed("393339999999");
        let found = store::search::interactions(&mut world.test.look().await, &typed, None).await.expect("found");
        assert!(found.contains(&first.0));
        world.recount().await;
    }

    async fn the_contact_is_the_one_with_the_number_or_a_new_one(world: World) {
        world.writes(MARIA, "hello").await;
        assert_eq!(world.count("SELECT count(*) AS count FROM contact WHERE first_name = 'Maria' AND last_name = 'Rossi' AND phone = '393331234567'").await, 1);
        world.set("INSERT INTO contact (list_id, first_name, last_name, mobile, tags, version, created_at, updated_at)
                   SELECT list_id, 'Giulia', 'Bianchi', '393330000000', '[]', 1, 0, 0 FROM contact").await;
        let giulia = world.writes("393330000000", "salve").await;
        assert_eq!(world.row(giulia).await.customer, "Giulia Bianchi", "what we call them wins over their profile");
        assert_eq!(world.count("SELECT count(*) AS count FROM contact").await, 2);
        let typed = pronto_domain::search::typed("bianchi");
        let found = store::search::interactions(&mut world.test.look().await, &typed, None).await.expect("found");
        assert_eq!(found, [giulia.0]);
        world.set("UPDATE account SET create_contact = FALSE").await;
        let bare = world.writes("393335555555", "no contact").await;
        assert_eq!(world.row(bare).await.contact_id, None);
        assert_eq!(world.count("SELECT count(*) AS count FROM contact").await, 2);
    }

    async fn the_window_counts_from_the_providers_time(world: World) {
        let written = world.now() - SignedDuration::from_mins(90);
        world.deliver(&[messages(&[text_at("wamid.1", MARIA, "an hour and a half ago", written)])]).await;
        let row = world.all().await.pop().expect("one");
        assert_eq!(row.window_expires_at, Some(store::millis(written) + 24 * 3_600_000));
        // A provider whose clock runs ahead wins nothing.
        let ahead = world.now() + SignedDuration::from_hours(5);
        world.deliver(&[messages(&[text_at("wamid.2", MARIA, "from the future", ahead)])]).await;
        let row = world.all().await.pop().expect("one");
        assert_eq!(row.window_expires_at, Some(store::millis(world.now()) + 24 * 3_600_000));
        // Nor does what comes late shorten it.
        world.deliver(&[messages(&[text_at("wamid.3", MARIA, "late", written)])]).await;
        assert_eq!(world.all().await.pop().expect("one").window_expires_at, row.window_expires_at);
        // Taking a message back is not writing.
        world.later(60).await;
        world.deliver(&[messages(&[deletion("wamid.4", MARIA, world.now(), "wamid.1")])]).await;
        assert_eq!(world.all().await.pop().expect("one").window_expires_at, row.window_expires_at);
    }

    async fn a_thread_is_in_the_order_it_was_written(world: World) {
        let at = |seconds: i64| world.now() - SignedDuration::from_secs(seconds);
        world.deliver(&[messages(&[text_at("wamid.3", MARIA, "third", at(10))])]).await;
        world.deliver(&[messages(&[text_at("wamid.1", MARIA, "first", at(30)), text_at("wamid.2", MARIA, "second", at(20))])]).await;
        let row = world.all().await.pop().expect("one");
        let thread = store::message::thread(&mut world.test.look().await, row.id, (i64::MAX, i64::MAX), 10).await.expect("a thread");
        let bodies: Vec<_> = thread.iter().rev().map(|one| one.body.as_deref().unwrap_or("")).collect();
        assert_eq!(bodies, ["first", "second", "third"]);
        assert_eq!(row.last_preview.as_deref(), Some("third"));
        assert!(thread.iter().all(|one| !one.late), "nothing was closed that it could be late for");
        world.recount().await;
    }

    async fn what_is_older_than_the_last_closing_came_late(world: World) {
        let agent = world.agent("ann", 0).await;
        let first = world.writes(MARIA, "hello").await;
        let during = world.now();
        world.later(60).await;
        world.route().await;
        world.accept(agent, first).await.expect("accepted");
        world.close(agent, first).await.expect("closed");
        world.later(60).await;
        let second = world.writes(MARIA, "a new matter").await;
        assert_ne!(first, second);
        world.deliver(&[messages(&[text_at("wamid.late", MARIA, "still about the old one", during)])]).await;
        let late = world.message("wamid.late").await.expect("stored");
        assert_eq!((late.interaction_id, late.late), (second.0, true));
        // Opened a moment after it was written, by a batch that took its time: not late.
        world.deliver(&[messages(&[text_at("wamid.ok", MARIA, "in time", world.now() - SignedDuration::from_secs(5))])]).await;
        assert!(!world.message("wamid.ok").await.expect("stored").late);
        world.recount().await;
    }

    async fn a_failed_item_does_not_take_the_others_with_it(world: World) {
        let mut body = messages(&[world.text("wamid.1", MARIA, "one")]);
        let other = messages_for("777", &[world.text("wamid.2", MARIA, "two")]);
        body["entry"].as_array_mut().expect("entries").extend(other["entry"].as_array().expect("entries").iter().cloned());
        let ends = world.deliver(&[body]).await;
        assert_eq!(states(&ends), ["failed"]);
        assert!(world.message("wamid.1").await.is_some() && world.message("wamid.2").await.is_none());
    }

    async fn statuses_join_early_late_and_twice(world: World) {
        let status = |state: &str| envelope(NUMBER, &json!({ "statuses": [{ "id": "wamid.out", "status": state,
            "timestamp": world.now().as_second().to_string(), "recipient_id": MARIA }] }));
        // Before its message is known: kept.
        let ends = world.deliver(&[status("read"), status("sent"), status("sent")]).await;
        assert!(ends.iter().all(|one| one.state == "applied" || one.state == "duplicate"), "{ends:?}");
        let agent = world.agent("ann", 0).await;
        let interaction = world.writes(MARIA, "hello").await;
        world.route().await;
        world.accept(agent, interaction).await.expect("accepted");
        let row = world.row(interaction).await;
        world.set(&format!("INSERT INTO message (interaction_id, account_id, address_id, direction, kind, body, content, author_kind,
            author_id, shown, thread_at, status, forwarded, late, attachments, version, created_at)
            VALUES ({}, {}, {}, 'out', 'text', 'reply', '{{\"type\":\"text\"}}', 'agent', {agent}, TRUE, {now}, 'accepted', FALSE, FALSE, 0, 1, {now})",
            row.id, row.account_id, row.address_id, now = store::millis(world.now()))).await;
        world.set("INSERT INTO attempt (message_id, interaction_id, account_id, address_id, step, state, provider_id, request, tries,
            run_at, give_up_at, blocks, created_at)
            SELECT id, interaction_id, account_id, address_id, 'accepted', 'accepted', 'wamid.out', '{}', 1, 0, 0, FALSE, 0 FROM message WHERE body = 'reply'").await;
        for (state, shown) in [("delivered", "delivered"), ("sent", "delivered"), ("delivered", "delivered"), ("read", "read"), ("failed", "read")] {
            world.deliver(&[status(state)]).await;
            assert_eq!(world.count(&format!("SELECT count(*) AS count FROM message WHERE body = 'reply' AND status = '{shown}'")).await, 1, "after {state}");
        }
    }

    async fn a_batch_and_one_by_one_come_to_the_same(world: World) {
        let now = world.now();
        let from = |n: usize| format!("3933300000{:02}", n % 7);
        let bodies: Vec<_> = (0..60).map(|n| match n % 5 {
            3 => messages(&[reaction(&format!("wamid.{n}"), &from(n), now, &format!("wamid.{}", n - 2), "👍")]),
            4 => messages(&[world.text(&format!("wamid.{}", n - 3), &from(n), "a repeat")]),
            _ => messages(&[world.text(&format!("wamid.{n}"), &from(n), &format!("text {n}"))]),
        }).collect();
        world.deliver(&bodies).await;
        let once: Vec<_> = world.all().await.iter().map(|row| (row.phone.clone(), row.unread, row.message_count, row.last_preview.clone())).collect();
        world.recount().await;
        let engine = world.desk().db().engine();
        let alone = World::on(engine).await.expect("another");
        for body in bodies {
            alone.deliver(&[body]).await;
        }
        let mut one_by_one: Vec<_> = alone.all().await.iter().map(|row| (row.phone.clone(), row.unread, row.message_count, row.last_preview.clone())).collect();
        let mut once = once;
        once.sort();
        one_by_one.sort();
        assert_eq!(once, one_by_one);
        assert_eq!(world.row(InteractionId(1)).await.version, 1, "one write for a batch");
    }
}
