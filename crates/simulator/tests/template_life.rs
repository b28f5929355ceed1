//! What becomes of templates: verdicts, second thoughts, deletion, limits.
#![allow(clippy::unwrap_used, reason = "a test that panics says enough")]

mod common;

use common::{ACCOUNT, GIULIA, NUMBER, TOKEN, World, arrives, until};
use serde_json::{Value, json};

const STATUS: &str = "message_template_status_update";
const CATEGORY: &str = "template_category_update";

fn path() -> String {
    format!("{ACCOUNT}/message_templates")
}

fn template(name: &str, text: &str) -> Value {
    json!({"name": name, "language": "en", "category": "UTILITY", "components": [{"type": "BODY", "text": text}]})
}

async fn create(world: &World, template: Value) -> (u16, Value) {
    world.meta("POST", &path(), template).await
}

/// Creates a template and waits for its verdict: its id, and what was told.
async fn reviewed(world: &World, template: Value) -> (String, Value) {
    let before = world.webhook.values(STATUS).len();
    let (status, answer) = create(world, template).await;
    assert_eq!(status, 200, "{answer}");
    arrives("the verdict", || world.webhook.values(STATUS).len() > before).await;
    (answer["id"].as_str().unwrap().to_owned(), world.webhook.values(STATUS).pop().unwrap())
}

async fn edit(world: &World, id: &str, text: &str) -> (u16, Value) {
    world.meta("POST", id, json!({"components": [{"type": "BODY", "text": text}]})).await
}

async fn later(world: &World, hours: u32) {
    assert_eq!(world.control("POST", "templates/later", json!({"hours": hours})).await.0, 204);
}

#[tokio::test]
async fn a_review_says_why_and_what_to_do() {
    let world = World::start().await;
    let told = async |name: &str, text: &str| {
        let (id, told) = reviewed(&world, template(name, text)).await;
        let (_, shown) = world.meta("GET", &id, Value::Null).await;
        assert_eq!((&told["event"], &shown["status"]), (&json!("REJECTED"), &json!("REJECTED")));
        assert_eq!(told["reason"], shown["rejected_reason"]);
        told
    };
    let misfiled = told("spring", "Enjoy a discount of 20 € on your next order.").await;
    assert_eq!(misfiled["reason"], "TAG_CONTENT_MISMATCH");
    assert!(misfiled["rejection_info"]["recommendation"].as_str().unwrap().contains("MARKETING"), "{misfiled}");
    let scam = told("card", "Send us your card number, and we will refund you.").await;
    assert_eq!(scam["reason"], "SCAM");
    assert_ne!(scam["rejection_info"]["reason"], misfiled["rejection_info"]["reason"]);
    assert_eq!(told("link", "Look at https://bit.ly/3xYz for more.").await["reason"], "INVALID_FORMAT");
    assert_eq!(told("reject_promotional", "Hello there.").await["reason"], "PROMOTIONAL");
    assert_eq!(told("reject_category_not_available", "Hello there.").await["reason"], "CATEGORY_NOT_AVAILABLE");
    let approved = reviewed(&world, template("approve_this", "Enjoy a discount of 20 €.")).await.1;
    assert_eq!((&approved["event"], &approved["reason"]), (&json!("APPROVED"), &json!("NONE")));
    assert!(approved["rejection_info"].is_null());
}

#[tokio::test]
async fn a_misfiled_template_is_put_into_the_right_category_where_that_is_allowed() {
    let world = World::start().await;
    let mut made = template("spring", "Enjoy a discount of 20 € on your next order.");
    made["allow_category_change"] = json!(true);
    let (status, answer) = create(&world, made).await;
    assert_eq!((status, &answer["status"], &answer["category"]), (200, &json!("PENDING"), &json!("UTILITY")));
    arrives("the verdict", || world.webhook.values(STATUS).len() == 1).await;
    let told = world.webhook.values(STATUS).remove(0);
    assert_eq!((&told["event"], &told["message_template_category"]), (&json!("APPROVED"), &json!("MARKETING")));
    let moved = world.webhook.values(CATEGORY).remove(0);
    assert_eq!((&moved["previous_category"], &moved["new_category"]), (&json!("UTILITY"), &json!("MARKETING")));
    assert_eq!(moved["message_template_name"], "spring");
    let (_, shown) = world.meta("GET", answer["id"].as_str().unwrap(), Value::Null).await;
    assert_eq!((&shown["category"], &shown["previous_category"]), (&json!("MARKETING"), &json!("UTILITY")));
}

#[tokio::test]
async fn meta_changes_its_mind_by_hand() {
    let world = World::start().await;
    let (id, _) = reviewed(&world, template("parcel_ready", "Your parcel is ready.")).await;
    let patch = async |change: Value| world.control("PATCH", &format!("templates/{id}"), change).await;
    let (_, shown) = world.meta("GET", &id, Value::Null).await;
    assert_eq!(shown["quality_score"]["score"], "UNKNOWN");

    assert_eq!(patch(json!({"quality": "yellow"})).await.1["quality_score"]["score"], "YELLOW");
    arrives("the quality", || world.webhook.values("message_template_quality_update").len() == 1).await;
    let told = world.webhook.values("message_template_quality_update").remove(0);
    assert_eq!((&told["previous_quality_score"], &told["new_quality_score"]), (&json!("UNKNOWN"), &json!("YELLOW")));
    let (_, list) = world.meta("GET", &format!("{}?name=parcel_ready", path()), Value::Null).await;
    assert_eq!(list["data"][0]["quality_score"]["score"], "YELLOW");

    assert_eq!(patch(json!({"category": "marketing", "impending": true})).await.1["category"], "UTILITY");
    arrives("the warning", || world.webhook.values(CATEGORY).len() == 1).await;
    let told = world.webhook.values(CATEGORY).remove(0);
    assert_eq!((&told["correct_category"], &told["new_category"]), (&json!("MARKETING"), &json!("UTILITY")));
    assert!(told["previous_category"].is_null());
    assert_eq!(patch(json!({"category": "marketing"})).await.1["category"], "MARKETING");
    arrives("the move", || world.webhook.values(CATEGORY).len() == 2).await;
    let told = world.webhook.values(CATEGORY).remove(1);
    assert_eq!((&told["previous_category"], &told["new_category"]), (&json!("UTILITY"), &json!("MARKETING")));

    let why = json!({"title": "SECOND_PAUSE", "description": "Paused for 6 hours."});
    patch(json!({"status": "paused", "other_info": why})).await;
    arrives("the pause", || world.webhook.values(STATUS).len() == 2).await;
    assert_eq!(world.webhook.values(STATUS)[1]["other_info"], why);
    patch(json!({"status": "disabled", "disable_info": {"disable_date": "1800000000"}})).await;
    arrives("the end", || world.webhook.values(STATUS).len() == 3).await;
    assert_eq!(world.webhook.values(STATUS)[2]["disable_info"]["disable_date"], "1800000000");
    patch(json!({"status": "rejected", "reason": "SCAM"})).await;
    arrives("the rejection", || world.webhook.values(STATUS).len() == 4).await;
    assert!(world.webhook.values(STATUS)[3]["rejection_info"]["reason"].as_str().unwrap().contains("password"));
    for wrong in [
        json!({}),
        json!({"quality": "blue"}),
        json!({"category": "AUTHENTICATION"}),
        json!({"odd": 1}),
        json!({"status": "REJECTED", "reason": "ODD"}),
    ] {
        assert_eq!(patch(wrong.clone()).await.0, 422, "{wrong}");
    }
}

#[tokio::test]
async fn a_deletion_is_told_and_the_name_rests_for_thirty_days() {
    let mut world = World::start().await;
    let made = template("parcel_ready", "Your parcel is ready.");
    let (id, _) = reviewed(&world, made.clone()).await;
    assert_eq!(world.meta("DELETE", &format!("{}?name=parcel_ready", path()), Value::Null).await.0, 200);
    arrives("both news", || world.webhook.values(STATUS).len() == 3).await;
    let told: Vec<Value> = world.webhook.values(STATUS).drain(1..).collect();
    assert_eq!((&told[0]["event"], &told[1]["event"]), (&json!("PENDING_DELETION"), &json!("DELETED")));
    assert_eq!(told[1]["message_template_id"].as_i64().unwrap().to_string(), id);
    assert_eq!(world.meta("GET", &id, Value::Null).await.0, 400);
    assert_eq!(world.meta("DELETE", &format!("{}?name=parcel_ready", path()), Value::Null).await.0, 400);

    // Every language of a name is told of, also where the seed brought it.
    assert_eq!(world.meta("DELETE", &format!("{}?name=voucher", path()), Value::Null).await.0, 200);
    arrives("two more each", || world.webhook.values(STATUS).len() == 7).await;
    world.restart().await;
    let (_, list) = world.meta("GET", &format!("{}?name=voucher", path()), Value::Null).await;
    assert_eq!(list["data"], json!([]));

    let refused = async || create(&world, made.clone()).await.1["error"]["error_subcode"].clone();
    assert_eq!(refused().await, 2_388_023);
    later(&world, 30 * 24 - 1).await;
    assert_eq!(refused().await, 2_388_023);
    let mut german = made.clone();
    german["language"] = json!("de");
    assert_eq!(create(&world, german).await.0, 200);
    later(&world, 1).await;
    assert_eq!(create(&world, made.clone()).await.0, 200);
}

#[tokio::test]
async fn what_was_never_approved_is_deleted_at_once() {
    let world = World::start().await;
    let (id, _) = reviewed(&world, template("please_reject", "Hello there.")).await;
    assert_eq!(world.meta("DELETE", &format!("{}?name=please_reject&hsm_id={id}", path()), Value::Null).await.0, 200);
    assert_eq!(world.meta("GET", &id, Value::Null).await.0, 400);
    arrives("the news", || world.webhook.values(STATUS).len() == 2).await;
    assert_eq!(world.webhook.values(STATUS)[1]["event"], "DELETED");
}

#[tokio::test]
async fn what_is_being_deleted_is_still_shown_and_not_sent() {
    let world = World::start().await;
    let (id, _) = reviewed(&world, template("parcel_ready", "Your parcel is ready.")).await;
    world.faults(json!({"template_review_ms": 60_000})).await;
    assert_eq!(world.meta("DELETE", &id, Value::Null).await.0, 200);
    assert_eq!(world.meta("GET", &id, Value::Null).await.1["status"], "PENDING_DELETION");
    assert_eq!(world.meta("DELETE", &id, Value::Null).await.0, 400);
    assert_eq!(edit(&world, &id, "Your parcel is still ready.").await.0, 400);
    let send = json!({"type": "template", "template": {"name": "parcel_ready", "language": {"code": "en"}}});
    assert_eq!(world.send(GIULIA, send).await.1["error"]["code"], 132_001);
}

#[tokio::test]
async fn an_approved_template_is_edited_once_a_day_and_ten_times_a_month() {
    let world = World::start().await;
    let (id, _) = reviewed(&world, template("parcel_ready", "Your parcel is ready.")).await;
    let approved = || async { world.meta("GET", &id, Value::Null).await.1["status"] == "APPROVED" };
    assert_eq!(world.meta("POST", &id, json!({"category": "MARKETING"})).await.0, 400, "it is approved");
    for round in 1..=10 {
        let (status, answer) = edit(&world, &id, &format!("Your parcel is ready since {round} days.")).await;
        assert_eq!(status, 200, "{answer}");
        until("it is approved again", approved).await;
        assert_eq!(edit(&world, &id, "Your parcel is still ready.").await.1["error"]["error_subcode"], 2_388_003);
        later(&world, 24).await;
    }
    assert_eq!(edit(&world, &id, "Your parcel is still ready.").await.0, 400, "ten in thirty days");
    world.control("PATCH", &format!("templates/{id}"), json!({"status": "paused"})).await;
    assert_eq!(edit(&world, &id, "Your parcel is still ready.").await.0, 200, "but a paused one can be");
    until("it is approved again", approved).await;
    assert_eq!(edit(&world, &id, "Your parcel is ready, still.").await.0, 400);
    later(&world, 20 * 24).await;
    assert_eq!(edit(&world, &id, "Your parcel is ready, still.").await.0, 200);
    world.control("PATCH", &format!("templates/{id}"), json!({"status": "disabled"})).await;
    assert_eq!(edit(&world, &id, "Your parcel is ready.").await.0, 400);
}

#[tokio::test]
async fn an_account_creates_a_hundred_an_hour() {
    let world = World::start().await;
    for number in 0..100 {
        assert_eq!(create(&world, template(&format!("note_{number}"), "Hello there.")).await.0, 200);
    }
    let (status, answer) = create(&world, template("one_more", "Hello there.")).await;
    assert_eq!((status, &answer["error"]["code"]), (400, &json!(80_008)));
    later(&world, 1).await;
    assert_eq!(create(&world, template("one_more", "Hello there.")).await.0, 200);
}

#[tokio::test]
async fn an_account_has_250_templates_until_its_business_is_verified() {
    let world = World::start().await;
    let seeded: Vec<Value> = (0..250)
        .map(|number| {
            json!({"name": format!("note_{number}"), "language": "en", "category": "UTILITY",
                "components": [{"type": "BODY", "text": "Hello there."}]})
        })
        .collect();
    let app = |verified: bool| {
        json!({"id": "demo", "app_secret": "demo-app-secret", "access_tokens": [TOKEN], "verify_token": "demo-verify-token",
            "webhook_url": format!("{}/webhooks/meta/demo", world.desk), "business_account_id": ACCOUNT,
            "connection": {"verified": verified}, "templates": seeded,
            "numbers": [{"phone_number_id": NUMBER, "display_phone_number": "+39 02 5550 1234", "verified_name": "Aurora"}]})
    };
    assert_eq!(world.control("PUT", "apps/demo", app(false)).await.0, 200);
    let (status, answer) = create(&world, template("one_more", "Hello there.")).await;
    assert_eq!((status, &answer["error"]["error_subcode"]), (400, &json!(2_388_019)));
    let mut translation = template("note_1", "Ciao a tutti.");
    translation["language"] = json!("it");
    assert_eq!(create(&world, translation).await.0, 200, "a translation does not count");
    assert_eq!(world.control("PUT", "apps/demo", app(true)).await.0, 200);
    assert_eq!(create(&world, template("one_more", "Hello there.")).await.0, 200);
}
