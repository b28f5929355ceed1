//! The doors beside Meta's: what Twilio, Sinch and Kaleyra take, answer and tell, each in its own words.
#![allow(clippy::unwrap_used, reason = "a test that panics says enough")]

mod common;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use common::inbox::{Came, Inbox, PICTURE, attach};
use common::{GIULIA, World, arrives};
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha1::Sha1;
use sha2::Sha256;

async fn writes(world: &World, number: &str, message: Value) -> String {
    let mut message = message;
    message["to"] = json!(number);
    let (status, answer) = world.control("POST", "phones/giulia/messages", message).await;
    assert_eq!(status, 201, "{answer}");
    answer["id"].as_str().unwrap().to_owned()
}

fn picture() -> Value {
    json!({"type": "image", "image": {"data": STANDARD.encode(PICTURE), "mime_type": "image/png", "caption": "Look"}})
}

async fn answer(request: reqwest::RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    (status, response.json().await.unwrap_or(Value::Null))
}

fn hmac<M: Mac + hmac::KeyInit>(key: &str, data: &str) -> String {
    let mut mac = <M as hmac::KeyInit>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(data.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

/// The address, then all parameters by name.
fn twilio_data(url: &str, came: &Came) -> String {
    let mut form = came.form();
    form.sort();
    form.iter().fold(url.to_owned(), |data, (name, value)| data + name + value)
}

const OWN: &str = "390255509999";

async fn twilio(fragment: &str) -> (World, Inbox, String) {
    let (world, inbox) = (World::start().await, Inbox::start().await);
    let url = format!("{}/webhooks/twilio/other", inbox.url);
    let app = json!({"provider": "twilio", "app_secret": "auth-token", "access_tokens": ["key-secret"],
        "connection": {"key_id": "SK1"}, "webhook_url": format!("{url}{fragment}"), "business_account_id": "AC1"});
    attach(&world, OWN, app).await;
    (world, inbox, url)
}

fn twilio_post(world: &World, fields: &[(&str, &str)]) -> reqwest::RequestBuilder {
    let url = format!("{}/simulator/twilio/2010-04-01/Accounts/AC1/Messages.json", world.base);
    let mut form = vec![("From", "whatsapp:+390255509999"), ("To", "whatsapp:+393335550142")];
    form.extend(fields);
    world.http.post(url).basic_auth("AC1", Some("auth-token")).form(&form)
}

#[tokio::test]
async fn twilio_delivers_a_signed_form_and_tells_of_statuses() {
    let (world, inbox, url) = twilio("").await;
    let id = writes(&world, OWN, json!({"text": "Città & <b>"})).await;
    assert!(id.starts_with("SM") && id.len() == 34, "{id}");
    let came = inbox.nth(0).await;
    assert_eq!(came.header("x-twilio-signature"), hmac::<Hmac<Sha1>>("auth-token", &twilio_data(&url, &came)));
    let field = |name: &str| came.field(name);
    assert_eq!((field("MessageSid"), field("Body"), field("SmsStatus")), (id, "Città & <b>".into(), "received".into()));
    assert_eq!((field("From"), field("WaId")), (format!("whatsapp:+{GIULIA}"), GIULIA.to_owned()));
    let callback = format!("{url}?attempt=7");
    let (status, sent) = answer(twilio_post(&world, &[("Body", "Hello"), ("StatusCallback", &callback)])).await;
    assert_eq!((status, &sent["status"], &sent["num_media"]), (201, &json!("queued"), &json!("0")), "{sent}");
    arrives("it was delivered", || inbox.all().len() == 3).await;
    world.control("POST", "phones/giulia/reads", json!({})).await;
    let mut words = Vec::new();
    for place in 1..4 {
        let came = inbox.nth(place).await;
        assert_eq!(
            (came.path.as_str(), came.field("MessageSid")),
            ("/webhooks/twilio/other?attempt=7", sent["sid"].as_str().unwrap().to_owned())
        );
        assert_eq!(came.header("x-twilio-signature"), hmac::<Hmac<Sha1>>("auth-token", &twilio_data(&callback, &came)));
        words.push(came.field("MessageStatus"));
    }
    assert_eq!(words, ["sent", "delivered", "read"]);
}

#[tokio::test]
async fn twilio_redirects_to_files_and_fetches_ours() {
    let (world, inbox, _) = twilio("").await;
    writes(&world, OWN, picture()).await;
    let came = inbox.nth(0).await;
    assert_eq!(
        (came.field("Body"), came.field("NumMedia"), came.field("MediaContentType0")),
        ("Look".into(), "1".into(), "image/png".into())
    );
    let http = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let media = came.field("MediaUrl0");
    assert_eq!(http.get(&media).send().await.unwrap().status(), 401);
    let response = http.get(&media).basic_auth("SK1", Some("key-secret")).send().await.unwrap();
    assert_eq!(response.status(), 307);
    let stored = response.headers()["location"].to_str().unwrap().to_owned();
    assert_eq!(http.get(&stored).basic_auth("AC1", Some("auth-token")).send().await.unwrap().status(), 400);
    assert_eq!(http.get(&stored).send().await.unwrap().bytes().await.unwrap(), PICTURE);
    let link = format!("{}/lamp.png", inbox.url);
    let (_, sent) = answer(twilio_post(&world, &[("MediaUrl", &link), ("Body", "A lamp")])).await;
    // It comes without a type of a picture, so it is a document, and those have no words at Twilio.
    arrives("it was delivered", || inbox.all().len() == 3).await;
    let (_, shown) = world.control("GET", &format!("phones/giulia/messages?with={OWN}"), Value::Null).await;
    let shown =
        shown["messages"].as_array().unwrap().iter().find(|message| message["id"] == sent["sid"]).cloned().unwrap();
    assert_eq!(
        (&shown["type"], &shown["content"]["filename"], &shown["content"]["caption"]),
        (&json!("document"), &json!("lamp.png"), &Value::Null)
    );
}

#[tokio::test]
async fn twilio_refuses_in_its_own_words() {
    let (world, inbox, _) = twilio("").await;
    let code = async |request| {
        let (status, error) = answer(request).await;
        (status, error["code"].as_i64().unwrap())
    };
    assert_eq!(code(twilio_post(&world, &[("Body", &"x".repeat(1601))])).await, (400, 21_617));
    assert_eq!(code(twilio_post(&world, &[])).await, (400, 21_619));
    let url = format!("{}/simulator/twilio/2010-04-01/Accounts/AC1/Messages.json", world.base);
    assert_eq!(code(world.http.post(url).basic_auth("AC1", Some("guess"))).await, (401, 20_003));
    world.faults(json!({"rate_limit_130429": 1})).await;
    assert_eq!(code(twilio_post(&world, &[("Body", "x")])).await, (429, 20_429));
    // Nobody has written: taken, and told afterwards.
    assert_eq!(answer(twilio_post(&world, &[("Body", "x")])).await.0, 201);
    let came = inbox.nth(0).await;
    assert_eq!((came.field("MessageStatus"), came.field("ErrorCode")), ("failed".into(), "63016".into()));
}

#[tokio::test]
async fn twilio_tries_again_only_when_asked_to() {
    for (fragment, posts) in [("", 1), ("#rc=2&rp=5xx", 3)] {
        let (world, inbox, _) = twilio(fragment).await;
        *inbox.refuse.lock().unwrap() = 5;
        writes(&world, OWN, json!({"text": "hello"})).await;
        let gave_up = async || world.ledger().await["webhooks"]["gave_up"] == 1;
        common::until("it is given up", gave_up).await;
        let all = inbox.all();
        assert_eq!(all.len(), posts);
        assert!(
            all.iter()
                .all(|came| came.header("i-twilio-idempotency-token") == all[0].header("i-twilio-idempotency-token"))
        );
    }
}

#[tokio::test]
async fn sinch_signs_body_nonce_and_time_and_wants_a_token() {
    let (world, inbox) = (World::start().await, Inbox::start().await);
    let app = json!({"provider": "sinch", "app_secret": "hook-secret", "access_tokens": ["key-secret"], "connection": {"key_id": "key"},
        "webhook_url": format!("{}/webhooks/sinch/other", inbox.url), "business_account_id": "project"});
    attach(&world, "01APP", app).await;
    let base = format!("{}/simulator/sinch", world.base);
    let id = writes(&world, "01APP", json!({"text": "è 🙏🏽"})).await;
    let came = inbox.nth(0).await;
    let header = |name: &str| came.header(&format!("x-sinch-webhook-signature{name}")).to_owned();
    let data = format!("{}.{}.{}", came.body, header("-nonce"), header("-timestamp"));
    assert_eq!(header(""), hmac::<Hmac<Sha256>>("hook-secret", &data));
    let told = came.json();
    assert_eq!((&told["app_id"], &told["message"]["id"]), (&json!("01APP"), &json!(id)));
    assert_eq!(told["message"]["contact_message"]["text_message"]["text"], "è 🙏🏽");
    assert_eq!(told["message"]["channel_identity"]["identity"], GIULIA);
    writes(&world, "01APP", picture()).await;
    let told = inbox.nth(1).await.json();
    let card = &told["message"]["contact_message"]["media_card_message"];
    assert_eq!(card["caption"], "Look");
    assert_eq!(world.http.get(card["url"].as_str().unwrap()).send().await.unwrap().bytes().await.unwrap(), PICTURE);
    let grant = |secret| {
        world
            .http
            .post(format!("{base}/oauth2/token"))
            .basic_auth("key", Some(secret))
            .form(&[("grant_type", "client_credentials")])
    };
    assert_eq!(answer(grant("guess")).await.0, 401);
    let token = answer(grant("key-secret")).await.1["access_token"].as_str().unwrap().to_owned();
    let send = |token: &str, message: Value| {
        let identity = json!({"channel": "WHATSAPP", "identity": GIULIA});
        let body = json!({"app_id": "01APP", "recipient": {"identified_by": {"channel_identities": [identity]}}, "message": message,
            "message_metadata": "attempt 7"});
        world.http.post(format!("{base}/v1/projects/project/messages:send")).bearer_auth(token).json(&body)
    };
    let (status, error) = answer(send("guess", json!({"text_message": {"text": "x"}}))).await;
    assert_eq!((status, &error["error"]["status"]), (401, &json!("UNAUTHENTICATED")));
    let (status, sent) = answer(send(&token, json!({"text_message": {"text": "Hello"}}))).await;
    assert_eq!(status, 200, "{sent}");
    let words = [inbox.nth(2).await.json(), inbox.nth(3).await.json()];
    for (told, word) in words.iter().zip(["QUEUED_ON_CHANNEL", "DELIVERED"]) {
        let report = &told["message_delivery_report"];
        assert_eq!((&report["message_id"], &report["status"]), (&sent["message_id"], &json!(word)));
        assert_eq!(told["message_metadata"], "attempt 7");
    }
    // What comes again is signed anew.
    *inbox.refuse.lock().unwrap() = 1;
    writes(&world, "01APP", json!({"type": "reaction", "reaction": {"message_id": sent["message_id"], "emoji": "👍"}}))
        .await;
    let (first, again) = (inbox.nth(4).await, inbox.nth(5).await);
    let nonce = "x-sinch-webhook-signature-nonce";
    assert!(first.body.contains("REACTION_ACTION_REACT") && first.header(nonce) != again.header(nonce));
    world.faults(json!({"window_closed": true})).await;
    answer(send(&token, json!({"text_message": {"text": "Late"}}))).await;
    assert_eq!(
        inbox.nth(6).await.json()["message_delivery_report"]["reason"]["code"],
        "OUTSIDE_ALLOWED_SENDING_WINDOW"
    );
    // Another address and secret, as the desk asks for them; the same address twice is refused.
    inbox.nth(6).await;
    let elsewhere = format!("{}/elsewhere", inbox.url);
    let hook = || {
        let body = json!({"app_id": "01APP", "target": elsewhere, "target_type": "HTTP", "secret": "new", "triggers": ["MESSAGE_INBOUND"]});
        world.http.post(format!("{base}/v1/projects/project/webhooks")).bearer_auth(&token).json(&body)
    };
    assert_eq!(answer(hook()).await.0, 200);
    assert_eq!(answer(hook()).await.0, 400);
    writes(&world, "01APP", json!({"text": "there?"})).await;
    let came = inbox.nth(7).await;
    let header = |name: &str| came.header(&format!("x-sinch-webhook-signature{name}")).to_owned();
    let data = format!("{}.{}.{}", came.body, header("-nonce"), header("-timestamp"));
    assert_eq!((came.path.as_str(), header("")), ("/elsewhere", hmac::<Hmac<Sha256>>("new", &data)));
}

#[tokio::test]
async fn kaleyras_older_api_has_flat_fields() {
    let (world, inbox) = (World::start().await, Inbox::start().await);
    let app = json!({"provider": "kaleyra_v1", "app_secret": "desk:pass", "access_tokens": ["api-key"],
        "webhook_url": format!("{}/webhooks/kaleyra/other/s3cret", inbox.url), "business_account_id": "HXSID"});
    attach(&world, OWN, app).await;
    writes(&world, OWN, picture()).await;
    let came = inbox.nth(0).await;
    assert_eq!(came.header("authorization"), "Basic ZGVzazpwYXNz");
    let told = came.json();
    assert_eq!((&told["type"], &told["body"], &told["from"]), (&json!("image"), &json!("Look"), &json!(GIULIA)));
    assert_eq!(
        world.http.get(told["media_url"].as_str().unwrap()).send().await.unwrap().bytes().await.unwrap(),
        PICTURE
    );
    let send = |key: &'static str, fields: &[(&str, &str)]| {
        let mut form = vec![("channel", "whatsapp"), ("from", "+390255509999"), ("to", "+393335550142")];
        form.extend(fields);
        world
            .http
            .post(format!("{}/simulator/kaleyra/v1/HXSID/messages", world.base))
            .header("api-key", key)
            .form(&form)
    };
    let (status, error) = answer(send("guess", &[("type", "text"), ("body", "x")])).await;
    assert_eq!((status, &error["code"]), (401, &json!("RBC001")));
    let callback = format!("{}/webhooks/kaleyra/other/s3cret", inbox.url);
    let (status, sent) =
        answer(send("api-key", &[("type", "text"), ("body", "Hello"), ("ref", "7"), ("callback_url", &callback)]))
            .await;
    assert_eq!(status, 202, "{sent}");
    let came = inbox.nth(1).await;
    assert_eq!((came.header("authorization"), &came.json()["id"], &came.json()["ref"]), ("", &sent["id"], &json!("7")));
    let place = r#"{"latitude":45.46,"longitude":9.19,"name":"Duomo"}"#;
    let (status, sent) = answer(send("api-key", &[("type", "location"), ("location", place)])).await;
    assert_eq!(status, 202, "{sent}");
}

#[tokio::test]
async fn kaleyras_newer_api_wraps_metas_words() {
    let (world, inbox) = (World::start().await, Inbox::start().await);
    let template = json!({"name": "hello", "language": "it", "category": "UTILITY", "components": [{"type": "BODY", "text": "Ciao {{1}}"}]});
    let app = json!({"provider": "kaleyra_v2", "app_secret": "value", "access_tokens": ["api-key"], "connection": {"header": "x-desk", "waba_id": "77"},
        "webhook_url": format!("{}/webhooks/kaleyra/other/s3cret", inbox.url), "business_account_id": "HXSID", "templates": [template]});
    attach(&world, OWN, app).await;
    let base = format!("{}/simulator/kaleyra/v2/HXSID/whatsapp", world.base);
    let listed =
        answer(world.http.get(format!("{base}/77/message_templates?limit=100")).header("api-key", "api-key")).await.1;
    assert_eq!(listed["data"][0]["name"], "hello");
    let send = |message: Value| {
        let mut message = message;
        message["messaging_product"] = json!("whatsapp");
        message["to"] = json!(format!("+{GIULIA}"));
        let body = json!({"messaging_object": message, "extra_info": {"ref": "7"}});
        world.http.post(format!("{base}/{OWN}/messages")).header("api-key", "api-key").json(&body)
    };
    let words = json!([{"type": "body", "parameters": [{"type": "text", "text": "Giulia"}]}]);
    let template =
        json!({"type": "template", "template": {"name": "hello", "language": {"code": "it"}, "components": words}});
    let (status, sent) = answer(send(template)).await;
    assert_eq!(status, 202, "{sent}");
    let told = inbox.nth(0).await;
    assert_eq!(
        (told.header("x-desk"), &told.json()["message_id"], &told.json()["extra_info"]["ref"]),
        ("value", &sent["message_id"], &json!("7"))
    );
    assert_eq!(told.json()["meta_object"]["value"]["statuses"][0]["status"], "sent");
    inbox.nth(1).await;
    let id = writes(&world, OWN, picture()).await;
    let told = inbox.nth(2).await.json();
    assert_eq!(told["meta_object"]["value"]["messages"][0]["id"], json!(id));
    let url = told["extra_info"]["media_url"].as_str().unwrap();
    assert_eq!(world.http.get(url).send().await.unwrap().bytes().await.unwrap(), PICTURE);
    let (status, error) = answer(send(json!({"type": "text", "text": {"body": ""}}))).await;
    assert_eq!((status, &error["code"]), (400, &json!("WA400")));
}
