//! `POST /2010-04-01/Accounts/{AC}/Messages.json`.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::access::Caller;
use super::contents;
use super::error::{Result, TwilioError, named};
use crate::meta::{content, recipient};
use crate::network::Network;
use crate::network::offer::{Accident, Offer};
use crate::network::outbound::Recipient;
use crate::network::payload::{is_media, parsed};
use crate::number;
use crate::store::apps::{self, AppRow, NumberRow};
use crate::store::messages::{self, MessageRow};
use crate::store::{Connection, Result as Stored, phones};
use crate::wire::{fields, hang_up, object};

/// Characters of a text.
const LONGEST: usize = 1600;

pub(crate) async fn create(State(network): State<Arc<Network>>, Caller(app): Caller, body: Bytes) -> Result<Response> {
    match network.accident() {
        Some(Accident::Status(status)) => return Err(TwilioError::with_status(status)),
        Some(Accident::Code(code)) => return Err(TwilioError::of_meta(code)),
        None => {}
    }
    let fields = fields(&body);
    let request = object(&fields);
    let mut act = network.begin().await?;
    let number = sender(act.db(), &app, &request).await?;
    let to = addressee(act.db(), &number, &request).await?;
    if fields.iter().filter(|(name, _)| name == "MediaUrl").count() > 1 {
        return Err(TwilioError::new(63_021, "A WhatsApp message has at most one file"));
    }
    let offer = if request["ContentSid"].is_string() {
        contents::offer(&mut act, &app, request).await?
    } else {
        offer(request)?
    };
    let message = match act.offer(&number, &to, offer, true).await? {
        Ok(message) => message,
        Err(_) => return Err(TwilioError::of_meta(131_047)),
    };
    act.commit().await?;
    if !network.about_to_answer(&message).await? {
        return Ok(hang_up());
    }
    Ok((StatusCode::CREATED, Json(view(&app, &number, &message, &format!("whatsapp:{}", to.input)))).into_response())
}

/// `GET …/Messages/{SID}.json`.
pub(crate) async fn show(
    State(network): State<Arc<Network>>,
    Caller(app): Caller,
    Path((_, sid)): Path<(String, String)>,
) -> Result<Json<Value>> {
    let mut db = network.store.reader.acquire().await?;
    let message = messages::find(&mut db, sid.trim_end_matches(".json")).await?.ok_or_else(TwilioError::not_found)?;
    let number = apps::number(&mut db, &message.number_id).await?.filter(|number| number.app_id == app.id);
    let number = number.ok_or_else(TwilioError::not_found)?;
    let other = other(&mut db, &message).await?;
    Ok(Json(view(&app, &number, &message, &other)))
}

async fn sender(db: &mut Connection, app: &AppRow, request: &Value) -> Result<NumberRow> {
    let from = request["From"].as_str().or(request["MessagingServiceSid"].as_str());
    let from =
        from.ok_or_else(|| TwilioError::new(21_603, "A 'From' or 'MessagingServiceSid' parameter is required"))?;
    let digits = from.strip_prefix("whatsapp:").map(number::digits);
    let numbers: Stored<Vec<NumberRow>> = apps::numbers_of(db, &app.id).await;
    let found = numbers?.into_iter().find(|number| number.id == from || digits.as_ref() == Some(&number.digits));
    found.ok_or_else(|| TwilioError::new(63_007, "Twilio could not find a Channel with the specified From address"))
}

async fn addressee(db: &mut Connection, number: &NumberRow, request: &Value) -> Result<Recipient> {
    let to = request["To"].as_str().ok_or_else(|| TwilioError::new(21_604, "A 'To' phone number is required."))?;
    let wrong = || TwilioError::new(21_211, format!("Invalid 'To' Phone Number: {to}"));
    let bare = to.strip_prefix("whatsapp:").ok_or_else(wrong)?;
    recipient::called(db, number, bare).await.map_err(|_| wrong())
}

/// The message in Meta's words.
fn offer(request: Value) -> Result<Offer> {
    let text = |name: &str| request[name].as_str().unwrap_or_default().to_owned();
    let (body, link, place) = (text("Body"), text("MediaUrl"), text("PersistentAction"));
    if body.chars().count() > LONGEST {
        return Err(TwilioError::new(
            21_617,
            format!("The concatenated message body exceeds the {LONGEST} character limit"),
        ));
    }
    let mut offer = Offer { request, ..Offer::default() };
    if !link.is_empty() {
        if !link.starts_with("https://") && !link.starts_with("http://") {
            return Err(TwilioError::new(21_620, "Invalid media URL"));
        }
        offer.kind = "media".to_owned();
        offer.content = json!({"link": link});
        if !body.is_empty() {
            offer.content["caption"] = json!(body);
        }
        offer.link = Some(link);
        offer.body = body;
        return Ok(offer);
    }
    let (kind, content) = if place.is_empty() {
        if body.trim().is_empty() {
            return Err(TwilioError::new(21_619, "A Message body, media URL or Content SID is required"));
        }
        ("text", json!({"body": body}))
    } else {
        ("location", location(&place).ok_or_else(|| TwilioError::new(63_021, "PersistentAction is not a place"))?)
    };
    let checked = content::check(&json!({"type": kind, kind: content}));
    let checked = checked.map_err(|_| TwilioError::new(63_021, "Channel invalid content error"))?;
    (offer.kind, offer.content, offer.body) = (checked.kind, checked.content, checked.body);
    Ok(offer)
}

/// `geo:45.46,9.19|Label`
fn location(action: &str) -> Option<Value> {
    let (place, label) = action.strip_prefix("geo:").map(|rest| rest.split_once('|').unwrap_or((rest, "")))?;
    let (latitude, longitude) = place.split_once(',')?;
    let (latitude, longitude): (f64, f64) = (latitude.trim().parse().ok()?, longitude.trim().parse().ok()?);
    let mut place = json!({"latitude": latitude, "longitude": longitude});
    if !label.is_empty() {
        place["name"] = json!(label);
    }
    Some(place)
}

/// Who is on the other side of a message.
pub(super) async fn other(db: &mut Connection, message: &MessageRow) -> Stored<String> {
    let person = match &message.phone_id {
        Some(phone) => phones::find(db, phone).await?,
        None => None,
    };
    Ok(match person {
        Some(phone) => format!("whatsapp:+{}", phone.number),
        None => format!("whatsapp:{}", message.recipient.as_deref().unwrap_or_default()),
    })
}

/// A message as Twilio shows it.
pub(super) fn view(app: &AppRow, number: &NumberRow, message: &MessageRow, other: &str) -> Value {
    let asked = message.request.as_deref().map(parsed).unwrap_or_default();
    let failed = message.error.as_deref().map(parsed).and_then(|error| error["code"].as_u64());
    let failed = failed.and_then(|code| u32::try_from(code).ok()).map(named);
    let inbound = message.sender == "phone";
    let status = match message.status.as_str() {
        _ if inbound => "received",
        "accepted" => "queued",
        "played" => "read",
        other => other,
    };
    let own = format!("whatsapp:+{}", number.digits);
    let theirs = other.to_owned();
    let with_file = is_media(&message.kind) || message.kind == "media";
    let uri = format!("/2010-04-01/Accounts/{}/Messages/{}", app.business_account_id, message.id);
    let at = Timestamp::from_millisecond(message.at).unwrap_or_default().to_zoned(TimeZone::UTC);
    let at = rfc2822::to_string(&at).unwrap_or_default();
    json!({
        "account_sid": app.business_account_id,
        "api_version": "2010-04-01",
        "body": asked["Body"].as_str().unwrap_or(&message.body),
        "date_created": at,
        "date_sent": at,
        "date_updated": at,
        "direction": if inbound { "inbound" } else { "outbound-api" },
        "error_code": failed.map(|(code, _)| code),
        "error_message": failed.map(|(_, message)| message),
        "from": if inbound { &theirs } else { &own },
        "messaging_service_sid": asked["MessagingServiceSid"],
        "num_media": if with_file { "1" } else { "0" },
        "num_segments": "1",
        "price": null,
        "price_unit": null,
        "sid": message.id,
        "status": status,
        "subresource_uris": {"media": format!("{uri}/Media.json")},
        "to": if inbound { &own } else { &theirs },
        "uri": format!("{uri}.json"),
    })
}
