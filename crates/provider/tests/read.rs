//! What we make of our own fixtures, which hold every kind of message, status and event, and many odd shapes.
#![expect(clippy::unwrap_used, reason = "a test")]

use pronto_domain::inbound::{Batch, Update};
use pronto_provider::{Malformed, meta};

fn batch(name: &str) -> Batch {
    meta::read(&std::fs::read(format!("{}/fixtures/{name}.json", env!("CARGO_MANIFEST_DIR"))).unwrap()).unwrap()
}

macro_rules! fixtures {
    ($($name:ident),* $(,)?) => { $(
        #[test]
        fn $name() {
            let batch = batch(stringify!($name));
            // The payload's spelling is the fixture's own; only whether it was kept matters.
            let items: Vec<_> = batch.items.into_iter().map(|mut item| {
                if let Update::Message(message) = &mut item.update {
                    message.raw = message.raw.take().map(|raw| format!("kept, {} characters at least", raw.len().min(20)));
                }
                item
            }).collect();
            insta::assert_debug_snapshot!(items);
        }
    )* };
}

fixtures!(texts, media, places_and_cards, reactions_and_edits, replies, system, odd, statuses, events, calls);

#[test]
fn what_is_no_delivery_is_named() {
    assert_eq!(meta::read(b""), Err(Malformed::Empty));
    assert_eq!(meta::read(b" \n"), Err(Malformed::Empty));
    assert_eq!(meta::read(b"[]"), Err(Malformed::NotAnObject));
    assert_eq!(meta::read(b"\"entry\""), Err(Malformed::NotAnObject));
    assert_eq!(meta::read(b"{}"), Err(Malformed::NoEntries));
    assert_eq!(meta::read(br#"{"object":"whatsapp_business_account","entry":"x"}"#), Err(Malformed::NoEntries));
    assert_eq!(meta::read(br#"{"object":"page","entry":[]}"#), Err(Malformed::OtherObject("page".into())));
    for broken in ["{", "{]", "nope", r#"{"entry":[]} x"#, r#"{"entry":[{"changes":[{"value":{"a":01}}]}]}"#] {
        assert!(matches!(meta::read(broken.as_bytes()), Err(Malformed::NotJson(_))), "{broken}");
    }
}

#[test]
fn an_empty_delivery_holds_nothing() {
    for empty in [
        r#"{"entry":[]}"#,
        "\u{feff}{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":[]}]}",
    ] {
        assert_eq!(meta::read(empty.as_bytes()).unwrap(), Batch::default());
    }
}

#[test]
fn the_payload_kept_can_be_stored_and_read_again() {
    for item in batch("odd").items {
        let Update::Message(message) = item.update else { continue };
        let Some(raw) = message.raw else { continue };
        assert!(!raw.contains("\\u0000"), "{raw}");
        serde_json::from_str::<serde_json::Value>(&raw).unwrap();
    }
}

#[test]
fn text_of_another_encoding_and_deep_nesting_do_no_harm() {
    let text = |body: &[u8]| {
        let mut whole = br#"{"entry":[{"changes":[{"field":"messages","value":{"messages":[{"from":"39","id":"1","type":"text","text":{"body":""#.to_vec();
        whole.extend_from_slice(body);
        whole.extend_from_slice(br#""}}]}}]}]}"#);
        meta::read(&whole).unwrap().items.remove(0).update
    };
    let Update::Message(message) = text(b"caff\xe8") else { panic!("a message") };
    assert_eq!(message.text.as_deref(), Some("caff\u{fffd}"));

    let deep = format!("{}1{}", "[".repeat(50_000), "]".repeat(50_000));
    for place in [
        format!(
            r#"{{"entry":[{{"changes":[{{"field":"messages","value":{{"messages":[{{"from":"39","id":"1","type":"text","text":{{"body":"hi"}},"x":{deep}}}]}}}}]}}]}}"#
        ),
        format!(
            r#"{{"entry":[{{"changes":[{{"field":"messages","value":{{"messages":[{{"from":"39","id":"1","type":"text","text":{deep}}}]}}}}]}}]}}"#
        ),
        format!(r#"{{"entry":[{{"changes":[{{"field":"news","value":{{"x":{deep}}}}}]}}]}}"#),
    ] {
        assert_eq!(meta::read(place.as_bytes()).unwrap().items.len(), 1);
    }
}

#[test]
fn numbers_beyond_all_bounds_and_halves_of_pairs_fail_nothing() {
    let whole = |entry: &str| format!(r#"{{"object":"whatsapp_business_account","entry":[{entry}]}}"#);
    let good = r#"{"changes":[{"field":"messages","value":{"messages":[{"from":"39","id":"A","type":"text","text":{"body":"hi"},"context":1e999}],"metadata":1e999,"contacts":[1e999,{"profile":1e999}]}}]}"#;
    for odd in ["1e999", r#""\ud800""#, r#"{"changes":[1e999]}"#, r#"{"changes":1e999}"#, r#"{"\ud800":1e999}"#] {
        let batch = meta::read(whole(&format!("{odd},{good}")).as_bytes()).unwrap();
        let Some(Update::Message(message)) = batch.items.last().map(|item| &item.update) else { panic!("{odd}") };
        assert_eq!(message.text.as_deref(), Some("hi"), "{odd}");
    }
    let keys = whole(r#"{"changes":[{"\ud800":1,"field":"news","value":{"a\ud800b":"c\u0000"}}]}"#);
    let Update::Event(event) = meta::read(keys.as_bytes()).unwrap().items.remove(0).update else { panic!("an event") };
    assert_eq!(event.facts.values().next().map(String::as_str), Some("c\u{fffd}"));
}

#[test]
fn a_wrapped_value_is_read_as_well() {
    let value = r#"{"metadata":{"phone_number_id":"7"},"messages":[{"from":"39","id":"1","type":"text","text":{"body":"hi"}}]}"#;
    let batch = meta::read_value("messages", value).unwrap();
    assert_eq!(batch.items[0].number.as_deref(), Some("7"));
    assert_eq!(meta::read_value("messages", "null"), Err(Malformed::NotAnObject));
    assert_eq!(meta::read_value("messages", ""), Err(Malformed::Empty));
}
