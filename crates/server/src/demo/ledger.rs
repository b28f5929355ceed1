//! The ledger's latest pages: what the provider delivered for today's messages, and two deliveries that came to
//! nothing.

use std::collections::BTreeMap;

use pronto_domain::message::Direction;
use pronto_store as store;
use serde_json::{Value, json};
use store::delivery::Outcome;
use store::history::{Address, Delivery};

use super::company::Company;
use super::number::Rows;
use super::play::MINUTE;
use super::random::Random;

/// Deliveries that held a message.
const LATEST: usize = 80;
const NUMBER: &str = "100000000000001";

pub(super) fn deliveries(rows: &Rows, company: &Company, now: i64) -> Vec<Delivery> {
    let mut random = Random::new(11);
    let people: BTreeMap<i64, &Address> = rows.addresses.iter().map(|address| (address.id, address)).collect();
    let plain = |message: &&store::history::Message| {
        message.direction == Direction::In.as_str() && message.kind == "text" && message.shown
    };
    let mut made: Vec<Delivery> = Vec::with_capacity(LATEST + 2);
    for message in rows.messages.iter().rev().filter(plain).take(LATEST) {
        let Some(person) = people.get(&message.address_id) else { continue };
        let id = message.provider_id.as_deref().unwrap_or_default();
        let mut item = json!({ "from_user_id": person.user_id, "id": id, "type": "text",
            "timestamp": (message.sent_at.unwrap_or(message.created_at) / 1_000).to_string(),
            "text": { "body": message.body } });
        let mut contact = json!({ "profile": { "name": person.profile_name }, "user_id": person.user_id });
        if let Some(digits) = &person.digits {
            item["from"] = json!(digits);
            contact["wa_id"] = json!(digits);
        }
        let body = body(
            "messages",
            json!({ "messaging_product": "whatsapp",
            "metadata": { "display_phone_number": "390255501234", "phone_number_id": NUMBER },
            "contacts": [contact], "messages": [item] }),
        );
        made.push(delivery(&mut random, company, message.created_at, &body, "applied", None));
    }
    made.push(unknown_number(&mut random, company, now - 47 * MINUTE));
    made.push(not_acted_upon(&mut random, company, now - 191 * MINUTE));
    made.sort_by_key(|delivery| delivery.received_at);
    made
}

fn unknown_number(random: &mut Random, company: &Company, at: i64) -> Delivery {
    let number = "100000000000009";
    let id = "wamid.HBgMMzkzNDg1NTUwMTE3FQIAEhgUM0E5RDE3QjJGNEU4QzYwMTk1RDcA";
    let body = body(
        "messages",
        json!({ "messaging_product": "whatsapp",
        "metadata": { "display_phone_number": "390255509876", "phone_number_id": number },
        "contacts": [{ "profile": { "name": "Piero Sala" }, "wa_id": "393485550117" }],
        "messages": [{ "from": "393485550117", "id": id, "type": "text", "timestamp": (at / 1_000).to_string(),
            "text": { "body": "Buongiorno, è questo il numero nuovo dell'outlet?" } }] }),
    );
    let reason = format!("unknown number: no account has phone number id {number}");
    let outcome = Outcome { item: format!("message {id}"), outcome: "failed".to_owned(), detail: Some(reason.clone()) };
    Delivery { outcomes: Some(vec![outcome]), ..delivery(random, company, at, &body, "failed", Some(reason)) }
}

fn not_acted_upon(random: &mut Random, company: &Company, at: i64) -> Delivery {
    let body = body(
        "message_template_status_update",
        json!({ "event": "APPROVED", "message_template_id": 594_425_479_261_i64,
        "message_template_name": "order_shipped", "message_template_language": "it", "reason": "NONE" }),
    );
    let item = "event message_template_status_update APPROVED".to_owned();
    let reason = "kept; nothing acts on it".to_owned();
    let outcome = Outcome { item, outcome: "ignored".to_owned(), detail: Some(reason.clone()) };
    Delivery { outcomes: Some(vec![outcome]), ..delivery(random, company, at, &body, "ignored", Some(reason)) }
}

fn body(field: &str, value: Value) -> String {
    json!({ "object": "whatsapp_business_account",
        "entry": [{ "id": "200000000000001", "changes": [{ "field": field, "value": value }] }] })
    .to_string()
}

fn delivery(
    random: &mut Random,
    company: &Company,
    at: i64,
    body: &str,
    state: &'static str,
    reason: Option<String>,
) -> Delivery {
    let signature: String = (0..4).map(|_| format!("{:016x}", random.next())).collect();
    Delivery {
        account_id: company.account.0,
        received_at: at,
        headers: BTreeMap::from([
            ("content-type", "application/json".to_owned()),
            ("user-agent", "facebookexternalua".to_owned()),
            ("x-hub-signature-256", format!("sha256={signature}")),
        ]),
        body: body.to_owned(),
        size: body.len(),
        state,
        reason,
        updates: 1,
        outcomes: None,
        applied_at: at + random.between(4, 30),
    }
}
