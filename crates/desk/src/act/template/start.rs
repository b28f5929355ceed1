//! Writing to somebody first.

use std::sync::Arc;

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::contact::Origin;
use pronto_domain::id::{AccountId, InteractionId, UserId};
use pronto_domain::interaction::{Interaction as Rules, Refused};
use pronto_domain::message::AuthorKind;
use pronto_domain::start::{self, Start as Leads};
use pronto_store as store;
use store::address::{Address, Alias, NewAlias};
use store::contact::Contact;
use store::event;
use store::interaction::Interaction;
use store::message::Message;
use uuid::Uuid;

use super::send::{self, Author, What};
use crate::act::contact::{self, TEXT_AT_MOST, entry, text};
use crate::act::line::{self, Line};
use crate::act::notice::{self, Notice};
use crate::act::{fresh, offer};
use crate::{Config, Error, Result};

/// Somebody writes first. Whether they may use the account, and add a contact, is the caller's to check.
#[derive(Clone, Debug)]
pub struct Start {
    pub account: AccountId,
    pub user: UserId,
    pub digits: String,
    /// Which of several contacts with this number.
    pub contact: Option<i64>,
    /// What a contact that is made is called.
    pub name: Option<String>,
    /// Whether a contact may be made.
    pub may_add: bool,
    /// Whether they may take what is not theirs: what is opened again becomes theirs.
    pub may_take: bool,
    /// Made by the sender's screen: a repeat of it answers with the first result.
    pub client_id: Uuid,
    /// The template, where one is needed.
    pub what: Option<What>,
    pub config: Arc<Config>,
}

/// What came of it.
#[derive(Debug)]
pub struct Started {
    pub interaction: Interaction,
    pub message: Option<Message>,
}

/// What is known of a number on an account.
#[derive(Debug, Default)]
pub struct Found {
    pub address: Option<Address>,
    pub latest: Option<Interaction>,
    /// Contacts with the number; the one it goes by first.
    pub contacts: Vec<Contact>,
}

/// Looks a number up.
pub async fn find(tx: &mut Tx, list: i64, account: AccountId, digits: &str) -> Result<Found> {
    let address = known(tx, account, digits).await?;
    let address = match address {
        Some(id) => Some(store::address::by_id(tx, id).await?),
        None => None,
    };
    let latest = match address.as_ref().and_then(|address| address.last_interaction_id) {
        Some(id) => Some(store::interaction::by_id(tx, id).await?),
        None => None,
    };
    let mut contacts = store::contact::by_numbers(tx, &pronto_domain::phone::spellings(digits)).await?;
    let linked = address.as_ref().and_then(|address| address.contact_id);
    if let Some(linked) = linked.filter(|linked| !contacts.iter().any(|contact| contact.id == *linked)) {
        contacts.extend(store::contact::by_ids(tx, &[linked]).await?);
    }
    contacts.sort_by_key(|contact| {
        std::cmp::Reverse((Some(contact.id) == linked, contact.list_id == list, contact.updated_at))
    });
    Ok(Found { address, latest, contacts })
}

async fn known(tx: &mut Tx, account: AccountId, digits: &str) -> Result<Option<i64>> {
    let alias = Alias { account_id: account.0, alias: digits.to_owned() };
    Ok(store::address::known(tx, &[alias]).await?.pop().map(|found| found.address_id))
}

/// Opens what there is to open, with a template where the window is shut.
pub async fn start(tx: &mut Tx, now: Timestamp, input: &Start) -> Result<Started> {
    let account = input.config.accounts.get(&input.account).ok_or(pronto_db::Error::NotFound)?;
    if !account.endpoint.capabilities().starts {
        let detail = "this account's provider does not let a business write first".to_owned();
        return Err(Error::Impossible { code: "cannot_start", detail });
    }
    store::presence::hold(tx, input.user.0).await?;
    let known = known(tx, input.account, &input.digits).await?;
    let mut address = match known {
        Some(id) => store::address::lock(tx, &[id]).await?.pop().ok_or(pronto_db::Error::NotFound)?,
        None => make_address(tx, now, input).await?,
    };
    if let Some(message) = store::message::by_client_id(tx, input.client_id).await? {
        let interaction = store::interaction::by_id(tx, message.interaction_id).await?;
        let sent = send::repeated(message, &interaction, input.user)?;
        return Ok(Started { interaction, message: Some(sent.message) });
    }
    let contact = contact(tx, now, input, account.row.list_id, &mut address).await?;
    let latest = match address.last_interaction_id {
        Some(id) => Some(store::interaction::lock(tx, id).await?),
        None => None,
    };
    let rules = latest.as_ref().map(Interaction::rules).transpose()?;
    let ends = address.window_expires_at.map(store::instant);
    let mut interaction = match (start::start(rules.as_ref(), ends, input.user, now), latest) {
        (Leads::Held { owner, .. }, _) => return Err(Refused::Taken { by: Some(owner) }.into()),
        (Leads::Free(_), _) => return Err(Refused::NotOwner { owner: None }.into()),
        (Leads::Mine(_) | Leads::Template(_), Some(latest)) => latest,
        (Leads::Reopen(_), Some(mut latest)) => {
            store::address::save(tx, &[store::address::Change::from(&address)]).await?;
            send::own(tx, now, &mut latest, &mut address, input.user, input.may_take).await?;
            latest
        }
        (..) if input.what.is_some() => begin(tx, now, input, &mut address, contact.as_ref()).await?,
        (..) => return Err(needs_template()),
    };
    let Some(what) = &input.what else {
        return if pronto_domain::window::is_open(ends, now) {
            store::address::save(tx, &[store::address::Change::from(&address)]).await?;
            Ok(Started { interaction, message: None })
        } else {
            Err(needs_template())
        };
    };
    let template = send::available(tx, input.account.0, what.template).await?;
    let (filled, upload) = send::fill(tx, &interaction, input.user, &template, what).await?;
    let author = Author { kind: AuthorKind::Agent, id: Some(input.user), client_id: Some(input.client_id) };
    let message = send::write(tx, now, &mut interaction, &mut address, filled, upload.as_ref(), author).await?;
    Ok(Started { interaction, message: Some(message) })
}

fn needs_template() -> Error {
    Error::invalid("template_id", "required", "the window is shut: only a template may be sent")
}

/// A new interaction of the sender's; no flow runs.
async fn begin(
    tx: &mut Tx,
    now: Timestamp,
    input: &Start,
    address: &mut Address,
    contact: Option<&Contact>,
) -> Result<Interaction> {
    let at = store::millis(now);
    let mut rules = Rules::new(0.into(), input.account, address.id.into());
    rules.begun(input.user, now);
    let mut interaction = fresh::interaction(address, contact, None, at);
    interaction.adopt(&rules);
    let made = store::interaction::add(tx, std::slice::from_ref(&interaction)).await?.pop();
    interaction.id = made.ok_or(pronto_db::Error::Retry)?.id;
    address.last_interaction_id = Some(interaction.id);
    // The readings of the window rule that count from an interaction's beginning begin anew.
    address.first_inbound_at = None;
    address.first_template_at = None;
    (address.recontact_id, address.recontact_at, address.recontact_until) = (None, None, None);
    line::add(tx, &mut interaction, &Line::by("started", input.user), at).await?;
    store::presence::touch(tx, &[input.user.0]).await?;
    let facts = event::Facts { what: Some("opened".to_owned()), by: Some(input.user.0), ..event::Facts::default() };
    let events = [
        event::New::on(event::Kind::Interaction, interaction.id, interaction.id).facts(facts),
        event::New::of(event::Kind::Presence, input.user.0),
    ];
    event::append(tx, &events, at).await?;
    offer::no_more_than_fit(tx, at, input.user).await?;
    Ok(interaction)
}

async fn make_address(tx: &mut Tx, now: Timestamp, input: &Start) -> Result<Address> {
    let new = store::address::New {
        account_id: input.account.0,
        key: input.digits.clone(),
        digits: Some(input.digits.clone()),
        user_id: None,
        profile_name: None,
        username: None,
        contact_id: None,
    };
    let made = store::address::add(tx, &[new], store::millis(now)).await?.pop().ok_or(pronto_db::Error::Retry)?;
    let alias = NewAlias { account_id: input.account.0, alias: input.digits.clone(), address_id: made.id };
    store::address::add_aliases(tx, &[alias]).await?;
    Ok(store::address::by_id(tx, made.id).await?)
}

/// Whose number it is: the one that was picked, that it goes by already, that has it, or one that is made.
async fn contact(
    tx: &mut Tx,
    now: Timestamp,
    input: &Start,
    list: i64,
    address: &mut Address,
) -> Result<Option<Contact>> {
    let found = find(tx, list, input.account, &input.digits).await?.contacts;
    let picked = match input.contact {
        Some(id) => Some(
            found
                .into_iter()
                .find(|contact| contact.id == id)
                .ok_or_else(|| Error::invalid("contact_id", "unknown", "no such contact has this number"))?,
        ),
        None => found.into_iter().next(),
    };
    let contact = match picked {
        Some(contact) => Some(contact),
        None if input.may_add => Some(make_contact(tx, now, input, list).await?),
        None => None,
    };
    address.contact_id = contact.as_ref().map(|contact| contact.id);
    store::search::index_addresses(tx, &[entry(address, contact.as_ref())]).await?;
    Ok(contact)
}

async fn make_contact(tx: &mut Tx, now: Timestamp, input: &Start, list: i64) -> Result<Contact> {
    let name = input.name.as_deref().map(|name| text("name", name, TEXT_AT_MOST)).transpose()?.flatten();
    let name = name.as_deref().unwrap_or_default();
    let (first, last) = match name.split_once(' ') {
        Some((first, last)) => (first.to_owned(), Some(last.trim().to_owned())),
        None => (name.to_owned(), None),
    };
    let row = store::contact::New {
        phone: Some(input.digits.clone()),
        mobile: Some(input.digits.clone()),
        created_by: Some(input.user.0),
        ..store::contact::New::named(list, Origin::Agent, first, last)
    };
    let made = store::contact::add(tx, &[row], store::millis(now)).await?.pop().ok_or(pronto_db::Error::Retry)?;
    contact::made(tx, store::millis(now), input.user, made.id, list).await?;
    Ok(store::contact::by_id(tx, made.id).await?)
}

/// Somebody asks whoever holds an interaction to let them have it.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    pub interaction: InteractionId,
    pub user: UserId,
}

/// The owner finds a line in the thread and the interaction among their unread, and is told; once, until they have
/// looked.
pub async fn ask(tx: &mut Tx, now: Timestamp, input: &Ask) -> Result<Interaction> {
    let at = store::millis(now);
    let mut interaction = store::interaction::lock(tx, input.interaction.0).await?;
    let rules = interaction.rules()?;
    let holds = rules.owner.filter(|_| rules.state == pronto_domain::interaction::State::Active);
    let Some(owner) = holds.filter(|owner| *owner != input.user) else {
        return Err(Refused::NotOwner { owner: rules.owner }.into());
    };
    // Asked once is enough until they have seen it.
    let kind = notice::Kind::AskedFor.as_str();
    if store::notice::is_unread(tx, owner.0, kind, interaction.id, input.user.0).await? {
        return Ok(interaction);
    }
    line::add(tx, &mut interaction, &Line::by("asked_for", input.user), at).await?;
    interaction.marked_unread = true;
    store::interaction::save_one(tx, &mut interaction).await?;
    let facts = event::Facts {
        what: Some("asked_for".to_owned()),
        by: Some(input.user.0),
        users: rules.owner.map(|owner| owner.0).into_iter().collect(),
        ..event::Facts::default()
    };
    let mut events = vec![event::New::on(event::Kind::Interaction, interaction.id, interaction.id).facts(facts)];
    let told = Notice::on(interaction.id, notice::Kind::AskedFor, rules.owner).by(Some(input.user));
    notice::tell(tx, at, &[told], &mut events).await?;
    event::append(tx, &events, at).await?;
    Ok(interaction)
}
