//! Messages as clients see them.

use jiff::Timestamp;
use pronto_domain::access::Masking;
use pronto_domain::message::{AuthorKind, Card, Content, Direction};
use pronto_domain::placeholder;
use pronto_domain::sentiment::Sentiment;
use pronto_domain::template::{ShownButton, ShownHeader, Words};
use pronto_store as store;
use serde::Serialize;
use store::instant;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Lens;

/// One item of a thread.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Message {
    pub id: i64,
    pub interaction_id: i64,
    pub version: i64,
    #[schema(value_type = crate::schema::Direction)]
    pub direction: String,
    #[schema(value_type = crate::schema::MessageKind)]
    pub kind: String,
    pub text: Option<String>,
    #[schema(value_type = crate::schema::Content)]
    pub content: Content,
    pub author: Author,
    /// Where it stands in the thread.
    pub at: Timestamp,
    /// The provider's clock, where it differs by more than a minute.
    pub sent_at: Option<Timestamp>,
    pub client_id: Option<Uuid>,
    pub reply_to: Option<Quoted>,
    pub reactions: Vec<Reaction>,
    pub attachments: Vec<Attachment>,
    #[schema(value_type = Option<crate::schema::MessageStatus>)]
    pub status: Option<String>,
    pub failure: Option<Failure>,
    pub edited_at: Option<Timestamp>,
    pub deleted_at: Option<Timestamp>,
    /// It was not its author who deleted it: all that was known of the customer was erased at their request.
    pub erased: bool,
    /// What the customer's words sound like; null for others' and where there is nothing to go by.
    #[schema(value_type = Option<crate::schema::Sentiment>)]
    pub sentiment: Option<Sentiment>,
    pub forwarded: bool,
    /// Older than the closing of an earlier interaction.
    pub late: bool,
    /// Whether `/messages/{id}/raw` has the provider's payload.
    pub has_raw: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Author {
    #[schema(value_type = crate::schema::AuthorKind)]
    pub kind: String,
    pub id: Option<i64>,
    pub name: String,
}

/// The message a reply quotes; without an id where we do not have it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Quoted {
    pub id: Option<i64>,
    pub author: String,
    pub preview: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Reaction {
    pub emoji: String,
    #[schema(value_type = crate::schema::Reactor)]
    pub by: String,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Attachment {
    pub id: i64,
    #[schema(value_type = crate::schema::AttachmentKind)]
    pub kind: String,
    pub name: Option<String>,
    pub mime: String,
    /// Bytes.
    pub size: Option<i64>,
    #[schema(value_type = crate::schema::AttachmentState)]
    pub state: String,
    pub error: Option<String>,
    pub width: Option<i64>,
    pub height: Option<i64>,
    pub animated: bool,
    /// GET this for the bytes; `?download=1` for a file.
    pub url: String,
}

/// Why a message failed. The desktop words `code` and `next`; `detail` is the provider's own text, null for whom
/// anything is hidden from.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Failure {
    pub code: String,
    pub title: String,
    /// template, retry, wait, check_number, call_admin, change_message or none.
    pub next: String,
    pub detail: Option<String>,
    pub retryable: bool,
}

/// What a message said at one time.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct MessageVersion {
    pub text: Option<String>,
    /// From when on it said so.
    pub at: Timestamp,
}

/// Times that differ by more than this are both shown.
const DIFFERS_MS: i64 = 60_000;

impl Lens<'_> {
    /// `customer` is the interaction's customer, unmasked.
    pub fn message(
        &self,
        row: &store::message::Message,
        customer: &str,
        attachments: &[store::attachment::Attachment],
        quoted: Option<&store::message::Message>,
    ) -> Message {
        let deleted = row.deleted_at.is_some();
        let author = |row: &store::message::Message| match row.author_kind.as_str() {
            "customer" => self.customer(customer),
            "agent" => row.author_id.map(|id| self.config.user_name(id)).unwrap_or_default(),
            _ => String::new(),
        };
        let preview = |row: &store::message::Message| {
            self.text(row).as_deref().map(pronto_domain::message::preview).unwrap_or_default()
        };
        let reply_to = match quoted {
            Some(quoted) => Some(Quoted { id: Some(quoted.id), author: author(quoted), preview: preview(quoted) }),
            None => row.reply_to_provider.as_ref().map(|_| Quoted {
                id: None,
                author: String::new(),
                preview: String::new(),
            }),
        };
        let reactions = row.reactions.as_ref().map(|json| json.0.as_slice()).unwrap_or_default();
        let differs = row.sent_at.filter(|sent| (sent - row.thread_at).abs() > DIFFERS_MS);
        Message {
            id: row.id,
            interaction_id: row.interaction_id,
            version: row.version,
            direction: row.direction.clone(),
            kind: row.kind.clone(),
            text: self.text(row),
            content: if deleted { Content::Text } else { self.content(&row.content.0) },
            author: Author { kind: row.author_kind.clone(), id: row.author_id, name: author(row) },
            at: instant(row.thread_at),
            sent_at: differs.map(instant),
            client_id: row.client_id,
            reply_to,
            reactions: reactions
                .iter()
                .map(|reaction| Reaction {
                    emoji: reaction.emoji.clone(),
                    by: reaction.by.clone(),
                    name: reaction.user_id.map_or_else(|| self.customer(customer), |id| self.config.user_name(id)),
                })
                .collect(),
            attachments: if deleted { Vec::new() } else { attachments.iter().map(attachment).collect() },
            status: row.status.clone(),
            failure: row.failure.as_ref().map(|json| self.failure(&json.0, row.author_kind.as_str())),
            edited_at: row.edited_at.map(instant),
            deleted_at: row.deleted_at.map(instant),
            erased: row.content.0 == Content::Erased,
            sentiment: self.sentiment(row),
            forwarded: row.forwarded,
            late: row.late,
            has_raw: row.raw.is_some(),
        }
    }

    /// What the desk itself sent is not sent again by hand.
    fn failure(&self, failure: &store::message::Failure, author: &str) -> Failure {
        Failure {
            detail: failure.detail.as_deref().and_then(|detail| self.raw(detail)),
            retryable: failure.retryable && author != AuthorKind::System.as_str(),
            ..failure.into()
        }
    }

    fn sentiment(&self, row: &store::message::Message) -> Option<Sentiment> {
        let theirs = row.direction == Direction::In.as_str() && row.deleted_at.is_none();
        let kind = row.kind.parse().ok().filter(|_| theirs)?;
        Sentiment::of_message(kind, row.body.as_deref())
    }

    /// What an edited or deleted message said, oldest first; the last is what it says now, or said when it was
    /// deleted. What a deleted one said is for those who may see raw messages.
    pub fn versions(&self, row: &store::message::Message) -> Vec<MessageVersion> {
        let mut from = row.thread_at;
        let mut versions = Vec::new();
        for edit in row.history.as_ref().map(|json| json.0.as_slice()).unwrap_or_default() {
            versions.push(MessageVersion { text: edit.body.clone(), at: instant(from) });
            from = edit.until;
        }
        versions.push(MessageVersion { text: self.said(row), at: instant(from) });
        versions
    }

    /// The words of a message: none once it was deleted.
    fn text(&self, row: &store::message::Message) -> Option<String> {
        if row.deleted_at.is_some() { None } else { self.said(row) }
    }

    /// What stands in a message. What the network writes of a customer names them, so a masked viewer has the facts
    /// alone.
    fn said(&self, row: &store::message::Message) -> Option<String> {
        let masking = self.viewer.masking;
        let hidden = of_the_network(&row.content.0) && (masking.name.hides() || masking.phone.hides());
        let body = row.body.as_deref().filter(|_| !hidden)?;
        Some(match &row.content.0 {
            Content::Filled { values } => placeholder::masked(body, values, &masking),
            Content::Template { body: spans, .. } => placeholder::masked(body, spans, &masking),
            _ => body.to_owned(),
        })
    }

    /// Shared contact cards and changed numbers are masked like the customer; what people wrote is not.
    fn content(&self, content: &Content) -> Content {
        let masking = self.viewer.masking;
        match content {
            Content::Filled { .. } | Content::Erased => Content::Text,
            Content::Contacts { cards } => Content::Contacts {
                cards: cards
                    .iter()
                    .map(|card| Card {
                        name: self.named(&card.name),
                        phones: card.phones.iter().map(|phone| masking.phone.apply(phone)).collect(),
                        emails: card.emails.iter().map(|email| masking.email.apply(email)).collect(),
                        organisation: card.organisation.clone(),
                    })
                    .collect(),
            },
            Content::System { code, params } if of_the_network(content) => Content::System {
                code: code.clone(),
                params: params
                    .iter()
                    .map(|(name, value)| {
                        let hidden = matches!(name.as_str(), "from" | "to" | "user_id");
                        (name.clone(), if hidden { masking.phone.apply(value) } else { value.clone() })
                    })
                    .collect(),
            },
            Content::Template { name, language, header, footer, buttons, .. } => Content::Template {
                name: name.clone(),
                language: language.clone(),
                header: header.as_ref().map(|header| match header {
                    ShownHeader::Text(words) => ShownHeader::Text(seen(words, &masking)),
                    media @ ShownHeader::Media { .. } => media.clone(),
                }),
                body: Vec::new(),
                footer: footer.clone(),
                buttons: buttons
                    .iter()
                    .map(|button| ShownButton {
                        value: button.value.as_ref().map(|words| seen(words, &masking)),
                        ..button.clone()
                    })
                    .collect(),
            },
            other => other.clone(),
        }
    }
}

/// Words that were filled in, as somebody with this masking may see them.
fn seen(words: &Words, masking: &Masking) -> Words {
    Words { text: placeholder::masked(&words.text, &words.spans, masking), spans: Vec::new() }
}

/// A line about the customer, such as a changed number.
fn of_the_network(content: &Content) -> bool {
    matches!(content, Content::System { code, .. } if code.starts_with("customer."))
}

pub fn attachment(row: &store::attachment::Attachment) -> Attachment {
    Attachment {
        id: row.id,
        kind: row.kind.clone(),
        name: row.name.clone(),
        mime: row.mime.clone(),
        size: row.size,
        state: row.state.clone(),
        error: row.error.clone(),
        width: row.width,
        height: row.height,
        animated: row.animated,
        url: format!("/api/v1/attachments/{}/content", row.id),
    }
}

impl From<&store::message::Failure> for Failure {
    fn from(from: &store::message::Failure) -> Self {
        let store::message::Failure { code, title, next, detail, retryable } = from.clone();
        Self { code, title, next, detail, retryable }
    }
}
