//! What a person reads of a message, for lists, quotes and tests.

use serde_json::Value;

/// The words of a message: its text, caption, choice or title; empty when it has none.
pub(crate) fn body(kind: &str, content: &Value) -> String {
    let text = |pointer: &str| content.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
    let found = match kind {
        "text" => text("/body"),
        "image" | "video" | "document" => text("/caption").or_else(|| text("/filename")),
        "location" => text("/name").or_else(|| text("/address")),
        "contacts" => text("/0/name/formatted_name"),
        "reaction" => text("/emoji"),
        "button" => text("/text"),
        "interactive" => text("/button_reply/title")
            .or_else(|| text("/list_reply/title"))
            .or_else(|| text("/nfm_reply/body"))
            .or_else(|| text("/body/text")),
        "template" => text("/rendered/body"),
        "order" => text("/text"),
        "system" => text("/body"),
        _ => None,
    };
    found.unwrap_or_default()
}
