//! `POST /{phone-number-id}/messages`.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::{Value, json};

use super::access::OwnNumber;
use super::content::{self, Checked};
use super::error::{MetaError, Result};
use super::{recipient, template_send};
use crate::clock;
use crate::faults::Statuses;
use crate::live::News;
use crate::network::outbound::{Accepted, Recipient};
use crate::network::{Act, Network};
use crate::store::apps::{AppRow, NumberRow};
use crate::store::messages::MessageRow;
use crate::store::{Connection, media, messages, phones};

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
    let (message, to) = accept(&mut act, &own.app, &own.number, request).await?;
    act.commit().await?;

    let faults = network.faults();
    if faults.statuses == Statuses::Early {
        network.until_settled(&message.id).await?;
    }
    if faults.answer_delay_ms > 0 {
        tokio::time::sleep(Duration::from_millis(faults.answer_delay_ms.into())).await;
    }
    if network.with_faults(|faults| faults.drop_after_accept.strikes()) {
        return Ok(hang_up());
    }
    Ok(Json(answer(&message, &to)).into_response())
}

/// The errors that are switched on.
fn refused_on_purpose(network: &Network) -> Result<()> {
    network.with_faults(|faults| {
        if let Some(status) = faults.send_status.strikes() {
            return Err(MetaError::code(131_000).with_status(u16::try_from(status).unwrap_or(500)));
        }
        if let Some(code) = faults.send_error.strikes() {
            return Err(MetaError::code(code));
        }
        if faults.rate_limit_130429.strikes() {
            return Err(MetaError::code(130_429));
        }
        if faults.pair_rate_131056.strikes() {
            return Err(MetaError::code(131_056));
        }
        Ok(())
    })
}

/// Checks a send and stores it.
async fn accept(
    act: &mut Act<'_>,
    app: &AppRow,
    number: &NumberRow,
    request: Value,
) -> Result<(MessageRow, Recipient)> {
    let network = act.network;
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

    let (blocked, last_user_at) = match &to.phone {
        Some(phone) => (
            phones::is_blocked(act.db(), &number.id, &phone.id).await?,
            phones::last_user_at(act.db(), &phone.id, &number.id).await?,
        ),
        None => (false, None),
    };
    let open = last_user_at.is_some_and(|at| at + clock::DAY > clock::now());
    let faults = network.faults();
    let mut doomed = blocked.then_some(131_026);
    let outside = to.phone.is_some() && checked.category.is_none() && (!open || faults.window_closed);
    if outside && !faults.window_error_late {
        return Err(MetaError::code(131_047));
    } else if outside {
        doomed = Some(131_047);
    }
    if let Some(code) = network.with_faults(|faults| faults.failed_status.strikes()) {
        doomed = Some(code);
    }
    let accepted = Accepted {
        kind: checked.kind,
        content: checked.content,
        body: checked.body,
        reply_to,
        opaque,
        pricing: pricing(checked.category.as_deref(), open),
        request,
        doomed,
        link,
    };
    let message = act.accept(number, &to, accepted).await?;
    Ok((message, to))
}

/// What the message costs: an open window makes all but marketing and authentication free.
fn pricing(category: Option<&str>, open: bool) -> Value {
    let category = category.unwrap_or("service").to_lowercase();
    let free = category == "service" || (category == "utility" && open);
    let kind = if free { "free_customer_service" } else { "regular" };
    json!({"billable": !free, "pricing_model": "PMP", "type": kind, "category": category})
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
async fn mark_read(network: &Network, number: &NumberRow, request: &Value) -> Result<Response> {
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
    let Some(phone) = message.phone_id.clone() else {
        return Err(MetaError::no_object(id));
    };
    for mut read in messages::unread_by_business(act.db(), &phone, &number.id, message.seq).await? {
        messages::set_status(act.db(), &mut read, "read", None).await?;
        act.tell(News::Message(read.id));
    }
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

/// An answer that never comes: a body that fails before its first byte makes the server close the connection
/// with the head still unsent.
fn hang_up() -> Response {
    let broken = stream::once(async { Err::<Bytes, _>(std::io::Error::other("dropped on purpose")) });
    (StatusCode::OK, Body::from_stream(broken)).into_response()
}
