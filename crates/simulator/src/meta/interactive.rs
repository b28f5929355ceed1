//! Buttons, lists and the other messages that can be tapped.

use std::collections::HashSet;

use serde_json::Value;

use super::content;
use super::error::{MetaError, Result};

/// Checks an `interactive` object.
pub(crate) fn check(message: &Value) -> Result<()> {
    let kind = message["type"].as_str().ok_or_else(|| MetaError::missing("interactive['type']"))?;
    let body_longest = if kind == "list" { 4096 } else { 1024 };
    let body_needed = !matches!(kind, "product" | "carousel");
    if body_needed || !message["body"].is_null() {
        length(&message["body"]["text"], "Body text", 1, body_longest)?;
    }
    if !message["footer"].is_null() {
        length(&message["footer"]["text"], "Footer text", 1, 60)?;
    }
    if !message["header"].is_null() {
        header(&message["header"], kind)?;
    }
    let action = &message["action"];
    match kind {
        "button" => buttons(action),
        "list" => list(action),
        "cta_url" => {
            length(&action["parameters"]["display_text"], "Button display text", 1, 20)?;
            let url = action["parameters"]["url"].as_str().unwrap_or_default();
            if url.starts_with("https://") || url.starts_with("http://") {
                Ok(())
            } else {
                Err(MetaError::missing("action['parameters']['url']"))
            }
        }
        "location_request_message"
        | "request_contact_info"
        | "flow"
        | "product"
        | "product_list"
        | "catalog_message"
        | "address_message"
        | "call_permission_request"
        | "voice_call"
        | "carousel"
        | "order_details"
        | "order_status" => Ok(()),
        other => Err(MetaError::invalid(format!("interactive['type'] {other} is not known."))),
    }
}

/// The file in the header.
pub(crate) fn header_media(message: &Value) -> Result<Option<Value>> {
    let header = &message["header"];
    match header["type"].as_str() {
        Some(kind @ ("image" | "video" | "document")) => content::file(&header[kind], kind).map(Some),
        _ => Ok(None),
    }
}

fn header(header: &Value, kind: &str) -> Result<()> {
    match header["type"].as_str() {
        Some("text") => length(&header["text"], "Header text", 1, 60),
        Some("image" | "video" | "document") if kind != "list" => Ok(()),
        _ => Err(MetaError::invalid("The header's type is not allowed for this message.")),
    }
}

fn buttons(action: &Value) -> Result<()> {
    let buttons = action["buttons"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !(1..=3).contains(&buttons.len()) {
        return Err(MetaError::invalid("Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3"));
    }
    let (mut ids, mut titles) = (HashSet::new(), HashSet::new());
    for button in buttons {
        let reply = &button["reply"];
        length(&reply["title"], "Button title", 1, 20)?;
        length(&reply["id"], "Button id", 1, 256)?;
        if !ids.insert(reply["id"].as_str()) || !titles.insert(reply["title"].as_str()) {
            return Err(MetaError::invalid("Duplicated id or title for buttons"));
        }
    }
    Ok(())
}

fn list(action: &Value) -> Result<()> {
    length(&action["button"], "Button label", 1, 20)?;
    let sections = action["sections"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !(1..=10).contains(&sections.len()) {
        return Err(MetaError::invalid("Invalid sections count. Min allowed sections: 1, Max allowed sections: 10"));
    }
    let mut ids = HashSet::new();
    let mut count = 0;
    for section in sections {
        if sections.len() > 1 || !section["title"].is_null() {
            length(&section["title"], "Section title", 1, 24)?;
        }
        let rows = section["rows"].as_array().map(Vec::as_slice).unwrap_or_default();
        if rows.is_empty() {
            return Err(MetaError::invalid("A section has no rows."));
        }
        for row in rows {
            count += 1;
            length(&row["id"], "Row id", 1, 200)?;
            length(&row["title"], "Row title", 1, 24)?;
            if !row["description"].is_null() {
                length(&row["description"], "Row description", 0, 72)?;
            }
            if !ids.insert(row["id"].as_str()) {
                return Err(MetaError::invalid("Duplicated id for rows"));
            }
        }
    }
    if count > 10 {
        return Err(MetaError::invalid("Total row count exceed max allowed count: 10"));
    }
    Ok(())
}

fn length(text: &Value, what: &str, shortest: usize, longest: usize) -> Result<()> {
    let count = text.as_str().map_or(0, |text| text.chars().count());
    if (shortest..=longest).contains(&count) {
        Ok(())
    } else {
        Err(MetaError::invalid(format!("{what} length invalid. Min length: {shortest}, Max length: {longest}")))
    }
}
