//! What Meta refuses about the header of a template.

use serde_json::Value;

use super::error::{MetaError, Result};
use super::template_rules::{numbered, variables};
use super::uploads::header_of;
use crate::store::apps::AppRow;
use crate::store::templates::TemplateRow;
use crate::store::{Connection, uploads};

fn refused(text: impl Into<String>) -> MetaError {
    MetaError::template(2_388_047, "Message header is wrong", text)
}

pub(super) fn check(component: &Value, named: bool) -> Result<()> {
    match component["format"].as_str().unwrap_or_default() {
        "TEXT" => text(component, named),
        "IMAGE" | "VIDEO" | "DOCUMENT" if handle(component).is_none() => {
            Err(refused("A header with a file needs an example file."))
        }
        "IMAGE" | "VIDEO" | "DOCUMENT" | "LOCATION" => Ok(()),
        _ => Err(refused("The header's format is TEXT, IMAGE, VIDEO, DOCUMENT or LOCATION.")),
    }
}

fn text(component: &Value, named: bool) -> Result<()> {
    let text = component["text"].as_str().unwrap_or_default();
    if text.is_empty() || text.chars().count() > 60 {
        return Err(refused("The header has between 1 and 60 characters."));
    }
    let found = variables(text);
    if found.len() > 1 {
        return Err(refused("The header can have one variable."));
    }
    // The name of a variable may have underscores.
    if found.iter().fold(text.to_owned(), |text, variable| variable.without(&text)).contains(['\n', '*', '_', '~', '`'])
    {
        return Err(refused("The header cannot have new lines or formatting."));
    }
    numbered(&found, named)?;
    let example = &component["example"];
    if !found.is_empty() && example["header_text"].is_null() && example["header_text_named_params"].is_null() {
        return Err(refused("The header has a variable and needs an example."));
    }
    Ok(())
}

/// Refuses a sample that was never uploaded, or whose kind is not the header's. What the template has already may
/// stay.
pub(super) async fn check_sample(
    db: &mut Connection,
    app: &AppRow,
    components: &[Value],
    before: Option<&TemplateRow>,
) -> Result<()> {
    let Some((format, wanted)) = sample(components) else { return Ok(()) };
    let before = before.map(TemplateRow::submitted).unwrap_or_default();
    if sample(&before) == Some((format, wanted)) {
        return Ok(());
    }
    let Some(known) = uploads::sample(db, &app.id, wanted).await? else {
        return Err(refused("The header's example file is not a handle that an upload was answered with."));
    };
    if header_of(&known.file_type) == Some(format) {
        Ok(())
    } else {
        Err(refused(format!("A file of type {} is no example of a header of format {format}.", known.file_type)))
    }
}

/// The format of a header with a file, and the handle of its sample.
fn sample(components: &[Value]) -> Option<(&str, &str)> {
    let header = components
        .iter()
        .find(|component| component["type"].as_str().is_some_and(|kind| kind.eq_ignore_ascii_case("HEADER")))?;
    let format = header["format"].as_str().filter(|format| matches!(*format, "IMAGE" | "VIDEO" | "DOCUMENT"))?;
    Some((format, handle(header)?))
}

fn handle(component: &Value) -> Option<&str> {
    component["example"]["header_handle"].as_array()?.first()?.as_str()
}
