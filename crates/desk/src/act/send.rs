//! Writing into a conversation: a message to the customer, a note, a reaction. What is to be sent stands as a row with
//! its attempt before anything leaves.

use std::collections::BTreeSet;

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::access::Masking;
use pronto_domain::attempt::Attempt;
use pronto_domain::compose::{self, CAPTION_LIMIT, TEXT_LIMIT};
use pronto_domain::delivery::State;
use pronto_domain::file::takes_caption;
use pronto_domain::id::{AttachmentId, InteractionId, MessageId, UserId};
use pronto_domain::message::{AuthorKind, Content, Direction, Kind, preview};
use pronto_domain::outbound::{Body, File, MediaKind, Outgoing, Recipient};
use pronto_domain::provider::MediaWay;
use pronto_domain::{placeholder, window};
use pronto_store as store;
use store::address::Address;
use store::event;
use store::interaction::Interaction;
use store::message::Message;
use store::upload::Upload;
use uuid::Uuid;

use crate::act::notice::{self, Notice};
use crate::act::{media, react, read};
use crate::{Error, Result, values};

/// Newer messages of the customer told to a sender who has not seen them.
const NEWER_AT_MOST: i64 = 20;

/// Somebody writes. Whether they may see the interaction, and may note, is the caller's to check.
#[derive(Clone, Debug)]
pub struct Send {
    pub interaction: InteractionId,
    pub user: UserId,
    /// Made by the sender's screen: a repeat of it answers with the first result.
    pub client_id: Uuid,
    pub what: What,
    /// The message quoted, or reacted to.
    pub reply_to: Option<MessageId>,
    /// The last message the sender's screen showed.
    pub seen_through: Option<MessageId>,
    /// Send although the customer has written since.
    pub confirm: bool,
}

/// What is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Text(String),
    /// A file that was handed in, with words under it.
    File {
        upload: Uuid,
        caption: String,
    },
    /// For colleagues only; never sent. Who is mentioned may see the interaction: the caller's to check.
    Note {
        text: String,
        mentions: Vec<UserId>,
    },
    /// An emoji on the message `reply_to`; empty takes it off.
    Reaction(String),
}

/// What came of it.
#[derive(Debug)]
pub struct Sent {
    pub message: Message,
    /// `false` if this `client_id` was seen before.
    pub fresh: bool,
}

/// Writes it.
pub async fn send(tx: &mut Tx, now: Timestamp, input: &Send) -> Result<Sent> {
    let mut interaction = store::interaction::lock(tx, input.interaction.0).await?;
    if let Some(message) = store::message::by_client_id(tx, input.client_id).await? {
        let same = message.interaction_id == interaction.id && message.author_id == Some(input.user.0);
        return if same {
            Ok(Sent { message, fresh: false })
        } else {
            Err(Error::invalid("client_id", "taken", "another message has this client id"))
        };
    }
    let message = match &input.what {
        What::Note { text, mentions } => note(tx, now, input, &mut interaction, text, mentions).await?,
        What::Text(text) => {
            let said = Said { text: Some(fit("text", compose::text(text))?), upload: None };
            say(tx, now, input, &mut interaction, said).await?
        }
        What::File { upload, caption } => {
            let said = file(tx, input.user, *upload, caption).await?;
            say(tx, now, input, &mut interaction, said).await?
        }
        What::Reaction(emoji) => reaction(tx, now, input, &interaction, emoji).await?,
    };
    Ok(Sent { message, fresh: true })
}

async fn note(
    tx: &mut Tx,
    now: Timestamp,
    input: &Send,
    interaction: &mut Interaction,
    text: &str,
    mentions: &[UserId],
) -> Result<Message> {
    let text = fit("text", compose::text(text))?;
    let at = store::millis(now);
    let mentions: BTreeSet<UserId> = mentions.iter().copied().collect();
    let content = Content::Note { mentions: mentions.iter().map(|user| user.0).collect() };
    let new = new(input, interaction, Direction::Note, Kind::Note, Some(text), content, at);
    let message = store::message::add(tx, &new, at).await?;
    index(tx, &message, message.body.as_deref()).await?;
    // A note is no word of the conversation: it neither moves it in lists nor answers the customer.
    interaction.message_count += 1;
    store::interaction::save_one(tx, interaction).await?;
    let mut events = vec![event::New::on(event::Kind::Message, interaction.id, message.id)];
    let told =
        Notice::on(interaction.id, notice::Kind::Mentioned, mentions).by(Some(input.user)).with("message", message.id);
    notice::tell(tx, at, &[told], &mut events).await?;
    event::append(tx, &events, at).await?;
    Ok(message)
}

/// What is said to the customer: words, a file, or both.
struct Said {
    text: Option<String>,
    upload: Option<Upload>,
}

/// A file that its sender handed in before.
async fn file(tx: &mut Tx, user: UserId, upload: Uuid, caption: &str) -> Result<Said> {
    let found = store::upload::find(tx, upload).await?.filter(|found| found.user_id == user.0);
    let found =
        found.ok_or_else(|| Error::invalid("upload_id", "unknown", "there is no such file: hand it in again"))?;
    let kind: Kind = found.kind.parse()?;
    let text = fit("text", compose::caption(caption))?;
    if text.is_some() && !takes_caption(kind) {
        return Err(Error::invalid("text", "not_with", format!("no words stand under a {kind}")));
    }
    Ok(Said { text, upload: Some(found) })
}

async fn say(tx: &mut Tx, now: Timestamp, input: &Send, interaction: &mut Interaction, said: Said) -> Result<Message> {
    let at = store::millis(now);
    let address = may_send(tx, now, interaction, input.user).await?;
    if let (Some(seen), false) = (input.seen_through, input.confirm) {
        let newer = store::message::newer_inbound(tx, interaction.id, seen.0, NEWER_AT_MOST).await?;
        if !newer.is_empty() {
            return Err(Error::StaleReply { newer: newer.into_iter().map(|message| message.id).collect() });
        }
    }
    let quoted = match input.reply_to {
        Some(quoted) => Some(of_thread(tx, interaction, quoted).await?),
        None => None,
    };
    let Said { text, upload } = said;
    let kind = upload.as_ref().map_or(Ok(Kind::Text), |upload| upload.kind.parse())?;
    let limit = if upload.is_some() { CAPTION_LIMIT } else { TEXT_LIMIT };
    let (text, content, shown) = match text {
        Some(text) => {
            let Written { text, content, shown } = written(tx, interaction, input.user, text, limit).await?;
            (Some(text), content, Some(shown))
        }
        None => (None, Content::Text, None),
    };
    let content = if upload.is_some() && content == Content::Text { Content::Media } else { content };
    let mut new = new(input, interaction, Direction::Out, kind, text.clone(), content, at);
    new.status = Some(State::Queued.as_str());
    new.reply_to_id = quoted.as_ref().map(|message| message.id);
    new.attachments = i64::from(upload.is_some());
    let message = store::message::add(tx, &new, at).await?;
    index(tx, &message, shown.as_deref()).await?;
    let body = match &upload {
        Some(upload) => Body::Media {
            media: if kind == Kind::Voice { MediaKind::Audio } else { kind.as_str().parse()? },
            file: File::Kept(hold(tx, &message, upload, at).await?),
            caption: text,
            filename: upload.name.clone(),
            voice: kind == Kind::Voice,
        },
        None => {
            let text = text.unwrap_or_default();
            Body::Text { preview_url: text.contains("://"), text }
        }
    };
    let reply_to = match &quoted {
        Some(quoted) => provider_id(tx, quoted).await?,
        None => None,
    };
    prepare(tx, now, &message, Outgoing { to: to(&address), body, reply_to, opaque: None }).await?;
    spoken(tx, interaction, &message, shown.as_deref(), at).await?;
    Ok(message)
}

/// A person's message stands in the thread: the row of the list shows it as `shown`, and the customer is answered.
pub(super) async fn spoken(
    tx: &mut Tx,
    interaction: &mut Interaction,
    message: &Message,
    shown: Option<&str>,
    at: i64,
) -> Result<()> {
    if interaction.unread > 0 {
        read::acknowledge(tx, interaction.id, message.id, at).await?;
    }
    interaction.message_count += 1;
    interaction.last_at = interaction.last_at.max(at);
    interaction.last_message_id = Some(message.id);
    interaction.last_direction = Some(Direction::Out.as_str().to_owned());
    interaction.last_kind = Some(message.kind.clone());
    interaction.last_preview = shown.map(preview);
    interaction.last_status.clone_from(&message.status);
    // A person has answered, and so has read.
    interaction.unmanaged = 0;
    interaction.unanswered_since = None;
    interaction.unread = 0;
    interaction.marked_unread = false;
    interaction.read_through = interaction.read_through.max(message.id);
    store::interaction::save_one(tx, interaction).await?;
    event::append(tx, &[event::New::on(event::Kind::Message, interaction.id, message.id)], at).await?;
    Ok(())
}

/// The message has the file from now on.
pub(super) async fn hold(tx: &mut Tx, message: &Message, upload: &Upload, at: i64) -> Result<AttachmentId> {
    let attachment = store::attachment::hold(tx, message.id, message.account_id, upload, at).await?;
    store::upload::remove(tx, upload.id).await?;
    Ok(AttachmentId(attachment))
}

/// A text with its placeholders filled.
struct Written {
    text: String,
    content: Content,
    /// What stands in lists and is searched: without what a profile may hide, for they are the same for everybody.
    shown: String,
}

async fn written(tx: &mut Tx, interaction: &Interaction, user: UserId, text: String, limit: usize) -> Result<Written> {
    if placeholder::placeholders(&text).is_empty() {
        return Ok(Written { shown: text.clone(), text, content: Content::Text });
    }
    let values = values::of(tx, InteractionId(interaction.id), Some(user)).await?;
    let filled = placeholder::fill(&text, &values);
    if !filled.missing.is_empty() {
        return Err(Error::Unfilled { names: filled.missing });
    }
    let shown = placeholder::masked(&filled.text, &filled.spans, &Masking::BLIND);
    let content = if filled.spans.is_empty() { Content::Text } else { Content::Filled { values: filled.spans } };
    // Values may be long.
    Ok(Written { text: fit("text", compose::within(&filled.text, limit))?.unwrap_or_default(), content, shown })
}

/// What staff write is found like what customers write.
pub(super) async fn index(tx: &mut Tx, message: &Message, shown: Option<&str>) -> Result<()> {
    let words = pronto_domain::search::words(shown.unwrap_or_default());
    let entry = store::search::Entry { id: message.id, words, scope: store::search::account_token(message.account_id) };
    store::search::index_messages(tx, &[entry]).await?;
    Ok(())
}

async fn reaction(
    tx: &mut Tx,
    now: Timestamp,
    input: &Send,
    interaction: &Interaction,
    emoji: &str,
) -> Result<Message> {
    let emoji = fit("text", compose::emoji(emoji))?;
    let at = store::millis(now);
    let address = may_send(tx, now, interaction, input.user).await?;
    let target =
        input.reply_to.ok_or_else(|| Error::invalid("reply_to", "required", "a reaction needs its message"))?;
    let target = of_thread(tx, interaction, target).await?;
    let at_provider = provider_id(tx, &target)
        .await?
        .ok_or_else(|| Error::invalid("reply_to", "not_sent", "the provider does not have this message yet"))?;
    let body = emoji.clone().unwrap_or_default();
    let mut new = new(input, interaction, Direction::Out, Kind::Reaction, Some(body), Content::Text, at);
    new.status = Some(State::Queued.as_str());
    new.shown = false;
    new.effect = Some("react");
    new.target_id = Some(target.id);
    let message = store::message::add(tx, &new, at).await?;
    react::put(tx, &target, emoji.as_deref(), Some(input.user.0)).await?;
    let body = Body::Reaction { target: at_provider, emoji };
    prepare(tx, now, &message, Outgoing { to: to(&address), body, reply_to: None, opaque: None }).await?;
    event::append(tx, &[event::New::on(event::Kind::Message, interaction.id, target.id)], at).await?;
    Ok(message)
}

/// Only the owner writes, and only while the window is open. Answers whom to.
pub(super) async fn may_send(tx: &mut Tx, now: Timestamp, interaction: &Interaction, user: UserId) -> Result<Address> {
    interaction.rules()?.may_write(user)?;
    let address = store::address::by_id(tx, interaction.address_id).await?;
    if !window::is_open(address.window_expires_at.map(store::instant), now) {
        return Err(Error::WindowClosed);
    }
    Ok(address)
}

/// Writes the next attempt of a message, unless its provider cannot send it. If there is a file in it that the provider does not have, that is uploaded
/// first.
pub(super) async fn prepare(tx: &mut Tx, now: Timestamp, message: &Message, mut request: Outgoing) -> Result<()> {
    let can = store::account::way(tx, message.account_id).await?.capabilities()?;
    can.allow(&request)?;
    let waits = can.media == MediaWay::Upload && media::provide(tx, now, &mut request).await?;
    let new = store::attempt::New {
        message_id: message.id,
        interaction_id: message.interaction_id,
        account_id: message.account_id,
        address_id: message.address_id,
        rules: if waits { Attempt::waiting(now) } else { Attempt::prepared(now) },
        request: &request,
    };
    store::attempt::add(tx, &new, store::millis(now)).await?;
    Ok(())
}

pub(super) fn to(address: &Address) -> Recipient {
    Recipient { digits: address.digits.clone(), user_id: address.user_id.clone() }
}

/// A message that can be quoted or reacted to in this conversation.
pub(super) async fn of_thread(tx: &mut Tx, interaction: &Interaction, message: MessageId) -> Result<Message> {
    let unknown = || Error::invalid("reply_to", "unknown", "there is no such message in this conversation");
    let found = store::message::by_ids(tx, &[message.0]).await?.pop().ok_or_else(unknown)?;
    let said = found.direction == Direction::In.as_str() || found.direction == Direction::Out.as_str();
    if found.address_id == interaction.address_id && said && found.shown { Ok(found) } else { Err(unknown()) }
}

/// The provider's id of a message; one of ours has it once it was accepted.
async fn provider_id(tx: &mut Tx, message: &Message) -> Result<Option<String>> {
    match &message.provider_id {
        Some(id) => Ok(Some(id.clone())),
        None => Ok(store::attempt::provider_id(tx, message.id).await?),
    }
}

fn new(
    input: &Send,
    interaction: &Interaction,
    direction: Direction,
    kind: Kind,
    body: Option<String>,
    content: Content,
    at: i64,
) -> store::message::New {
    store::message::New {
        body,
        author_kind: AuthorKind::Agent.as_str(),
        author_id: Some(input.user.0),
        client_id: Some(input.client_id),
        ..store::message::New::at_end_of(interaction, direction, kind, content, at)
    }
}

fn fit<T>(field: &str, checked: Result<T, compose::Unfit>) -> Result<T> {
    checked.map_err(|unfit| Error::invalid(field, unfit.code(), unfit.to_string()))
}
