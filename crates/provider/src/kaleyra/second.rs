//! A callback of V2: Meta's own value, with what Kaleyra adds.

use pronto_domain::inbound::{Batch, Media, Update};
use serde_json::Value;

use super::callback::{reference, state};
use crate::meta;
use crate::trouble::Malformed;

/// The messages and statuses within, with the file and the ids that Kaleyra names beside them.
pub(super) fn read(whole: &Value) -> Result<Batch, Malformed> {
    let text = |path: &str| whole.pointer(path).and_then(Value::as_str).filter(|text| !text.is_empty());
    let object = whole.get("meta_object").unwrap_or(&Value::Null);
    let field = object.get("field").and_then(Value::as_str).unwrap_or("messages");
    let value = object.get("value").unwrap_or(object).to_string();
    let mut batch = meta::read_value(field, &value)?;
    let beside = text("/extra_info/media_url");
    let reference = reference(whole);
    let id = text("/message_id").or(text("/extra_info/message_id"));
    let one_status = batch.items.iter().filter(|item| matches!(item.update, Update::Status(_))).count() == 1;
    for item in &mut batch.items {
        // Which of our numbers it is for, the address of the callback says.
        item.number = None;
        match &mut item.update {
            Update::Message(message) => {
                if let Some(media) = &mut message.media {
                    fetch_from(media, beside);
                }
                if message.reply_to.is_none() {
                    message.reply_to = text("/extra_info/reply_to").map(str::to_owned);
                }
            }
            // The id within may be another than the one we were given.
            Update::Status(status) if one_status => {
                if let Some(id) = id {
                    id.clone_into(&mut status.provider_id);
                }
                status.opaque = reference.clone().or(status.opaque.take());
                if let Some(told) = text("/status").and_then(state) {
                    status.state = status.state.join(told);
                }
            }
            Update::Status(_) | Update::Event(_) => {}
        }
    }
    Ok(batch)
}

/// Meta's id of a file is nothing that Kaleyra's key opens: its copy is fetched.
fn fetch_from(media: &mut Media, beside: Option<&str>) {
    if let Some(url) = beside {
        media.id = None;
        media.url = Some(url.to_owned());
    }
}
