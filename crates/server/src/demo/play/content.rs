//! What a message of a conversation holds, beyond its words.

use anyhow::{Context as _, Result};
use pronto_desk::failure;
use pronto_domain::inbound::ProviderError;
use pronto_domain::message::{Answer, Card, Content, Kind, OrderItem};
use pronto_domain::provider::Provider;
use pronto_domain::template::{ButtonKind, ShownButton};
use serde_json::json;

use super::super::script::Say;
use super::Failure;

/// What a message holds.
pub(super) struct Holds {
    pub(super) kind: Kind,
    pub(super) body: Option<String>,
    pub(super) content: Content,
    pub(super) raw: Option<String>,
}

/// What the marks and the words of a line come to; `text` is its filled text.
pub(super) fn of(say: &Say, text: String) -> Result<Holds> {
    let filled = Say { text: text.clone(), ..say.clone() };
    let part = |place| filled.part(place);
    let words = Some(text).filter(|text| !text.is_empty());
    for (mark, kind) in
        [("image", Kind::Image), ("voice", Kind::Voice), ("document", Kind::Document), ("sticker", Kind::Sticker)]
    {
        if say.has(mark) {
            return Ok(Holds { kind, body: words, content: Content::Media, raw: None });
        }
    }
    if say.has("location") {
        let place = part(0).context("no place")?;
        let (latitude, longitude) = place.split_once(',').context("a place has two numbers")?;
        let content = Content::Location {
            latitude: latitude.trim().parse()?,
            longitude: longitude.trim().parse()?,
            name: part(1),
            address: part(2),
        };
        return Ok(Holds { kind: Kind::Location, body: None, content, raw: None });
    }
    if say.has("card") {
        let card = Card {
            name: part(0).context("no name")?,
            phones: part(1).into_iter().collect(),
            emails: part(2).into_iter().collect(),
            organisation: part(3),
        };
        return Ok(Holds {
            kind: Kind::Contacts,
            body: None,
            content: Content::Contacts { cards: vec![card] },
            raw: None,
        });
    }
    if say.has("button") || say.has("list") {
        let title = part(0).context("no title")?;
        let id = Some(pronto_domain::search::words(&title).replace(' ', "_"));
        let kind = if say.has("button") { Kind::Button } else { Kind::Interactive };
        let content = Content::Reply { title: title.clone(), description: part(1), id };
        return Ok(Holds { kind, body: Some(title), content, raw: None });
    }
    if say.has("form") {
        let answers: Vec<Answer> = filled
            .text
            .split('|')
            .skip(1)
            .filter_map(|part| part.split_once('='))
            .map(|(key, value)| Answer { key: key.trim().to_owned(), value: value.trim().to_owned() })
            .collect();
        let response: serde_json::Map<String, serde_json::Value> =
            answers.iter().map(|answer| (answer.key.clone(), answer.value.clone().into())).collect();
        let raw = json!({ "type": "interactive", "interactive": { "type": "nfm_reply", "nfm_reply": {
            "name": "flow", "body": "Sent", "response_json": serde_json::Value::Object(response).to_string() } } });
        let content = Content::Form { name: part(0), answers };
        return Ok(Holds { kind: Kind::Interactive, body: None, content, raw: Some(raw.to_string()) });
    }
    if say.has("order") {
        return order(&filled);
    }
    if let Some(template) = say.mark("template") {
        let (name, language) = template.split_once('.').context("a template has a language")?;
        let reply =
            |text: &str| ShownButton { kind: ButtonKind::QuickReply, text: text.trim().to_owned(), value: None };
        let buttons = filled.text.split('|').skip(1).map(reply);
        let content = Content::Template {
            name: name.to_owned(),
            language: language.to_owned(),
            header: None,
            body: Vec::new(),
            footer: None,
            buttons: buttons.collect(),
        };
        return Ok(Holds { kind: Kind::Template, body: part(0), content, raw: None });
    }
    if let Some(name) = say.mark("unsupported") {
        let raw = json!({ "type": "unsupported", "unsupported": { "type": name }, "errors": [{ "code": 131_051,
            "title": "Message type unknown", "error_data": { "details": "Message type is currently not supported." } }] });
        let content = Content::Unsupported { name: name.to_owned() };
        return Ok(Holds { kind: Kind::Unsupported, body: None, content, raw: Some(raw.to_string()) });
    }
    Ok(Holds { kind: Kind::Text, body: words, content: Content::Text, raw: None })
}

/// `words | 2 x VEGA 89.00 EUR | …`
fn order(say: &Say) -> Result<Holds> {
    let mut items = Vec::new();
    for line in say.text.split('|').skip(1) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [quantity, _, product, price, currency] = words[..] else {
            anyhow::bail!("{line:?} is no line of an order")
        };
        items.push(OrderItem {
            product: product.to_owned(),
            quantity: quantity.parse()?,
            price: price.to_owned(),
            currency: currency.to_owned(),
        });
    }
    let text = say.part(0);
    let lines: Vec<_> = items
        .iter()
        .map(|item| json!({ "product_retailer_id": item.product, "quantity": item.quantity, "item_price": item.price, "currency": item.currency }))
        .collect();
    let raw = json!({ "type": "order", "order": { "catalog_id": "794250003", "text": text, "product_items": lines } });
    let content = Content::Order { text: text.clone(), items };
    Ok(Holds { kind: Kind::Order, body: text, content, raw: Some(raw.to_string()) })
}

/// The words a list shows for a message, as receiving it words them.
pub(super) fn words(body: &Option<String>, content: &Content, file: Option<&str>) -> String {
    let text = match (body, content) {
        (Some(text), _) => text.as_str(),
        (None, Content::Location { name: Some(name), .. }) => name,
        (None, Content::Contacts { cards }) => cards.first().map_or("", |card| card.name.as_str()),
        (None, _) => file.unwrap_or(""),
    };
    pronto_domain::message::preview(text)
}

/// A provider's refusal, in its own words.
pub(super) fn refusal(code: i64) -> Failure {
    let (title, detail) = match code {
        131_047 => (
            "Re-engagement message",
            "Message failed to send because more than 24 hours have passed since the customer last replied to this number.",
        ),
        131_026 => ("Message undeliverable", "Message Undeliverable."),
        _ => ("Something went wrong", "Message failed to send due to an unknown error."),
    };
    failure::of_provider(
        Provider::Meta,
        &ProviderError { code: code.into(), title: title.to_owned(), detail: Some(detail.to_owned()) },
    )
}
