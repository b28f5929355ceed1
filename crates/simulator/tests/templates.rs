//! Templates: made, reviewed, sent.
#![allow(clippy::unwrap_used, reason = "a test that panics says enough")]

mod common;

use common::{ACCOUNT, GIULIA, World, arrives, id_of, until};
use serde_json::{Value, json};

fn body(text: &str, examples: &[&str]) -> Value {
    json!({"type": "BODY", "text": text, "example": {"body_text": [examples]}})
}

fn template(name: &str, components: Value) -> Value {
    json!({"name": name, "language": "en", "category": "UTILITY", "components": components})
}

fn path() -> String {
    format!("{ACCOUNT}/message_templates")
}

#[tokio::test]
async fn a_template_is_reviewed_and_told() {
    let world = World::start().await;
    let made = template("parcel_ready", json!([body("Hello {{1}}, your parcel is ready.", &["Ann"])]));
    let (status, answer) = world.meta("POST", &path(), made.clone()).await;
    assert_eq!((status, &answer["status"], &answer["category"]), (200, &json!("PENDING"), &json!("UTILITY")));
    arrives("the verdict", || world.webhook.values("message_template_status_update").len() == 1).await;
    let verdict = world.webhook.values("message_template_status_update").remove(0);
    assert_eq!((&verdict["event"], &verdict["message_template_name"]), (&json!("APPROVED"), &json!("parcel_ready")));
    assert_eq!(verdict["message_template_id"].as_i64().unwrap().to_string(), answer["id"].as_str().unwrap());
    assert!(world.webhook.posts()[0].json["entry"][0]["time"].is_i64());
    let (_, list) = world.meta("GET", &format!("{}?name=parcel_ready", path()), Value::Null).await;
    assert_eq!((list["data"].as_array().unwrap().len(), &list["data"][0]["status"]), (1, &json!("APPROVED")));

    let (status, again) = world.meta("POST", &path(), made).await;
    assert_eq!((status, &again["error"]["error_subcode"]), (400, &json!(2_388_024)));

    let edit = json!({"components": [body("Hello {{1}}, your parcel is still ready.", &["Ann"])]});
    assert_eq!(world.meta("POST", answer["id"].as_str().unwrap(), edit).await.0, 200);
    arrives("another verdict", || world.webhook.values("message_template_status_update").len() == 2).await;

    assert_eq!(
        world.meta("DELETE", &format!("{}?name=parcel_ready", path()), Value::Null).await,
        (200, json!({"success": true}))
    );
    until("it is gone", || async { world.meta("GET", answer["id"].as_str().unwrap(), Value::Null).await.0 == 400 })
        .await;
}

#[tokio::test]
async fn a_template_can_be_paused_by_hand_and_is_not_sent_then() {
    let world = World::start().await;
    let made = template("parcel_ready", json!([body("Hello {{1}}, your parcel is ready.", &["Ann"])]));
    let (_, answer) = world.meta("POST", &path(), made).await;
    arrives("the verdict", || world.webhook.values("message_template_status_update").len() == 1).await;
    let id = answer["id"].as_str().unwrap();
    let (status, told) =
        world.control("PATCH", &format!("templates/{id}"), json!({"status": "paused", "reason": "LOW_QUALITY"})).await;
    assert_eq!((status, &told["status"]), (200, &json!("PAUSED")));
    arrives("the news", || world.webhook.values("message_template_status_update").len() == 2).await;
    assert_eq!(world.webhook.values("message_template_status_update")[1]["event"], "PAUSED");
    assert_eq!(world.control("PATCH", "templates/1", json!({"status": "paused"})).await.0, 404);
    assert_eq!(world.control("PATCH", &format!("templates/{id}"), json!({"status": "odd"})).await.0, 422);
}

#[tokio::test]
async fn a_template_can_be_rejected() {
    let world = World::start().await;
    world.meta("POST", &path(), template("please_reject_me", json!([body("Hello there.", &[])]))).await;
    arrives("the verdict", || world.webhook.values("message_template_status_update").len() == 1).await;
    let told = world.webhook.values("message_template_status_update").remove(0);
    assert_eq!((&told["event"], &told["reason"]), (&json!("REJECTED"), &json!("INVALID_FORMAT")));
    let send = json!({"type": "template", "template": {"name": "please_reject_me", "language": {"code": "en"}}});
    assert_eq!(world.send(GIULIA, send).await.1["error"]["code"], 132_001);
}

#[tokio::test]
async fn rules_are_enforced() {
    let world = World::start().await;
    let refused = async |made: Value| {
        let (status, answer) = world.meta("POST", &path(), made).await;
        assert_eq!(status, 400, "{answer}");
        answer["error"]["error_subcode"].as_u64().unwrap_or_default()
    };
    assert_eq!(refused(template("Upper", json!([body("Hello.", &[])]))).await, 0);
    assert_eq!(refused(template("starts", json!([body("{{1}} is here for you today.", &["x"])]))).await, 2_388_299);
    assert_eq!(refused(template("crowded", json!([body("Hi {{1}} a {{2}} b", &["x", "y"])]))).await, 2_388_293);
    assert_eq!(refused(template("long", json!([body(&"word ".repeat(300), &[])]))).await, 2_388_040);
    assert_eq!(
        refused(template("header", json!([{"type": "HEADER", "format": "IMAGE"}, body("Hello.", &[])]))).await,
        2_388_047
    );
    assert_eq!(
        refused(template("footer", json!([body("Hello.", &[]), {"type": "FOOTER", "text": "x".repeat(61)}]))).await,
        2_388_073
    );
}

#[tokio::test]
async fn a_header_has_no_formatting_beside_its_variable() {
    let world = World::start().await;
    let header = |name: &str, text: &str| {
        json!({"name": name, "language": "en", "category": "UTILITY", "parameter_format": "NAMED", "components": [
            {"type": "HEADER", "format": "TEXT", "text": text,
             "example": {"header_text_named_params": [{"param_name": "first_name", "example": "Ann"}]}},
            {"type": "BODY", "text": "Your parcel is ready."}]})
    };
    for text in ["For *{{first_name}}*", "For\n{{first_name}}", "For ~you~ {{first_name}}", "`For` {{first_name}}"] {
        let (status, answer) = world.meta("POST", &path(), header("for_you", text)).await;
        assert_eq!((status, &answer["error"]["error_subcode"]), (400, &json!(2_388_047)), "{text}");
    }
    assert_eq!(world.meta("POST", &path(), header("for_you", "For {{first_name}}")).await.0, 200);
}

#[tokio::test]
async fn an_authentication_template_has_the_words_of_meta() {
    let world = World::start().await;
    let made = |components: Value| json!({"name": "sign_in", "language": "en", "category": "AUTHENTICATION", "components": components});
    let body = json!({"type": "BODY", "add_security_recommendation": true});
    let copy = json!({"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE"}]});
    let otp = |button: Value| json!({"type": "BUTTONS", "buttons": [button]});
    let apps = json!([{"package_name": "com.example.shop", "signature_hash": "K8a/AINcGX7"}]);
    let refused = [
        (2_388_072, json!([{"type": "BODY", "text": "Your code is {{1}}."}, copy])),
        (2_388_072, json!([copy])),
        (2_388_073, json!([body, {"type": "FOOTER", "code_expiration_minutes": 91}, copy])),
        (2_388_073, json!([body, {"type": "FOOTER", "code_expiration_minutes": 0}, copy])),
        (2_388_073, json!([body, {"type": "FOOTER", "text": "Soon gone"}, copy])),
        (2_388_047, json!([{"type": "HEADER", "format": "TEXT", "text": "Code"}, body, copy])),
        (2_388_019, json!([body])),
        (2_388_019, json!([body, otp(json!({"type": "QUICK_REPLY", "text": "Yes"}))])),
        (2_388_019, json!([body, otp(json!({"type": "OTP", "otp_type": "NO_TAP"}))])),
        (2_388_019, json!([body, otp(json!({"type": "OTP", "otp_type": "ONE_TAP"}))])),
        (2_388_019, json!([body, otp(json!({"type": "OTP", "otp_type": "ZERO_TAP", "supported_apps": apps}))])),
        (2_388_019, json!([body, {"type": "BUTTONS", "buttons": [copy["buttons"][0], copy["buttons"][0]]}])),
    ];
    for (subcode, components) in refused {
        let (status, answer) = world.meta("POST", &path(), made(components.clone())).await;
        assert_eq!((status, &answer["error"]["error_subcode"]), (400, &json!(subcode)), "{components}");
    }
    let one_tap = otp(json!({"type": "OTP", "otp_type": "ONE_TAP", "text": "Copy", "supported_apps": apps}));
    let good = json!([body, {"type": "FOOTER", "code_expiration_minutes": 90}, one_tap]);
    let (status, answer) = world.meta("POST", &path(), made(good.clone())).await;
    assert_eq!(status, 200, "{answer}");
    arrives("the verdict", || world.webhook.values("message_template_status_update").len() == 1).await;
    let (_, shown) = world.meta("GET", answer["id"].as_str().unwrap(), Value::Null).await;
    let text = "*{{1}}* is your verification code. For your security, do not share this code.";
    assert_eq!(shown["components"][0]["text"], text);
    assert_eq!(shown["components"][1]["text"], "This code expires in 90 minutes.");

    let send = json!({"type": "template", "template": {"name": "sign_in", "language": {"code": "en"}, "components": [
        {"type": "body", "parameters": [{"type": "text", "text": "4711"}]},
        {"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "4711"}]}]}});
    let (status, sent) = world.send(GIULIA, send).await;
    assert_eq!(status, 200, "{sent}");
    let shown = world.on_phone("giulia", &id_of(&sent)).await;
    assert!(shown["body"].as_str().unwrap().starts_with("*4711* is your verification code."), "{shown}");
    assert_eq!(shown["content"]["rendered"]["buttons"][0]["code"], "4711");

    let utility = json!({"name": "code", "language": "en", "category": "UTILITY", "components": [
        {"type": "BODY", "text": "Hello."}, copy]});
    assert_eq!(world.meta("POST", &path(), utility).await.1["error"]["error_subcode"], 2_388_019);
}

#[tokio::test]
async fn lists_are_paged() {
    let world = World::start().await;
    let (_, whole) = world.meta("GET", &format!("{}?limit=100&fields=name", path()), Value::Null).await;
    let mut paged = Vec::new();
    let mut query = String::new();
    loop {
        let (_, page) = world.meta("GET", &format!("{}?limit=3&fields=name{query}", path()), Value::Null).await;
        let page_of = page["data"].as_array().unwrap();
        assert!((1..=3).contains(&page_of.len()));
        paged.extend(page_of.iter().cloned());
        if page["paging"]["next"].is_null() {
            break;
        }
        query = format!("&after={}", page["paging"]["cursors"]["after"].as_str().unwrap());
    }
    assert!(paged.len() > 3);
    assert_eq!(json!(paged), whole["data"]);
}

#[tokio::test]
async fn a_template_reaches_a_closed_window_and_its_button_opens_it() {
    let world = World::start().await;
    let send = |values: &[&str]| {
        let parameters: Vec<Value> = values.iter().map(|text| json!({"type": "text", "text": text})).collect();
        json!({"type": "template", "template": {"name": "order_shipped", "language": {"code": "it"}, "components": [
            {"type": "body", "parameters": parameters},
            {"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "A-7"}]},
            {"type": "button", "sub_type": "quick_reply", "index": "1", "parameters": [{"type": "payload", "payload": "ask"}]}]}})
    };
    let (status, answer) = world.send(GIULIA, send(&["Giulia", "A-7", "lunedì"])).await;
    assert_eq!((status, &answer["messages"][0]["message_status"]), (200, &json!("accepted")));
    let id = id_of(&answer);
    until("delivered", || async { world.on_phone("giulia", &id).await["status"] == "delivered" }).await;
    let shown = world.on_phone("giulia", &id).await;
    assert!(shown["body"].as_str().unwrap().starts_with("Ciao Giulia, l'ordine A-7 "), "{shown}");
    let rendered = &shown["content"]["rendered"];
    assert_eq!(rendered["buttons"][0]["url"], "https://example.com/track/A-7");
    assert_eq!(rendered["buttons"][1]["payload"], "ask");
    let sent = world.webhook.statuses().remove(0);
    assert_eq!((&sent["pricing"]["category"], &sent["pricing"]["billable"]), (&json!("utility"), &json!(true)));

    let (_, refused) = world.send(GIULIA, send(&["Giulia"])).await;
    assert_eq!(refused["error"]["code"], 132_000);
    let (status, refused) = world
        .send(GIULIA, json!({"type": "template", "template": {"name": "order_shipped", "language": {"code": "fr"}}}))
        .await;
    assert_eq!((status, &refused["error"]["code"]), (404, &json!(132_001)));

    world
        .write(
            "giulia",
            json!({"type": "button", "button": {"payload": "ask", "text": "Ho una domanda"}, "reply_to": id}),
        )
        .await;
    arrives("the tap", || world.webhook.messages().len() == 1).await;
    let tap = world.webhook.messages().remove(0);
    assert_eq!(tap["button"], json!({"payload": "ask", "text": "Ho una domanda"}));
    assert_eq!(tap["context"], json!({"from": "390255501234", "id": id}));
    world.text(GIULIA, "Dica pure").await;
}

#[tokio::test]
async fn headers_and_names_are_matched() {
    let world = World::start().await;
    let spring = |header: Value| {
        json!({"type": "template", "template": {"name": "spring_collection", "language": {"code": "en"}, "components": [
            {"type": "header", "parameters": [header]},
            {"type": "body", "parameters": [{"type": "text", "text": "Giulia"}, {"type": "text", "text": "10 %"}]}]}})
    };
    let (_, refused) = world.send(GIULIA, spring(json!({"type": "text", "text": "x"}))).await;
    assert_eq!(refused["error"]["code"], 132_012);

    let named = json!({"name": "named_one", "language": "en", "category": "UTILITY", "parameter_format": "NAMED", "components": [
        {"type": "BODY", "text": "Hello {{first_name}}, your order is ready.",
         "example": {"body_text_named_params": [{"param_name": "first_name", "example": "Ann"}]}}]});
    assert_eq!(world.meta("POST", &path(), named).await.0, 200);
    arrives("the verdict", || world.webhook.values("message_template_status_update").len() == 1).await;
    let send = |name: &str| {
        json!({"type": "template", "template": {"name": "named_one", "language": {"code": "en"}, "components": [
            {"type": "body", "parameters": [{"type": "text", "parameter_name": name, "text": "Giulia"}]}]}})
    };
    let (_, answer) = world.send(GIULIA, send("first_name")).await;
    assert_eq!(world.on_phone("giulia", &id_of(&answer)).await["body"], "Hello Giulia, your order is ready.");
    assert_eq!(world.send(GIULIA, send("last_name")).await.0, 400);
}
