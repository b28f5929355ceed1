//! The other end of the conversations: the phones of those who have one in the simulator, and of everybody who waits
//! for an answer, know what was written, so that answers reach them.

use std::collections::BTreeMap;

use pronto_domain::message::{Card, Content};
use pronto_simulator::{Seed, SeedChat, SeedFile, SeedMessage, SeedPhone};
use pronto_store as store;
use serde_json::{Value, json};
use store::history::{Address, Message};

use super::media::File;
use super::number::Rows;

const NUMBER: &str = "100000000000001";
/// Of a long chat, so many of the latest messages.
const LATEST: usize = 60;

/// Beside a message: its id at the provider, and its file.
struct Beside<'a> {
    sent_as: BTreeMap<i64, &'a str>,
    files: BTreeMap<i64, &'static File>,
}

/// Puts the demo's phones and chats into what a new network starts with.
pub(super) fn seed(rows: &Rows, seed: &mut Seed) {
    let at: BTreeMap<&str, &'static File> = rows.files.iter().map(|(path, file)| (path.as_str(), *file)).collect();
    let beside = Beside {
        sent_as: rows
            .attempts
            .iter()
            .filter_map(|attempt| Some((attempt.message_id, attempt.provider_id.as_deref()?)))
            .collect(),
        files: rows
            .attachments
            .iter()
            .filter_map(|attachment| Some((attachment.message_id, *at.get(attachment.path.as_str())?)))
            .collect(),
    };
    for address in &rows.addresses {
        let known = seed.phones.iter_mut().find(|phone| belongs(phone, address));
        let open = rows.interactions.iter().find(|row| row.address_id == address.id && row.state != "closed");
        let phone = match (known, open) {
            (Some(phone), _) => {
                phone.user_id.clone_from(&address.user_id);
                phone.id.clone()
            }
            (None, Some(_)) => {
                let phone = backstage(address);
                let id = phone.id.clone();
                seed.phones.push(phone);
                id
            }
            (None, None) => continue,
        };
        let mut messages: Vec<SeedMessage> = rows
            .messages
            .iter()
            .rev()
            .filter(|message| message.address_id == address.id)
            .filter_map(|message| said(message, rows, &beside))
            .take(LATEST)
            .collect();
        messages.reverse();
        seed.chats.push(SeedChat {
            phone,
            phone_number_id: NUMBER.to_owned(),
            last_user_at: address.latest_inbound_at.unwrap_or(address.created_at),
            messages,
        });
    }
}

/// Whether the phone is that of the address: by number, or by name where that is hidden.
fn belongs(phone: &SeedPhone, address: &Address) -> bool {
    match &address.digits {
        Some(digits) => phone.number.chars().filter(char::is_ascii_digit).eq(digits.chars()),
        None => phone.username == address.username,
    }
}

/// The phone of somebody who is not on the page.
fn backstage(address: &Address) -> SeedPhone {
    SeedPhone {
        id: format!("customer-{}", address.id),
        name: address.profile_name.clone().unwrap_or_default(),
        number: address.digits.as_ref().map(|digits| format!("+{digits}")).unwrap_or_default(),
        username: address.username.clone(),
        hidden_number: address.digits.is_none(),
        user_id: address.user_id.clone(),
        backstage: true,
    }
}

/// What the phone shows of a message; nothing of what it never got.
fn said(message: &Message, rows: &Rows, beside: &Beside<'_>) -> Option<SeedMessage> {
    let by_business = match message.direction {
        "in" => false,
        "out" => true,
        _ => return None,
    };
    if !message.shown || matches!(message.status, Some("failed" | "unknown")) {
        return None;
    }
    let id = message.provider_id.as_deref().or_else(|| beside.sent_as.get(&message.id).copied())?;
    let file = beside.files.get(&message.id).copied();
    let (kind, content) = content(message, file)?;
    let row = rows.interactions.iter().find(|row| row.id == message.interaction_id)?;
    let heard = if message.id <= row.read_through { "read" } else { "delivered" };
    let reaction = |by: &str| {
        let reactions = message.reactions.as_deref().unwrap_or_default();
        reactions.iter().find(|reaction| reaction.by == by).map(|reaction| reaction.emoji.clone())
    };
    let quoted = message.reply_to_id.and_then(|id| {
        let ours = beside.sent_as.get(&id).map(|id| (*id).to_owned());
        ours.or_else(|| rows.messages.iter().find(|other| other.id == id).and_then(|other| other.provider_id.clone()))
    });
    Some(SeedMessage {
        id: id.to_owned(),
        by_business,
        kind: kind.to_owned(),
        content,
        file: file.map(|file| SeedFile {
            mime_type: file.mime.to_owned(),
            name: file.name.map(str::to_owned),
            bytes: file.bytes.to_vec(),
        }),
        reply_to: quoted,
        at: message.thread_at,
        status: message.status.unwrap_or(heard).to_owned(),
        reaction_of_phone: reaction("customer"),
        reaction_of_business: reaction("agent"),
        edited: message.edited_at.is_some(),
        deleted: message.deleted_at.is_some(),
    })
}

/// In Meta's words.
fn content(message: &Message, file: Option<&File>) -> Option<(&'static str, Value)> {
    if let Some(file) = file {
        let kind = if message.kind == "voice" { "audio" } else { message.kind };
        let mut content = json!({ "mime_type": file.mime });
        for (key, value) in [("caption", message.body.as_deref()), ("filename", file.name)] {
            if let Some(value) = value {
                content[key] = json!(value);
            }
        }
        if message.kind == "voice" {
            content["voice"] = json!(true);
        }
        return Some((kind, content));
    }
    Some(match &message.content {
        Content::Location { latitude, longitude, name, address } => {
            ("location", json!({ "latitude": latitude, "longitude": longitude, "name": name, "address": address }))
        }
        Content::Contacts { cards } => ("contacts", cards.iter().map(card).collect()),
        Content::Reply { title, id, .. } if message.kind == "button" => {
            ("button", json!({ "text": title, "payload": id }))
        }
        Content::Reply { title, description, id } => {
            let reply = json!({ "id": id, "title": title, "description": description });
            ("interactive", json!({ "type": "list_reply", "list_reply": reply }))
        }
        Content::Form { name, .. } => {
            ("interactive", json!({ "type": "nfm_reply", "nfm_reply": { "name": name, "body": name } }))
        }
        Content::Order { text, items } => {
            let items: Vec<Value> = items
                .iter()
                .map(|item| {
                    json!({ "product_retailer_id": item.product, "quantity": item.quantity, "item_price": item.price,
                            "currency": item.currency })
                })
                .collect();
            ("order", json!({ "catalog_id": "794250003", "text": text, "product_items": items }))
        }
        Content::Template { name, language, buttons, .. } => {
            let buttons: Vec<Value> = buttons
                .iter()
                .map(|button| json!({ "type": "QUICK_REPLY", "text": button.text, "payload": button.text }))
                .collect();
            let rendered = json!({ "body": message.body, "buttons": buttons });
            ("template", json!({ "name": name, "language": { "code": language }, "rendered": rendered }))
        }
        Content::Text | Content::Filled { .. } => ("text", json!({ "body": message.body })),
        _ => return None,
    })
}

fn card(card: &Card) -> Value {
    let phones: Vec<Value> = card.phones.iter().map(|phone| json!({ "phone": phone, "type": "WORK" })).collect();
    let emails: Vec<Value> = card.emails.iter().map(|email| json!({ "email": email })).collect();
    json!({ "name": { "formatted_name": card.name, "first_name": card.name }, "phones": phones, "emails": emails,
            "org": { "company": card.organisation } })
}
