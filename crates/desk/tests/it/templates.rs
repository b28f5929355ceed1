//! Templates leave as the provider wants them; a recontact is one at a time, and its answer finds the way back.

use std::collections::BTreeMap;

use pronto_desk::Error;
use pronto_desk::act::template::recontact::{Cannot, Ready, Recontact, look, recontact};
use pronto_desk::act::template::send::{Send, What, send};
use pronto_desk::act::template::sync::{Synced, keep, unkept};
use pronto_desk::act::template::usage::{Change, Choose, change, choose};
use pronto_domain::id::{AccountId, InteractionId, UserId};
use pronto_domain::presence::Declared;
use pronto_domain::template::Status;
use pronto_provider::meta::read_template;
use pronto_store as store;
use pronto_testkit::TestDesk;
use pronto_testkit::on_both;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::bench::Bench;
use crate::provider::Then;
use crate::world::{MARIA, World, envelope};

fn template(id: &str, name: &str, language: &str, status: &str, components: Value) -> Value {
    json!({ "id": id, "name": name, "language": language, "status": status, "category": "UTILITY",
        "components": components })
}

fn come_back(language: &str, status: &str) -> Value {
    let body = json!([{ "type": "BODY", "text": format!("{language}: hello {{{{1}}}}, shall we go on?") }]);
    template(&format!("1{language}"), "come_back", language, status, body)
}

fn shipped() -> Value {
    let components = json!([
        { "type": "BODY", "text": "Hello {{1}}, order {{2}} is on its way." },
        { "type": "BUTTONS", "buttons": [
            { "type": "URL", "text": "Track", "url": "https://a.example/{{1}}" },
            { "type": "QUICK_REPLY", "text": "Thanks" }] },
    ]);
    template("200", "order_shipped", "en", "APPROVED", components)
}

async fn approve(test: &TestDesk, account: AccountId, templates: &[Value]) {
    let fetched = templates.iter().map(|one| read_template(one).expect("a template")).collect();
    let synced = Synced { account, asked_at: test.desk.now(), fetched: Ok(fetched) };
    test.desk.run(&synced, |tx, now, synced| Box::pin(keep(tx, now, synced))).await.expect("kept");
}

async fn allow(test: &TestDesk, account: AccountId, name: &str, mapping: &[(&str, &str)]) {
    let mapping = mapping.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
    let by = UserId(1);
    let asked =
        Change { by, account, name: name.to_owned(), version: 0, available: Some(true), mapping: Some(mapping) };
    test.desk.run(&asked, |tx, now, asked| Box::pin(change(tx, now, asked))).await.expect("changed");
}

/// With a recontact template in English and Italian.
async fn with_recontact(test: &TestDesk, account: AccountId) {
    approve(test, account, &[come_back("en", "APPROVED"), come_back("it", "APPROVED"), shipped()]).await;
    allow(test, account, "come_back", &[("body:1", "{{contact.first_name|there}}")]).await;
    let language = "en".to_owned();
    let template = Some("come_back".to_owned());
    let asked = Choose { by: UserId(1), account, version: 0, template, language, answer_days: 7 };
    test.desk.run(&asked, |tx, now, asked| Box::pin(choose(tx, now, asked))).await.expect("chosen");
}

async fn recontacts(
    test: &TestDesk,
    interaction: InteractionId,
    user: UserId,
) -> Result<store::message::Message, Error> {
    let asked = Recontact { interaction, user, may_take: true };
    test.desk.run(&asked, |tx, now, asked| Box::pin(recontact(tx, now, asked))).await
}

async fn looks(test: &TestDesk, interaction: InteractionId, user: UserId) -> Result<Ready, Cannot> {
    let asked = Recontact { interaction, user, may_take: true };
    look(&mut test.look().await, test.now(), &asked).await.expect("looked")
}

fn refused(result: Result<store::message::Message, Error>) -> &'static str {
    match result {
        Err(Error::Impossible { code, .. }) => code,
        other => panic!("{other:?}"),
    }
}

const DAY: i64 = 86_400;

on_both! {
    async fn a_template_is_sent_when_the_window_is_shut(bench: Bench) {
        bench.start();
        approve(&bench.test, bench.account, &[shipped()]).await;
        allow(&bench.test, bench.account, "order_shipped", &[]).await;
        bench.test.advance(2 * DAY);
        let row = store::template::of_account(&mut bench.test.look().await, bench.account.0).await.expect("read").remove(0);
        let mut values: BTreeMap<String, String> =
            [("body:1", "{{contact.name}}"), ("body:2", "A-1"), ("button:0", "A-1")]
                .map(|(key, text)| (key.to_owned(), text.to_owned())).into();
        let asked = |values: &BTreeMap<String, String>| Send {
            interaction: bench.interaction,
            user: bench.agent,
            client_id: Uuid::new_v4(),
            what: What { template: row.id, values: values.clone(), upload: None },
            may_take: true,
        };
        let input = asked(&values);
        let run = async |input: &Send| bench.desk().run(input, |tx, now, input| Box::pin(send(tx, now, input))).await;
        let sent = run(&input).await.expect("sent");
        assert_eq!(sent.message.body.as_deref(), Some("Hello Maria, order A-1 is on its way."));
        assert!(!run(&input).await.expect("sent before").fresh);
        let (_, told) = bench.came(1).await.remove(0);
        assert_eq!(told["type"], "template");
        assert_eq!(told["template"]["name"], "order_shipped");
        assert_eq!(told["template"]["components"], json!([
            { "type": "body", "parameters": [{ "type": "text", "text": "Maria" }, { "type": "text", "text": "A-1" }] },
            { "type": "button", "sub_type": "url", "index": "0", "parameters": [{ "type": "text", "text": "A-1" }] },
            { "type": "button", "sub_type": "quick_reply", "index": "1",
              "parameters": [{ "type": "payload", "payload": "Thanks" }] },
        ]));
        // It opens nothing.
        let row_now = bench.test.row(bench.interaction).await;
        assert!(row_now.window_expires_at.is_some_and(|end| end < store::millis(bench.test.now())));
        // An empty variable is refused with its name.
        values.remove("body:2");
        let Err(Error::Misfits(misfits)) = run(&asked(&values)).await else { panic!("refused") };
        assert_eq!(misfits[0].field, "values.body:2");
        // And one that the provider has paused is not sent.
        approve(&bench.test, bench.account, &[template("200", "order_shipped", "en", "PAUSED", shipped()["components"].clone())]).await;
        assert!(matches!(run(&asked(&values)).await, Err(Error::Impossible { code: "template_not_approved", .. })));
    }

    async fn a_recontact_goes_out_as_from_the_desk_and_one_at_a_time(bench: Bench) {
        bench.start();
        with_recontact(&bench.test, bench.account).await;
        assert_eq!(refused(recontacts(&bench.test, bench.interaction, bench.agent).await), "recontact_window_open");
        bench.test.advance(2 * DAY);
        let ready = looks(&bench.test, bench.interaction, bench.agent).await.expect("ready");
        assert_eq!((ready.template.as_str(), ready.language.as_str()), ("come_back", "en"));
        bench.provider.will([Then::Refuse(400, 131_026)]);
        let message = recontacts(&bench.test, bench.interaction, bench.agent).await.expect("sent");
        assert_eq!((message.author_kind.as_str(), message.author_id), ("system", None));
        // One that failed does not stand in the way of the next; nor does one that a day has passed over.
        bench.until(message.id.into(), "failed").await;
        recontacts(&bench.test, bench.interaction, bench.agent).await.expect("sent again");
        assert_eq!(refused(recontacts(&bench.test, bench.interaction, bench.agent).await), "recontact_pending");
        assert_eq!(looks(&bench.test, bench.interaction, bench.agent).await.err().map(|why| why.code()), Some("recontact_pending"));
        bench.test.advance(DAY);
        recontacts(&bench.test, bench.interaction, bench.agent).await.expect("sent once more");
    }

    async fn a_recontact_says_why_it_cannot_be_sent(bench: Bench) {
        let why = async || looks(&bench.test, bench.interaction, bench.agent).await.err().map(|why| why.code());
        bench.test.advance(2 * DAY);
        assert_eq!(why().await, Some("recontact_not_set"));
        with_recontact(&bench.test, bench.account).await;
        assert_eq!(why().await, None);
        approve(&bench.test, bench.account, &[come_back("en", "PAUSED")]).await;
        assert_eq!(why().await, Some("recontact_not_approved"));
        // No longer at the provider: it says so.
        approve(&bench.test, bench.account, &[come_back("de", "APPROVED")]).await;
        let gone = looks(&bench.test, bench.interaction, bench.agent).await.err();
        assert_eq!(gone, Some(Cannot::NotApproved { status: Status::Deleted }));
    }

    async fn an_answer_to_a_recontact_reopens_its_interaction(world: World) {
        let ann = world.agent("ann", 5).await;
        with_recontact(&world.test, world.account).await;
        let first = world.writes(MARIA, "Buongiorno").await;
        world.take(&world.by(ann, first, false)).await.expect("taken");
        world.later(2 * DAY).await;
        recontacts(&world.test, first, ann).await.expect("sent");
        world.close(ann, first).await.expect("closed");
        world.later(3 * DAY).await;
        assert_eq!(world.writes(MARIA, "Eccomi").await, first, "an answer within seven days");
        let row = world.row(first).await;
        assert_eq!((row.state.as_str(), row.owner_id), ("active", Some(ann.0)), "back to its owner");
        assert!(row.reopened_at.is_some() && row.window_expires_at.is_some_and(|end| end > store::millis(world.now())));
        // It was answered: the next closing is an ordinary one.
        world.close(ann, first).await.expect("closed");
        world.later(60).await;
        assert_ne!(world.writes(MARIA, "Di nuovo").await, first);
    }

    async fn an_answer_after_seven_days_begins_anew_and_one_without_its_owner_waits(world: World) {
        let ann = world.agent("ann", 5).await;
        with_recontact(&world.test, world.account).await;
        for (days, same) in [(8, false), (3, true)] {
            let first = world.writes(MARIA, "Buongiorno").await;
            world.take(&world.by(ann, first, true)).await.expect("taken");
            world.later(2 * DAY).await;
            recontacts(&world.test, first, ann).await.expect("sent");
            world.close(ann, first).await.expect("closed");
            world.declare(ann, Declared::Paused).await;
            world.later(days * DAY).await;
            let answered = world.writes(MARIA, "Eccomi").await;
            assert_eq!(answered == first, same, "after {days} days");
            assert_eq!(world.row(answered).await.state, "waiting", "nobody is there to take it back");
            world.declare(ann, Declared::Available).await;
            world.take(&world.by(ann, answered, true)).await.expect("taken");
            world.close(ann, answered).await.expect("closed");
            world.later(60).await;
        }
    }

    async fn a_recontact_opens_a_closed_interaction_for_who_sends_it(world: World) {
        let (ann, ben) = (world.agent("ann", 5).await, world.agent("ben", 5).await);
        with_recontact(&world.test, world.account).await;
        let first = world.writes(MARIA, "Buongiorno").await;
        world.take(&world.by(ann, first, false)).await.expect("taken");
        world.close(ann, first).await.expect("closed");
        world.later(2 * DAY).await;
        recontacts(&world.test, first, ben).await.expect("sent");
        let row = world.row(first).await;
        assert_eq!((row.state.as_str(), row.owner_id, row.first_owner_id), ("active", Some(ben.0), Some(ann.0)));
        assert!(matches!(recontacts(&world.test, first, ann).await, Err(Error::Refused(_))), "it is ben's now");
    }

    async fn what_the_provider_tells_of_templates_is_heeded(world: World) {
        with_recontact(&world.test, world.account).await;
        let told = |field: &str, value: Value| {
            let mut body = envelope("", &json!({}));
            body["entry"][0]["changes"] = json!([{ "field": field, "value": value }]);
            body
        };
        let about = json!({ "event": "PAUSED", "message_template_id": 200, "message_template_name": "order_shipped",
            "message_template_language": "en", "reason": "LOW_QUALITY" });
        let ends = world.deliver(&[told("message_template_status_update", about)]).await;
        assert_eq!(ends[0].state, "applied", "{ends:?}");
        let of = async |language: &str, name: &str| {
            let rows = store::template::named(&mut world.test.look().await, world.account.0, name).await.expect("read");
            rows.into_iter().find(|row| row.language == language).expect("the template")
        };
        let row = of("en", "order_shipped").await;
        assert_eq!((row.status.as_str(), row.reason.as_deref()), ("paused", Some("LOW_QUALITY")));
        let about = json!({ "message_template_id": 200, "message_template_name": "order_shipped",
            "message_template_language": "en", "previous_quality_score": "GREEN", "new_quality_score": "RED" });
        world.deliver(&[told("message_template_quality_update", about)]).await;
        let row = of("en", "order_shipped").await;
        assert_eq!((row.status.as_str(), row.quality.as_deref()), ("paused", Some("RED")));
        let about = json!({ "event": "REJECTED", "message_template_id": 200, "message_template_name": "order_shipped",
            "message_template_language": "en", "reason": "INVALID_FORMAT", "message_template_category": "UTILITY",
            "rejection_info": { "reason": "Two variables touch.", "recommendation": "Put words between them." } });
        world.deliver(&[told("message_template_status_update", about)]).await;
        let about = json!({ "message_template_id": 200, "message_template_name": "order_shipped",
            "message_template_language": "en", "correct_category": "MARKETING", "new_category": "UTILITY" });
        world.deliver(&[told("template_category_update", about)]).await;
        let row = of("en", "order_shipped").await;
        assert_eq!((row.status.as_str(), row.reason.as_deref()), ("rejected", Some("INVALID_FORMAT")));
        assert_eq!(row.advice.as_deref(), Some("Two variables touch. Put words between them."));
        assert_eq!((row.category.as_str(), row.category_coming.as_deref()), ("utility", Some("marketing")));
        let about = json!({ "message_template_id": 200, "message_template_name": "order_shipped",
            "message_template_language": "en", "previous_category": "UTILITY", "new_category": "MARKETING" });
        world.deliver(&[told("template_category_update", about)]).await;
        let row = of("en", "order_shipped").await;
        assert_eq!((row.category.as_str(), row.category_coming), ("marketing", None));
        // What is fetched keeps what was said to a status that has not changed.
        let mut fetched = shipped();
        fetched["status"] = "REJECTED".into();
        fetched["quality_score"] = json!({ "score": "GREEN" });
        approve(&world.test, world.account, &[fetched]).await;
        let row = of("en", "order_shipped").await;
        assert_eq!(row.quality.as_deref(), Some("GREEN"));
        assert_eq!(row.advice.as_deref(), Some("Two variables touch. Put words between them."));
        // Of one we do not know, all are fetched.
        let about = json!({ "event": "APPROVED", "message_template_id": 300, "message_template_name": "new_one",
            "message_template_language": "en", "reason": null });
        let due = async || {
            let due = store::template::due(&mut world.test.look().await).await.expect("due");
            due.iter().any(|due| due.at <= store::millis(world.now()))
        };
        world.deliver(&[told("message_template_status_update", about)]).await;
        assert!(due().await);
    }

    async fn of_two_that_go_by_one_name_the_approved_one_is_kept(world: World) {
        let mut other = come_back("en", "REJECTED");
        other["id"] = "999".into();
        approve(&world.test, world.account, &[other.clone(), come_back("en", "APPROVED"), shipped()]).await;
        approve(&world.test, world.account, &[come_back("en", "APPROVED"), other, shipped()]).await;
        let rows = store::template::of_account(&mut world.test.look().await, world.account.0).await.expect("read");
        let found: Vec<(&str, &str)> = rows.iter().map(|row| (row.name.as_str(), row.status.as_str())).collect();
        assert_eq!(found, [("come_back", "approved"), ("order_shipped", "approved")]);
    }

    async fn what_cannot_be_sent_reaches_nobody_again(world: World) {
        let place = json!([{ "type": "HEADER", "format": "LOCATION" }, { "type": "BODY", "text": "Here we are." }]);
        approve(&world.test, world.account, &[template("1", "where_we_are", "en", "APPROVED", place)]).await;
        let (template, language) = (Some("where_we_are".to_owned()), "en".to_owned());
        let asked = Choose { by: UserId(1), account: world.account, version: 0, template, language, answer_days: 7 };
        let refused = world.desk().run(&asked, |tx, now, asked| Box::pin(choose(tx, now, asked))).await;
        assert!(matches!(&refused, Err(Error::Misfits(wrong)) if wrong[0].code == "template_beyond"), "{refused:?}");
    }

    async fn what_cannot_be_kept_is_tried_later_and_said(world: World) {
        with_recontact(&world.test, world.account).await;
        unkept(world.desk(), world.account).await.expect("written down");
        let account = store::template::account(&mut world.test.look().await, world.account.0).await.expect("read");
        assert!(account.error.is_some() && account.due_at > store::millis(world.now()), "{account:?}");
        let rows = store::template::of_account(&mut world.test.look().await, world.account.0).await.expect("read");
        assert!(rows.iter().all(|row| row.status == "approved"), "nothing is lost by it");
    }

    async fn a_late_word_does_not_bring_a_deleted_template_back(world: World) {
        with_recontact(&world.test, world.account).await;
        let about = |event: &str| json!({ "event": event, "message_template_id": 200, "message_template_name":
            "order_shipped", "message_template_language": "en", "reason": null });
        for event in ["DELETED", "APPROVED"] {
            let mut body = envelope("", &json!({}));
            let change = json!({ "field": "message_template_status_update", "value": about(event) });
            body["entry"][0]["changes"] = json!([change]);
            assert_eq!(world.deliver(&[body]).await[0].state, "applied");
            let rows = store::template::named(&mut world.test.look().await, world.account.0, "order_shipped").await;
            let row = rows.expect("read").into_iter().find(|row| row.language == "en").expect("the template");
            assert_eq!(row.status, "deleted", "after {event}");
            let due = store::template::due(&mut world.test.look().await).await.expect("due");
            let soon = due.iter().any(|due| due.at <= store::millis(world.now()));
            assert_eq!(soon, event == "APPROVED", "all are fetched where it is not plain what is there");
        }
    }
}
