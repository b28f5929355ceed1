//! What a message says, in the page: each kind as the thread shows it, and its files.

use pronto_domain::message::{Answer, Card, Content, OrderItem};
use pronto_domain::template::{ShownButton, ShownHeader};

use super::html::{Page, escaped};
use super::{File, Item, Missing};
use crate::view::Message;

pub(super) fn content(page: &Page, message: &Message) -> String {
    let text = message.text.as_deref().filter(|text| !text.is_empty());
    let structured = match &message.content {
        Content::Location { latitude, longitude, name, address } => {
            let name = name.as_deref().map_or_else(|| page.said("conversation_location"), escaped);
            let address = address.as_deref().map(escaped).unwrap_or_default();
            lines(&[format!("<b>{name}</b>"), address, format!("{latitude:.5}, {longitude:.5}")])
        }
        Content::Contacts { cards } => cards.iter().map(card).collect(),
        Content::Reply { title, description, .. } => {
            lines(&[format!("<b>{}</b>", escaped(title)), description.as_deref().map(escaped).unwrap_or_default()])
        }
        Content::Form { name, answers } => form(page, name.as_deref(), answers),
        Content::Order { items, .. } => order(page, items),
        Content::Template { header, footer, buttons, .. } => {
            return template(header.as_ref(), text, footer.as_deref(), buttons);
        }
        Content::Unsupported { name } => unsupported(page, name),
        Content::Text
        | Content::Filled { .. }
        | Content::Erased
        | Content::Media
        | Content::Note { .. }
        | Content::System { .. } => String::new(),
    };
    if message.kind == "call" {
        return lines(&[page.said("conversation_call")]);
    }
    match text {
        Some(text) if !matches!(message.content, Content::Reply { .. }) => structured + &said(text),
        _ => structured,
    }
}

/// What somebody wrote, line for line.
fn said(text: &str) -> String {
    format!("<div class=\"text\" dir=\"auto\">{}</div>\n", escaped(text))
}

/// Lines that are markup already; empty ones are left out.
fn lines(all: &[String]) -> String {
    let all: Vec<&str> = all.iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
    format!("<div dir=\"auto\">{}</div>\n", all.join("<br>"))
}

fn card(card: &Card) -> String {
    let mut all = vec![format!("<b>{}</b>", escaped(&card.name))];
    all.extend(card.organisation.as_deref().map(escaped));
    all.extend(card.phones.iter().chain(&card.emails).map(|reach| escaped(reach)));
    lines(&all)
}

fn form(page: &Page, name: Option<&str>, answers: &[Answer]) -> String {
    let name = name.map_or_else(|| page.said("conversation_form"), escaped);
    let answers: String = answers
        .iter()
        .map(|answer| format!("<dt>{}</dt><dd dir=\"auto\">{}</dd>", escaped(&answer.key), escaped(&answer.value)))
        .collect();
    format!("<p class=\"quiet\">{name}</p>\n<dl>{answers}</dl>\n")
}

fn order(page: &Page, items: &[OrderItem]) -> String {
    let heads = ["conversation_order_product", "conversation_order_quantity", "conversation_order_price"];
    let heads: String = heads.iter().map(|key| format!("<th>{}</th>", page.said(key))).collect();
    let rows: String = items
        .iter()
        .map(|item| {
            let (product, price) = (escaped(&item.product), escaped(&format!("{} {}", item.price, item.currency)));
            format!("<tr><td>{product}</td><td>{}</td><td>{price}</td></tr>\n", item.quantity)
        })
        .collect();
    let title = page.said("conversation_order");
    format!("<p class=\"quiet\">{title}</p>\n<table><tr>{heads}</tr>\n{rows}</table>\n")
}

/// As the customer saw it: header, body, footer, buttons. A header's file is the message's, or stands at an address,
/// which is named and not fetched.
fn template(header: Option<&ShownHeader>, body: Option<&str>, footer: Option<&str>, buttons: &[ShownButton]) -> String {
    let header = match header {
        Some(ShownHeader::Text(words)) => format!("<p dir=\"auto\"><b>{}</b></p>\n", escaped(&words.text)),
        Some(ShownHeader::Media { link: Some(link), .. }) => format!("<p class=\"quiet\">{}</p>\n", escaped(link)),
        Some(ShownHeader::Media { link: None, .. }) | None => String::new(),
    };
    let body = body.map(said).unwrap_or_default();
    let footer = footer.map(|footer| format!("<p class=\"quiet\" dir=\"auto\">{}</p>\n", escaped(footer)));
    let buttons: String = buttons
        .iter()
        .map(|button| {
            let behind = button.value.as_ref().map(|value| format!(" ({})", escaped(&value.text)));
            format!("<li dir=\"auto\">{}{}</li>\n", escaped(&button.text), behind.unwrap_or_default())
        })
        .collect();
    let buttons = if buttons.is_empty() { buttons } else { format!("<ul>\n{buttons}</ul>\n") };
    format!("{header}{body}{}{buttons}", footer.unwrap_or_default())
}

fn unsupported(page: &Page, name: &str) -> String {
    let key = if name == "unsupported" { "conversation_not_passed_on" } else { "conversation_unsupported" };
    let said = escaped(&page.words.say(key, &[("name", name)]));
    format!("<p class=\"quiet\">{said}</p>\n")
}

/// The files of a message: pictures in place, the others as links into the folder, and those that are not there by
/// name, with the reason.
pub(super) fn files(page: &Page, item: &Item) -> String {
    item.files.iter().map(|file| one_file(page, file)).collect()
}

fn one_file(page: &Page, file: &File) -> String {
    let name = match file.name.as_deref() {
        Some(name) if !name.is_empty() => name.to_owned(),
        _ => page.words.text(kind(&file.kind)),
    };
    let size = bytes(file.size.unwrap_or(0));
    let Some(path) = &file.path else {
        let key = match file.missing {
            Some(Missing::Pending) => "transcript_file_pending",
            Some(Missing::Failed) => "transcript_file_failed",
            Some(Missing::Lost) => "transcript_file_lost",
            Some(Missing::LeftOut) | None => "transcript_file_left_out",
        };
        let said = escaped(&page.words.say(key, &[("name", &name), ("size", &size)]));
        return format!("<p class=\"quiet\" dir=\"auto\">{said}</p>\n");
    };
    let (address, name) = (address(path), escaped(&name));
    let picture = matches!(file.kind.as_str(), "image" | "sticker");
    let shown =
        if picture { format!("<img src=\"{address}\" alt=\"{name}\" loading=\"lazy\">\n") } else { String::new() };
    format!("{shown}<p dir=\"auto\"><a href=\"{address}\">{name}</a> ({size})</p>\n")
}

/// A path within the archive as an address.
fn address(path: &str) -> String {
    let mut address = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address
}

fn kind(kind: &str) -> &'static str {
    match kind {
        "image" => "interactions_kind_image",
        "video" => "interactions_kind_video",
        "audio" => "interactions_kind_audio",
        "voice" => "interactions_kind_voice",
        "sticker" => "interactions_kind_sticker",
        _ => "interactions_kind_document",
    }
}

fn bytes(size: i64) -> String {
    match u64::try_from(size).unwrap_or(0) {
        size @ ..1_000 => format!("{size} B"),
        size @ ..1_000_000 => format!("{} kB", size.div_ceil(1_000)),
        size => format!("{}.{} MB", size / 1_000_000, size % 1_000_000 / 100_000),
    }
}
