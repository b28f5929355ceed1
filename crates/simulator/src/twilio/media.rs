//! Files that people sent: Twilio's own address redirects to a store that wants no credentials.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::access::Caller;
use super::error::{Result, TwilioError};
use crate::network::Network;
use crate::network::payload::is_media;
use crate::store::{apps, messages};

/// A file's SID: its id filled up with zeros.
pub(crate) fn sid(id: &str) -> String {
    format!("ME{id:0>32}")
}

/// Where the cards of a message stand as a file; there are no others of its own.
pub(crate) fn card_sid() -> String {
    sid("")
}

pub(crate) async fn redirect(
    State(network): State<Arc<Network>>,
    Caller(app): Caller,
    Path((_, message, media)): Path<(String, String, String)>,
) -> Result<Response> {
    if network.with_faults(|faults| faults.media_fail.strikes()) {
        return Err(TwilioError::with_status(500));
    }
    let mut db = network.store.reader.acquire().await?;
    let found = messages::find(&mut db, &message).await?.ok_or_else(TwilioError::not_found)?;
    let number = apps::number(&mut db, &found.number_id).await?.filter(|number| number.app_id == app.id);
    number.ok_or_else(TwilioError::not_found)?;
    let id = if media == card_sid() && found.kind == "contacts" {
        message
    } else {
        let content = found.content();
        let id = content["id"].as_str().filter(|id| is_media(&found.kind) && sid(id) == media);
        id.ok_or_else(TwilioError::not_found)?.to_owned()
    };
    let address = format!("{}/simulator/twilio/cdn/{}/{id}", network.public_base, network.pass(&id));
    Ok((StatusCode::TEMPORARY_REDIRECT, [(LOCATION, address)]).into_response())
}

/// The store. As the real one, it refuses whoever brings credentials of somebody else's.
pub(crate) async fn stored(
    State(network): State<Arc<Network>>,
    Path((pass, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response> {
    if headers.contains_key(AUTHORIZATION) {
        return Ok((StatusCode::BAD_REQUEST, "Only one auth mechanism allowed").into_response());
    }
    if !network.lets_in(&id, &pass) {
        return Ok(StatusCode::FORBIDDEN.into_response());
    }
    if let Some((mime_type, bytes)) = network.file(&id).await? {
        return Ok(([(CONTENT_TYPE, mime_type)], bytes).into_response());
    }
    let mut db = network.store.reader.acquire().await?;
    let found = messages::find(&mut db, &id).await?.ok_or_else(TwilioError::not_found)?;
    Ok(([(CONTENT_TYPE, "text/vcard")], cards(&found.content())).into_response())
}

/// Contact cards in a file.
fn cards(content: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().replace(['\r', '\n'], " ");
    let mut file = String::new();
    for card in content.as_array().into_iter().flatten() {
        let name = text(&card["name"]["formatted_name"]);
        file.push_str(&format!("BEGIN:VCARD\r\nVERSION:3.0\r\nN:;{name};;;\r\nFN:{name}\r\n"));
        for phone in card["phones"].as_array().into_iter().flatten() {
            file.push_str(&format!("TEL;type=CELL:{}\r\n", text(&phone["phone"])));
        }
        file.push_str("END:VCARD\r\n");
    }
    file
}
