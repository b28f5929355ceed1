//! `POST /{phone-number-id}/messages`.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::access::OwnNumber;
use super::content::{self, Checked};
use super::error::{MetaError, Result};
use super::{recipient, template_send};
use crate::clock;
use crate::live::News;
use crate::network::offer::{Accident, Offer, Shut};
use crate::network::outbound::Recipient;
use crate::network::{Act, Network};
use crate::store::apps::{AppRow, NumberRow};
use crate::store::messages::MessageRow;
use crate::store::{Connection, media, messages};
use crate::wire::hang_up;

const OPAQUE_LONGEST: usize = 512;

pub(crate) async fn messages(State(network): State<Arc<Network>>, own: OwnNumber, body: Bytes) -> Result<Response> {
    let request: Value =
        serde_json::from_slice(&body).map_err(|error| MetaError::parameter(format!("Invalid JSON: {error}")))?;
    if request["messaging_product"] != "whatsapp" {
        return Err(MetaError::parameter("The parameter messaging_product is required."));
    }
    if request["status"] == "read" {
        return mark_read(&network, &own.number, &request).await;
    }
    refused_on_purpose(&network)?;
    if !own.number.registered {
        return Err(MetaError::code(133_010));
    }
    let mut act = network.begin().await?;
    let late = network.with_faults(|faults| faults.window_error_late);
    let (message, to) = accept(&mut act, &own.app, &own.number, request, late).await?;
    act.commit().await?;
    if !network.about_to_answer(&message).await? {
        return Ok(hang_up());
    }
    Ok(Json(answer(&message, &to)).into_response())
}

/// The errors that are switched on.
fn refused_on_purpose(network: &Network) -> Result<()> {
    match network.accident() {
        Some(Accident::Status(status)) => Err(MetaError::code(131_000).with_status(status)),
        Some(Accident::Code(code)) => Err(MetaError::code(code)),
        None => Ok(()),
    }
}

/// Checks a send and stores it. `late` has a shut window show afterwards only.
pub(crate) async fn accept(
    act: &mut Act<'_>,
    app: &AppRow,
    number: &NumberRow,
    request: Value,
    late: bool,
) -> Result<(MessageRow, Recipient)> {
    let to = recipient::of(act.db(), number, &request).await?;
    let opaque = request["biz_opaque_callback_data"].as_str().map(str::to_owned);
    if opaque.as_ref().is_some_and(|opaque| opaque.chars().count() > OPAQUE_LONGEST) {
        return Err(MetaError::parameter(format!(
            "Param biz_opaque_callback_data must be at most {OPAQUE_LONGEST} characters long."
        )));
    }
    let checked = if request["type"] == "template" {
        template_send::check(act.db(), app, &request).await?
    } else {
        content::check(&request)?
    };
    if checked.category.as_deref() == Some("AUTHENTICATION") && to.address.contains('.') {
        return Err(MetaError::code(131_062));
    }
    let reply_to = quoted(act.db(), number, &request).await?;
    if checked.kind == "reaction" {
        reactable(act.db(), number, &checked).await?;
    }
    let link = uploaded(act.db(), app, &checked).await?;

    let offer = Offer {
        kind: checked.kind,
        content: checked.content,
        body: checked.body,
        category: checked.category,
        reply_to,
        opaque,
        request,
        link,
        doomed: None,
    };
    match act.offer(number, &to, offer, late).await? {
        Ok(message) => Ok((message, to)),
        Err(Shut) => Err(MetaError::code(131_047)),
    }
}

async fn quoted(db: &mut Connection, number: &NumberRow, request: &Value) -> Result<Option<String>> {
    let Some(context) = request.get("context").filter(|context| !context.is_null()) else {
        return Ok(None);
    };
    let Some(id) = context["message_id"].as_str() else {
        return Err(MetaError::missing("context['message_id']"));
    };
    match messages::find(db, id).await? {
        Some(message) if message.number_id == number.id => Ok(Some(id.to_owned())),
        _ => Err(MetaError::invalid("context['message_id'] is not a message of this conversation.")),
    }
}

/// A reaction needs a message that is young enough, still there, and not a reaction itself.
async fn reactable(db: &mut Connection, number: &NumberRow, checked: &Checked) -> Result<()> {
    let id = checked.content["message_id"].as_str().unwrap_or_default();
    let target = messages::find(db, id).await?.filter(|message| message.number_id == number.id);
    match target {
        Some(target) if !target.deleted && target.kind != "reaction" && clock::now() - target.at < 30 * clock::DAY => {
            Ok(())
        }
        _ => Err(MetaError::invalid(
            "The message to react to does not exist, is deleted, is a reaction or is older than 30 days.",
        )),
    }
}

/// Checks that uploaded files exist; returns the address of one that has to be fetched.
async fn uploaded(db: &mut Connection, app: &AppRow, checked: &Checked) -> Result<Option<String>> {
    let Some(file) = &checked.media else {
        return Ok(None);
    };
    match (file["id"].as_str(), file["link"].as_str()) {
        (Some(id), _) => match media::find(db, id).await? {
            Some(media) if media.app_id.as_deref().is_none_or(|owner| owner == app.id) => {
                super::media::goes_as(&checked.kind, checked.content["voice"] == true, &media)?;
                Ok(None)
            }
            _ => Err(MetaError::parameter(format!(
                "Param {}['id'] is not a valid whatsapp business account media attachment ID",
                checked.kind
            ))),
        },
        (None, Some(link)) => Ok(Some(link.to_owned())),
        (None, None) => Err(MetaError::missing("id or link")),
    }
}

/// A read receipt, and the sign that an answer is being written.
pub(crate) async fn mark_read(network: &Network, number: &NumberRow, request: &Value) -> Result<Response> {
    let Some(id) = request["message_id"].as_str() else {
        return Err(MetaError::missing("message_id"));
    };
    let mut act = network.begin().await?;
    let message = messages::find(act.db(), id)
        .await?
        .filter(|message| message.number_id == number.id && message.sender == "phone");
    let Some(message) = message else {
        return Err(MetaError::invalid("message_id is not a message this number has received."));
    };
    let Some(phone) = act.read_by_business(number, &message).await? else {
        return Err(MetaError::no_object(id));
    };
    if request.get("typing_indicator").is_some_and(|typing| !typing.is_null()) {
        if request["typing_indicator"]["type"] != "text" {
            return Err(MetaError::invalid("typing_indicator['type'] must be text."));
        }
        act.tell(News::Typing { phone, number: number.id.clone() });
    }
    act.commit().await?;
    Ok(Json(json!({"success": true})).into_response())
}

fn answer(message: &MessageRow, to: &Recipient) -> Value {
    let mut contact = json!({"input": to.input});
    match &to.phone {
        Some(phone) => {
            contact["user_id"] = json!(phone.user_id);
            if let Some(wa_id) = phone.wa_id() {
                contact["wa_id"] = json!(wa_id);
            }
        }
        None => contact["wa_id"] = json!(to.address),
    }
    let mut sent = json!({"id": message.id});
    if message.kind == "template" {
        sent["message_status"] = json!("accepted");
    }
    json!({"messaging_product": "whatsapp", "contacts": [contact], "messages": [sent]})
}
