//! What Twilio keeps of messages, for whoever missed them.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::access::Caller;
use super::error::{Result, TwilioError};
use super::media::{card_sid, sid};
use super::send::{other, view};
use crate::network::Network;
use crate::network::payload::is_media;
use crate::number;
use crate::store::{apps, media, messages};

/// Messages of a page at most, and where nothing is said.
const MOST: i64 = 1000;
const USUAL: i64 = 50;

#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    #[serde(rename = "To")]
    to: Option<String>,
    #[serde(rename = "DateSent>")]
    since: Option<Timestamp>,
    #[serde(rename = "PageSize")]
    size: Option<i64>,
    #[serde(rename = "Page", default)]
    page: i64,
}

/// `GET …/Messages.json`, newest first: what people wrote to one of the account's numbers.
pub(crate) async fn messages(
    State(network): State<Arc<Network>>,
    Caller(app): Caller,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Value>> {
    let digits = wanted.to.as_deref().and_then(|to| to.strip_prefix("whatsapp:")).map(number::digits);
    let size = wanted.size.unwrap_or(USUAL).clamp(1, MOST);
    let page = wanted.page.clamp(0, 1_000_000);
    let mut db = network.store.reader.acquire().await?;
    let numbers = apps::numbers_of(&mut db, &app.id).await?;
    let Some(number) = numbers.iter().find(|number| digits.as_ref() == Some(&number.digits)) else {
        return Ok(Json(json!({"messages": [], "page": 0, "page_size": size, "next_page_uri": null})));
    };
    let since = wanted.since.map_or(0, Timestamp::as_millisecond);
    let found = messages::received(&mut db, &number.id, since, size + 1, page * size).await?;
    let more = i64::try_from(found.len()).unwrap_or(0) > size;
    let shown = usize::try_from(size).unwrap_or(0);
    let mut listed = Vec::with_capacity(shown);
    for message in found.iter().take(shown) {
        let other = other(&mut db, message).await?;
        listed.push(view(&app, number, message, &other));
    }
    let next = more.then(|| {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("To", wanted.to.as_deref().unwrap_or_default())
            .append_pair("DateSent>", &wanted.since.unwrap_or_default().to_string())
            .append_pair("PageSize", &size.to_string())
            .append_pair("Page", &(page + 1).to_string())
            .finish();
        format!("/2010-04-01/Accounts/{}/Messages.json?{query}", app.business_account_id)
    });
    Ok(Json(json!({"messages": listed, "page": page, "page_size": size, "next_page_uri": next})))
}

/// `GET …/Messages/{SID}/Media.json`
pub(crate) async fn files(
    State(network): State<Arc<Network>>,
    Caller(app): Caller,
    Path((_, message)): Path<(String, String)>,
) -> Result<Json<Value>> {
    let mut db = network.store.reader.acquire().await?;
    let found = messages::find(&mut db, &message).await?.ok_or_else(TwilioError::not_found)?;
    let number = apps::number(&mut db, &found.number_id).await?.filter(|number| number.app_id == app.id);
    number.ok_or_else(TwilioError::not_found)?;
    let file = |sid: String, mime_type: &str| {
        json!({"sid": sid, "parent_sid": message, "content_type": mime_type,
            "uri": format!("/2010-04-01/Accounts/{}/Messages/{message}/Media/{sid}.json", app.business_account_id)})
    };
    let mut listed = Vec::new();
    let content = found.content();
    if found.kind == "contacts" {
        listed.push(file(card_sid(), "text/vcard"));
    } else if let Some(id) = content["id"].as_str().filter(|_| is_media(&found.kind))
        && let Some(stored) = media::find(&mut db, id).await?
    {
        listed.push(file(sid(id), &stored.mime_type));
    }
    Ok(Json(json!({"media_list": listed})))
}
