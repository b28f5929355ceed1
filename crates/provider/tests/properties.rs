//! What holds for every delivery, however it is nested, split or broken.
#![expect(clippy::unwrap_used, reason = "a test")]

use pronto_domain::inbound::{Item, Update};
use pronto_domain::message::Content;
use pronto_provider::meta;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// A word for each update, by which it is known again.
fn tag(item: &Item) -> String {
    match &item.update {
        Update::Message(message) => format!("message {}", message.provider_id),
        Update::Status(status) => format!("{} {}", status.state, status.provider_id),
        Update::Event(event) => format!("event {} {}", event.name, event.facts.get("n").map_or("", String::as_str)),
    }
}

/// One change with what should come out of it, in order.
fn change() -> impl Strategy<Value = (Value, Vec<String>)> {
    let message = prop_oneof![
        "[a-z]{1,8}".prop_map(|body| json!({ "type": "text", "text": { "body": body } })),
        Just(json!({ "type": "image", "image": { "id": "1", "mime_type": "image/png" } })),
        Just(json!({ "type": "reaction", "reaction": { "message_id": "x" } })),
        Just(json!({ "type": "of tomorrow" })),
    ];
    let message = ("[A-Z]{6}", message, any::<bool>()).prop_map(|(id, mut message, numbered)| {
        message["id"] = id.clone().into();
        message[if numbered { "from" } else { "from_user_id" }] = if numbered { "39333" } else { "IT.1" }.into();
        (message, format!("message {id}"))
    });
    let status = ("[A-Z]{6}", prop::sample::select(vec!["sent", "delivered", "read", "played", "failed"]));
    let status = status.prop_map(|(id, word)| (json!({ "id": id, "status": word }), format!("{word} {id}")));
    let news = ("[a-z_]{3,10}", any::<u16>())
        .prop_filter("a field of its own", |(field, _)| !matches!(&**field, "messages" | "calls"))
        .prop_map(|(field, n)| (json!({ "field": field, "value": { "n": n } }), vec![format!("event {field} {n}")]));
    let talk =
        (prop::collection::vec(message, 0..4), prop::collection::vec(status, 0..4)).prop_map(|(messages, statuses)| {
            let (messages, mut tags): (Vec<_>, Vec<_>) = messages.into_iter().unzip();
            let (statuses, more): (Vec<_>, Vec<_>) = statuses.into_iter().unzip();
            tags.extend(more);
            let mut value = json!({ "metadata": { "phone_number_id": "7" } });
            if !messages.is_empty() {
                value["messages"] = messages.into();
            }
            if !statuses.is_empty() {
                value["statuses"] = statuses.into();
            }
            (json!({ "field": "messages", "value": value }), tags)
        });
    prop_oneof![3 => talk, 1 => news]
}

/// Any JSON, with a liking for words that mean something to Meta.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        prop::sample::select(WORDS).prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        let key = prop_oneof![4 => prop::sample::select(WORDS).prop_map(str::to_owned), 1 => any::<String>()];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..8).prop_map(|fields| Map::from_iter(fields).into()),
        ]
    })
}

#[rustfmt::skip]
const WORDS: &[&str] = &[
    "type", "id", "from", "from_user_id", "timestamp", "context", "referral", "errors", "code", "text", "body",
    "image", "audio", "voice", "document", "sticker", "location", "latitude", "contacts", "name", "phones", "reaction",
    "message_id", "emoji", "interactive", "nfm_reply", "response_json", "button_reply", "title", "button", "order",
    "product_items", "system", "user_changed_number", "wa_id", "user_id", "unsupported", "edit", "message",
    "original_message_id", "revoke", "status", "recipient_id", "pricing", "profile", "{\"a\":[1,{\"b\":null}]}",
    "messages", "statuses", "calls", "metadata", "phone_number_id", "message_echoes", "event",
];

fn envelope(changes: Value) -> Vec<u8> {
    json!({ "object": "whatsapp_business_account", "entry": [{ "id": "1", "changes": changes }] })
        .to_string()
        .into_bytes()
}

fn text(id: &str) -> Value {
    json!({ "from": "39333", "id": id, "type": "text", "text": { "body": id } })
}

/// Nothing that PostgreSQL could not store.
fn storable(item: &Item) -> bool {
    let clean = |text: &String| !text.contains('\0');
    match &item.update {
        Update::Message(message) => {
            let content = match &message.content {
                Content::Form { answers, .. } => {
                    answers.iter().all(|answer| clean(&answer.key) && clean(&answer.value))
                }
                content => !format!("{content:?}").contains("\\0"),
            };
            let raw = message.raw.as_ref().is_none_or(|raw| serde_json::from_str::<Value>(raw).is_ok() && clean(raw));
            content && raw && message.text.iter().all(clean) && clean(&message.provider_id)
        }
        Update::Status(status) => clean(&status.provider_id) && status.opaque.iter().all(clean),
        Update::Event(event) => event.facts.iter().all(|(name, fact)| clean(name) && clean(fact)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn everything_that_goes_in_comes_out_in_order(
        entries in prop::collection::vec(prop::collection::vec(change(), 0..4), 0..4),
    ) {
        let mut tags = Vec::new();
        let entries: Vec<Value> = entries.into_iter().map(|changes| {
            let (changes, more): (Vec<_>, Vec<_>) = changes.into_iter().unzip();
            tags.extend(more.into_iter().flatten());
            json!({ "id": "1", "changes": changes })
        }).collect();
        let body = json!({ "object": "whatsapp_business_account", "entry": entries }).to_string();
        let batch = meta::read(body.as_bytes()).unwrap();
        prop_assert_eq!(batch.items.iter().map(tag).collect::<Vec<_>>(), tags);
    }

    #[test]
    fn an_odd_item_takes_nothing_with_it(odd in anything(), list in prop::sample::select(vec!["messages", "statuses"])) {
        let neighbours = if list == "messages" {
            [text("A"), text("B")]
        } else {
            [json!({ "id": "A", "status": "sent" }), json!({ "id": "B", "status": "sent" })]
        };
        let value = json!({ list: [neighbours[0], odd, neighbours[1]], "contacts": odd, "metadata": odd, "errors": odd });
        let body = envelope(json!([{ "field": "messages", "value": value }]));
        let items = meta::read(&body).unwrap().items;
        let tags: Vec<_> = items.iter().map(tag).collect();
        prop_assert!(tags[0].ends_with(" A") && tags[2].ends_with(" B"), "{:?}", tags);
        prop_assert!(items.iter().all(storable), "{:?}", items);
    }

    #[test]
    fn an_odd_body_of_any_type_is_still_a_message(odd in anything(), kind in prop::sample::select(WORDS)) {
        let mut message = json!({ "context": odd, "referral": odd, "errors": odd });
        message[kind] = odd;
        for (name, value) in [("type", kind), ("from", "39333"), ("id", "A")] {
            message[name] = value.into();
        }
        let items = meta::read(&envelope(json!([{ "field": "messages", "value": { "messages": [message] } }]))).unwrap().items;
        prop_assert_eq!(tag(&items[0]), "message A");
        prop_assert!(items.iter().all(storable), "{:?}", items);
    }

    #[test]
    fn an_odd_change_takes_nothing_with_it(odd in anything(), field in prop::sample::select(WORDS)) {
        let good = json!({ "field": "messages", "value": { "messages": [text("A")] } });
        let body = envelope(json!([odd, { "field": field, "value": odd }, good]));
        let items = meta::read(&body).unwrap().items;
        prop_assert_eq!(tag(items.last().unwrap()), "message A");
        prop_assert!(items.iter().all(storable), "{:?}", items);
    }

    #[test]
    fn any_bytes_are_answered(bytes: Vec<u8>) {
        let _ = meta::read(&bytes);
        let _ = meta::answered(200, None, &bytes);
        let _ = meta::answered(400, Some(&String::from_utf8_lossy(&bytes)), &bytes);
        let _ = meta::read_media_info(&bytes);
        let _ = meta::read_subscription(&bytes);
    }

    #[test]
    fn broken_deliveries_are_answered(cut in 0usize..8000, at in 0usize..8000, byte: u8, which in 0usize..FIXTURES.len()) {
        let mut body = FIXTURES[which].to_vec();
        let at = at % body.len();
        body[at] = byte;
        let _ = meta::read(&body);
        body.truncate(cut % body.len());
        let _ = meta::read(&body);
    }
}

const FIXTURES: &[&[u8]] = &[
    include_bytes!("../fixtures/texts.json"),
    include_bytes!("../fixtures/odd.json"),
    include_bytes!("../fixtures/replies.json"),
    include_bytes!("../fixtures/statuses.json"),
    include_bytes!("../fixtures/events.json"),
];
