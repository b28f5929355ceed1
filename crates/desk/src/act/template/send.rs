//! Sending a template: a message like any other, but for its words, which the provider has approved.

use std::collections::BTreeMap;

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::access::Permission;
use pronto_domain::delivery::State;
use pronto_domain::id::{AttachmentId, InteractionId, UserId};
use pronto_domain::interaction;
use pronto_domain::message::{AuthorKind, Direction, Kind};
use pronto_domain::outbound::{Body, File, Outgoing};
use pronto_domain::placeholder::Values;
use pronto_domain::template::{Filled, Header, Media, Status, Template as Content, Unfilled, compose};
use pronto_store as store;
use store::address::Address;
use store::interaction::Interaction;
use store::message::Message;
use store::template::Template;
use store::upload::Upload;
use uuid::Uuid;

use crate::act::reopen;
use crate::act::send::{self, Sent};
use crate::check::Misfit;
use crate::{Error, Result, values};

/// Somebody sends one. Whether they may see the interaction is the caller's to check.
#[derive(Clone, Debug)]
pub struct Send {
    pub interaction: InteractionId,
    pub user: UserId,
    /// Made by the sender's screen: a repeat of it answers with the first result.
    pub client_id: Uuid,
    pub what: What,
    /// Whether they may take what is not theirs: a closed interaction becomes theirs who sends.
    pub may_take: bool,
}

/// Which template, and what fills it.
#[derive(Clone, Debug)]
pub struct What {
    pub template: i64,
    /// By slot; placeholders in them are filled in.
    pub values: BTreeMap<String, String>,
    /// The header's file, handed in before; else its slot holds a link.
    pub upload: Option<Uuid>,
}

/// Writes it into a conversation its sender holds, whether or not the window is open; a closed one is theirs then.
pub async fn send(tx: &mut Tx, now: Timestamp, input: &Send) -> Result<Sent> {
    let (mut interaction, mut address) = hold(tx, input.interaction, input.user).await?;
    if let Some(message) = store::message::by_client_id(tx, input.client_id).await? {
        return repeated(message, &interaction, input.user);
    }
    let template = available(tx, interaction.account_id, input.what.template).await?;
    own(tx, now, &mut interaction, &mut address, input.user, input.may_take).await?;
    let (filled, upload) = fill(tx, &interaction, input.user, &template, &input.what).await?;
    let author = Author { kind: AuthorKind::Agent, id: Some(input.user), client_id: Some(input.client_id) };
    let message = write(tx, now, &mut interaction, &mut address, filled, upload.as_ref(), author).await?;
    Ok(Sent { message, fresh: true })
}

/// Locks what sending changes: the address, then the interaction.
pub(super) async fn hold(tx: &mut Tx, interaction: InteractionId, user: UserId) -> Result<(Interaction, Address)> {
    let interaction = reopen::hold(tx, interaction, user).await?;
    let address = store::address::by_id(tx, interaction.address_id).await?;
    Ok((interaction, address))
}

/// What was sent before under the same client id.
pub(super) fn repeated(message: Message, interaction: &Interaction, user: UserId) -> Result<Sent> {
    if message.interaction_id == interaction.id && message.author_id == Some(user.0) {
        Ok(Sent { message, fresh: false })
    } else {
        Err(Error::invalid("client_id", "taken", "another message has this client id"))
    }
}

/// Only the owner writes; a closed interaction is opened again for whoever does.
pub(super) async fn own(
    tx: &mut Tx,
    now: Timestamp,
    interaction: &mut Interaction,
    address: &mut Address,
    user: UserId,
    may_take: bool,
) -> Result<()> {
    if interaction.is(interaction::State::Closed) {
        if !may_take {
            return Err(Error::Forbidden { needs: Permission::Take.to_string() });
        }
        reopen::open_for(tx, now, interaction, user).await?;
        *address = store::address::by_id(tx, interaction.address_id).await?;
    }
    Ok(interaction.rules()?.may_write(user)?)
}

/// A template agents may send now.
pub(super) async fn available(tx: &mut Tx, account: i64, template: i64) -> Result<Template> {
    let unknown = || Error::invalid("template_id", "unknown", "there is no such template on this account");
    let found = match store::template::by_id(tx, template).await {
        Err(pronto_db::Error::NotFound) => return Err(unknown()),
        found => found?,
    };
    if found.account_id != account {
        return Err(unknown());
    }
    let status = found.status()?;
    if status != Status::Approved {
        return Err(Error::Impossible {
            code: "template_not_approved",
            detail: format!("the template {} ({}) is {status}", found.name, found.language),
        });
    }
    if !store::template::use_of(tx, account, &found.name).await?.available {
        return Err(Error::Impossible {
            code: "template_not_available",
            detail: format!("the template {} is not available for agents", found.name),
        });
    }
    Ok(found)
}

/// Fills it with what is known of the conversation.
pub(super) async fn fill(
    tx: &mut Tx,
    interaction: &Interaction,
    user: UserId,
    template: &Template,
    what: &What,
) -> Result<(Filled, Option<Upload>)> {
    let content = &template.content.0;
    let upload = match what.upload {
        Some(upload) => Some(file(tx, user, upload, content).await?),
        None => None,
    };
    // The message has no id yet, nor has its file: it is put in its place when both have.
    let media = upload.as_ref().map(|upload| Media { file: File::Kept(AttachmentId(0)), name: upload.name.clone() });
    let known = values::of(tx, InteractionId(interaction.id), Some(user)).await?;
    let filled = composed(template, &what.values, media, &known).map_err(unfit)?;
    Ok((filled, upload))
}

/// Fills it in, for the provider that has it.
pub(super) fn composed(
    template: &Template,
    values: &BTreeMap<String, String>,
    media: Option<Media>,
    known: &Values,
) -> Result<Filled, Unfilled> {
    let mut filled = compose(&template.content.0, values, media, known)?;
    filled.outgoing.provider_id.clone_from(&template.provider_id);
    Ok(filled)
}

/// A file that its sender handed in before, of the kind that the header wants.
async fn file(tx: &mut Tx, user: UserId, upload: Uuid, content: &Content) -> Result<Upload> {
    let found = store::upload::find(tx, upload).await?.filter(|found| found.user_id == user.0);
    let found =
        found.ok_or_else(|| Error::invalid("upload_id", "unknown", "there is no such file: hand it in again"))?;
    match content.header.as_ref().and_then(Header::media) {
        Some(kind) if found.kind == kind.as_str() => Ok(found),
        Some(kind) => Err(Error::invalid("upload_id", "format", format!("the header takes a file of the kind {kind}"))),
        None => Err(Error::invalid("upload_id", "not_with", "the template's header takes no file")),
    }
}

fn unfit(unfilled: Unfilled) -> Error {
    let (code, detail) = (unfilled.code(), unfilled.to_string());
    let keys = unfilled.keys();
    if keys.is_empty() {
        return match unfilled {
            Unfilled::Beyond { .. } => Error::Impossible { code, detail },
            _ => Error::invalid("values", code, detail),
        };
    }
    let misfit = |key: &str| Misfit { field: format!("values.{key}"), code, detail: detail.clone() };
    Error::Misfits(keys.into_iter().map(misfit).collect())
}

/// Under whose name it stands in the thread.
pub(super) struct Author {
    pub kind: AuthorKind,
    pub id: Option<UserId>,
    pub client_id: Option<Uuid>,
}

/// Writes it into the thread with its first attempt.
pub(super) async fn write(
    tx: &mut Tx,
    now: Timestamp,
    interaction: &mut Interaction,
    address: &mut Address,
    filled: Filled,
    upload: Option<&Upload>,
    author: Author,
) -> Result<Message> {
    let at = store::millis(now);
    let new = store::message::New {
        body: Some(filled.body.clone()),
        author_kind: author.kind.as_str(),
        author_id: author.id.map(i64::from),
        client_id: author.client_id,
        status: Some(State::Queued.as_str()),
        attachments: i64::from(upload.is_some()),
        ..store::message::New::at_end_of(interaction, Direction::Out, Kind::Template, filled.content.clone(), at)
    };
    let message = store::message::add(tx, &new, at).await?;
    let shown = filled.shown();
    send::index(tx, &message, Some(&shown)).await?;
    let mut outgoing =
        Outgoing { to: send::to(address), body: Body::Template(filled.outgoing), reply_to: None, opaque: None };
    if let Some(upload) = upload {
        let kept = send::hold(tx, &message, upload, at).await?;
        for file in outgoing.files() {
            *file = File::Kept(kept);
        }
    }
    send::prepare(tx, now, &message, outgoing).await?;
    // It opens nothing: the window stays as it is until the customer writes.
    address.first_template_at.get_or_insert(at);
    store::address::save(tx, &[store::address::Change::from(&*address)]).await?;
    send::spoken(tx, interaction, &message, Some(&shown), at).await?;
    Ok(message)
}
