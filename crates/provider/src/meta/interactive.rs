//! Buttons and lists of ours. Limits: WhatsApp's table of interactive messages.

use pronto_domain::outbound::{Choice, Section};
use serde_json::{Map, Value, json};

use crate::trouble::{Unsendable, at_most, fits, some_text};

/// Buttons under one text.
pub const BUTTON_COUNT: usize = 3;
/// Rows of a list over all its sections; as many sections at most.
pub const ROW_COUNT: usize = 10;

pub(super) fn buttons(text: &str, footer: Option<&str>, buttons: &[Choice]) -> Result<Value, Unsendable> {
    some_text("text", text, 1024)?;
    if buttons.is_empty() {
        return Err(Unsendable::Empty { field: "buttons" });
    }
    fits("buttons", buttons.len(), BUTTON_COUNT)?;
    let mut made = Vec::with_capacity(buttons.len());
    for button in buttons {
        some_text("button title", &button.title, 20)?;
        some_text("button id", &button.id, 256)?;
        made.push(json!({ "type": "reply", "reply": { "id": button.id, "title": button.title } }));
    }
    whole("button", text, footer, json!({ "buttons": made }))
}

pub(super) fn list(text: &str, footer: Option<&str>, button: &str, sections: &[Section]) -> Result<Value, Unsendable> {
    some_text("text", text, 4096)?;
    some_text("list button", button, 20)?;
    let rows: usize = sections.iter().map(|section| section.rows.len()).sum();
    if rows == 0 {
        return Err(Unsendable::Empty { field: "rows" });
    }
    fits("sections", sections.len(), ROW_COUNT)?;
    fits("rows", rows, ROW_COUNT)?;
    let made = sections.iter().map(|one| section(one, sections.len() > 1)).collect::<Result<Vec<_>, _>>()?;
    whole("list", text, footer, json!({ "button": button, "sections": made }))
}

fn section(section: &Section, titled: bool) -> Result<Value, Unsendable> {
    let mut object = Map::new();
    match section.title.as_deref().filter(|title| !title.is_empty()) {
        Some(title) => {
            at_most("section title", title, 24)?;
            object.insert("title".into(), title.into());
        }
        // Meta wants a title as soon as there are two sections.
        None if titled => return Err(Unsendable::Empty { field: "section title" }),
        None => {}
    }
    let mut rows = Vec::with_capacity(section.rows.len());
    for row in &section.rows {
        some_text("row title", &row.title, 24)?;
        some_text("row id", &row.id, 200)?;
        let mut made =
            Map::from_iter([("id".to_owned(), row.id.as_str().into()), ("title".into(), row.title.as_str().into())]);
        if let Some(text) = row.description.as_deref().filter(|text| !text.is_empty()) {
            at_most("row description", text, 72)?;
            made.insert("description".into(), text.into());
        }
        rows.push(Value::Object(made));
    }
    object.insert("rows".into(), rows.into());
    Ok(Value::Object(object))
}

fn whole(kind: &str, text: &str, footer: Option<&str>, action: Value) -> Result<Value, Unsendable> {
    let mut object = json!({ "type": kind, "body": { "text": text }, "action": action });
    if let Some(footer) = footer.filter(|text| !text.is_empty()) {
        at_most("footer", footer, 60)?;
        object["footer"] = json!({ "text": footer });
    }
    Ok(object)
}
