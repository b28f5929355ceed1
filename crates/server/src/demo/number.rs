//! Gives the week its numbers, and turns it into rows.

use std::collections::BTreeMap;

use pronto_store as store;
use store::history::{Address, Attachment, Attempt, Card, Contact, Message, Offer, Trace};
use store::interaction::Interaction;
use store::search::{Entry, Person as Found};

use super::company::Company;
use super::media::{self, File};
use super::people::Person;
use super::play::{DAY, MINUTE, Played, Said};
use super::random::Random;
use super::week::Week;

/// The first interaction of the week; the shop has been on WhatsApp for a while.
pub(super) const FIRST_INTERACTION: i64 = 4_203;
const FIRST_MESSAGE: i64 = 38_214;
const FIRST_OFFER: i64 = 6_021;

/// The week as rows.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) contacts: Vec<Contact>,
    pub(super) addresses: Vec<Address>,
    pub(super) aliases: Vec<store::address::NewAlias>,
    pub(super) interactions: Vec<Interaction>,
    pub(super) messages: Vec<Message>,
    pub(super) attachments: Vec<Attachment>,
    /// What lies where in the media store.
    pub(super) files: Vec<(String, &'static File)>,
    pub(super) attempts: Vec<Attempt>,
    pub(super) offers: Vec<Offer>,
    pub(super) cards: Vec<Card>,
    pub(super) traces: Vec<Trace>,
    pub(super) timers: Vec<store::timer::New>,
    pub(super) found_messages: Vec<Entry>,
    pub(super) found_addresses: Vec<Found>,
}

/// Numbers everything in the order in which it came.
pub(super) fn rows(week: Week, company: &Company, list: i64, now: i64) -> Rows {
    let mut random = Random::new(7);
    let mut rows = Rows::default();
    people(&mut rows, &week, company, list, now, &mut random);
    let mut order: Vec<(i64, usize, usize)> = Vec::new();
    for (interaction, played) in week.played.iter().enumerate() {
        let times = played.messages.iter().enumerate();
        order.extend(times.map(|(place, said)| (said.row.created_at, interaction, place)));
    }
    order.sort_unstable();
    let ids: BTreeMap<(usize, usize), i64> =
        order.iter().zip(FIRST_MESSAGE..).map(|((_, interaction, place), id)| ((*interaction, *place), id)).collect();
    for (place, (played, id)) in week.played.into_iter().zip(FIRST_INTERACTION..).enumerate() {
        let number = |local: i64| usize::try_from(local - 1).ok().and_then(|local| ids.get(&(place, local)).copied());
        rows.interaction(played, id, company, number, &mut random);
    }
    rows.messages.sort_by_key(|message| message.id);
    rows.attachments.sort_by_key(|attachment| attachment.message_id);
    rows.attempts.sort_by_key(|attempt| attempt.message_id);
    rows.offers.sort_by_key(|offer| offer.starts_at);
    rows
}

/// Contacts, and the addresses of those who have written.
fn people(rows: &mut Rows, week: &Week, company: &Company, list: i64, now: i64, random: &mut Random) {
    for (place, person) in week.people.iter().enumerate() {
        let id = row_id(place);
        let of: Vec<(usize, &Played)> =
            week.played.iter().enumerate().filter(|(_, played)| played.person == place).collect();
        let first = of.first().map_or(now - 9 * DAY, |(_, played)| played.row.started_at);
        let created_at = first - random.between(1, 240) * DAY / 4;
        let known = of.last().map_or(created_at, |(_, played)| played.row.last_at);
        rows.contacts.push(contact(id, list, person, created_at, known));
        let Some((latest, played)) = of.last() else { continue };
        let heard = of.iter().filter_map(|(_, played)| played.latest_inbound).max();
        rows.addresses.push(Address {
            id,
            account_id: company.account.0,
            key: person.key().to_owned(),
            digits: person.digits.clone(),
            user_id: Some(person.user_id.clone()),
            profile_name: Some(person.name()),
            username: person.username.map(str::to_owned),
            contact_id: Some(id),
            latest_inbound_at: heard,
            first_inbound_at: played.first_inbound,
            shut_by_provider_at: of.iter().filter_map(|(_, played)| played.shut_at).max(),
            window_expires_at: played.row.window_expires_at,
            window_cause: played.row.window_cause.clone(),
            last_interaction_id: Some(FIRST_INTERACTION + row_id(*latest) - 1),
            created_at: first,
        });
        let names = [person.digits.clone(), Some(person.user_id.clone())];
        rows.aliases.extend(names.into_iter().flatten().map(|alias| store::address::NewAlias {
            account_id: company.account.0,
            alias,
            address_id: id,
        }));
        let name = person.name();
        let words = [Some(name.as_str()), person.username, person.digits.as_deref(), Some(&person.email)];
        let customer = pronto_domain::search::Customer::of(words.into_iter().flatten());
        rows.found_addresses.push(Found::new(id, customer, company.account.0));
    }
}

fn row_id(place: usize) -> i64 {
    i64::try_from(place).unwrap_or(0) + 1
}

fn entry(id: i64, text: &str, company: &Company) -> Entry {
    let words = pronto_domain::search::words(text);
    Entry { id, words, scope: store::search::account_token(company.account.0) }
}

fn contact(id: i64, list: i64, person: &Person, created_at: i64, updated_at: i64) -> Contact {
    Contact {
        id,
        list_id: list,
        first_name: person.first.to_owned(),
        last_name: person.last.map(str::to_owned),
        phone: person.digits.clone(),
        mobile: person.digits.clone(),
        email: Some(person.email.clone()),
        company: person.company.map(str::to_owned),
        company_id: None,
        language: Some(person.language.to_owned()),
        description: person.description.map(str::to_owned),
        tags: person.tags.iter().map(|tag| (*tag).to_owned()).collect(),
        created_at,
        updated_at,
    }
}

impl Rows {
    fn interaction(
        &mut self,
        played: Played,
        id: i64,
        company: &Company,
        number: impl Fn(i64) -> Option<i64>,
        random: &mut Random,
    ) {
        let address = row_id(played.person);
        let mut row = played.row;
        (row.id, row.address_id, row.contact_id) = (id, address, Some(address));
        row.last_message_id = row.last_message_id.and_then(&number);
        row.read_through = number(row.read_through).unwrap_or(0);
        for (place, said) in played.messages.into_iter().enumerate() {
            let Some(message_id) = number(row_id(place)) else { continue };
            self.message(said, message_id, &row, company, &number, random);
        }
        for offered in played.offers {
            let offer = FIRST_OFFER + row_id(self.offers.len());
            self.offers.push(Offer {
                id: offer,
                interaction_id: id,
                queue_id: offered.decision.queue.0,
                single: offered.single,
                starts_at: offered.starts_at,
                ends_at: offered.ends_at,
                result: offered.result,
                ended_at: offered.ended_at,
            });
            self.cards.extend(offered.cards.into_iter().map(|(user_id, state)| Card {
                offer_id: offer,
                user_id,
                interaction_id: id,
                state,
                asked_at: offered.starts_at,
                ended_at: offered.ended_at,
            }));
            let trace = pronto_domain::routing::Decision { interaction: id.into(), ..offered.decision };
            self.traces.push(Trace { interaction_id: id, at: offered.starts_at, trace });
        }
        let step =
            played.step_ends.map(|(armed, due_at)| store::timer::New { kind: "step", subject: id, armed, due_at });
        self.timers.extend(step);
        self.interactions.push(row);
    }

    fn message(
        &mut self,
        said: Said,
        id: i64,
        interaction: &Interaction,
        company: &Company,
        number: impl Fn(i64) -> Option<i64>,
        random: &mut Random,
    ) {
        let mut row = said.row;
        (row.id, row.interaction_id, row.address_id) = (id, interaction.id, interaction.address_id);
        row.reply_to_id = row.reply_to_id.and_then(&number);
        row.target_id = row.target_id.and_then(&number);
        if let Some(file) = said.file {
            let path = media::path(random);
            let dimensions = file.dimensions();
            self.attachments.push(Attachment {
                message_id: id,
                account_id: row.account_id,
                kind: row.kind,
                name: file.name.map(str::to_owned),
                mime: file.mime,
                size: i64::try_from(file.bytes.len()).unwrap_or(0),
                sha256: file.sha256(),
                path: path.clone(),
                width: dimensions.map(|(width, _)| i64::from(width)),
                height: dimensions.map(|(_, height)| i64::from(height)),
                created_at: row.created_at,
            });
            self.files.push((path, file));
        }
        if let Some(tried) = said.tried {
            self.attempts.push(Attempt {
                message_id: id,
                interaction_id: interaction.id,
                account_id: row.account_id,
                address_id: row.address_id,
                step: tried.step,
                state: tried.state,
                provider_id: tried.provider_id,
                request: tried.request,
                failure: tried.failure,
                created_at: row.created_at,
                give_up_at: row.created_at + 10 * MINUTE,
                settled_at: tried.settled_at,
            });
        }
        // Notes are for the thread, not for the search.
        let spoken = row.shown && matches!(row.direction, "in" | "out");
        if let Some(body) = row.body.as_deref().filter(|_| spoken) {
            self.found_messages.push(entry(id, body, company));
        }
        self.messages.push(row);
    }
}
