//! Any JSON as flat facts.

use std::collections::BTreeMap;

use crate::json::{Fields, List, Raw, Text};

/// Facts kept of one event.
const FACT_LIMIT: usize = 100;
/// Characters kept of one fact.
const FACT_LENGTH: usize = 500;
/// Objects within objects that are looked into.
const DEPTH_LIMIT: usize = 16;

/// What an event tells, but for names and messages of people.
pub(crate) fn facts(raw: Option<Raw<'_>>) -> BTreeMap<String, String> {
    let mut facts = BTreeMap::new();
    if let Some(raw) = raw {
        flatten("", raw.get(), &mut |key, value| {
            if !is_private(key) && key != "messaging_product" && facts.len() < FACT_LIMIT {
                facts.insert(if key.is_empty() { "value" } else { key }.to_owned(), cut(&value));
            }
        });
    }
    facts
}

/// Facts are kept for long and shown to administrators: names and messages of people do not belong among them.
fn is_private(path: &str) -> bool {
    const PRIVATE: &[&str] = &["contacts", "messages", "threads", "state_sync", "profile", "session"];
    path.split('.').any(|step| PRIVATE.contains(&step))
}

/// Every text within, under its path (`a.b`, `list.0.c`), in order. A list of plain texts is one text, `x, y`; null
/// and empty texts are nothing.
pub(crate) fn flatten(path: &str, json: &str, found: &mut dyn FnMut(&str, String)) {
    flatten_to(DEPTH_LIMIT, path, json, found);
}

fn flatten_to(depth: usize, path: &str, json: &str, found: &mut dyn FnMut(&str, String)) {
    let under = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match json.as_bytes().first() {
        Some(b'{' | b'[') if depth == 0 => found(path, cut(json)),
        Some(b'{') => {
            let fields: Fields<'_> = serde_json::from_str(json).unwrap_or_default();
            for (key, raw) in fields.0 {
                flatten_to(depth - 1, &under(&key), raw.get(), found);
            }
        }
        Some(b'[') => {
            let items: List<'_> = serde_json::from_str(json).unwrap_or_default();
            let is_plain = |raw: &Raw<'_>| !raw.get().starts_with(['{', '[']);
            if items.0.iter().all(is_plain) {
                let texts: Vec<_> = items.0.iter().filter_map(|raw| Text::of(raw.get()).owned()).collect();
                if !texts.is_empty() {
                    found(path, texts.join(", "));
                }
                return;
            }
            for (place, raw) in items.0.iter().enumerate() {
                flatten_to(depth - 1, &under(&place.to_string()), raw.get(), found);
            }
        }
        _ => {
            if let Some(text) = Text::of(json).owned() {
                found(path, text);
            }
        }
    }
}

/// As much of a text as is kept.
pub(crate) fn cut(text: &str) -> String {
    text.chars().take(FACT_LENGTH).collect()
}
