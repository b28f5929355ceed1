//! The list of interactions: any filters, newest activity first, one index range a page.
//!
//! The text of the statement is put together from fixed pieces; every value is bound.

mod compare;
mod contacts;
mod expression;
mod order;
mod own;
mod person;
mod statement;

use std::fmt::Write as _;

use pronto_db::{Result, Tx, ids, texts};
use pronto_domain::access::{Role, Scope, Viewer};
use pronto_domain::expression::Expression;
use pronto_domain::interaction::State;
use pronto_domain::sentiment::Sentiment;

pub use contacts::{ContactFilter, ContactsBy, contacts, count_contacts};
use order::Rows;
pub use order::{By, Order, Place, STATUSES};
use own::Few;
pub use person::Advanced;
use statement::Statement;

use crate::Id;
use crate::interaction::Interaction;

/// Which interactions.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub state: Option<StateIs>,
    pub account: Option<i64>,
    pub agent: Option<AgentIs>,
    pub queue: Option<i64>,
    /// Unread for its owner, or not.
    pub unread: Option<bool>,
    /// Ids of tags: what has any of them.
    pub tags: Option<Vec<i64>>,
    /// What sounds like any of these.
    pub sentiment: Option<Vec<Sentiment>>,
    /// Started at or after.
    pub from: Option<i64>,
    /// Started before.
    pub to: Option<i64>,
    /// Only among these: what a search found.
    pub among: Option<Vec<i64>>,
    pub expression: Option<Expression>,
    pub order: Order,
    pub now: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateIs {
    Open,
    Closed,
    /// In a queue: waiting or being offered.
    Waiting,
    Unassigned,
    Active,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgentIs {
    /// Nobody's.
    None,
    Bot,
    /// Owned or first handled by.
    User(i64),
}

/// The most ranges one page is put together from.
const RANGES_AT_MOST: usize = 64;

/// A page, after the place of the row before it and its id. Only what the viewer may see.
pub async fn interactions(
    tx: &mut Tx,
    viewer: &Viewer,
    filter: &Filter,
    after: Option<(Place, i64)>,
    limit: i64,
) -> Result<Vec<Interaction>> {
    let mut statement = Statement::new(tx.engine(), "");
    conditions(&mut statement, filter);
    if let Some(after) = &after {
        beyond(&mut statement, filter.order, after);
    }
    if let Some(expression) = &filter.expression {
        let few = Few::of(tx, &viewer.masking, filter.now, expression).await?;
        expression::add(&mut statement, viewer, filter.now, expression, &few);
    }
    seen_by(&mut statement, viewer);
    let ranges = ranges(&mut statement, viewer, filter, after.as_ref());
    let last = statement.bind(limit);
    let is_status = filter.order.by == By::Status;
    let rows = if is_gathered(viewer, filter) { Rows::Few } else { Rows::Many };
    let page = format!("{} LIMIT {last}", filter.order.text(rows));
    let part = format!("{} LIMIT {last}", filter.order.text(if is_status { Rows::OfOneRange } else { rows }));
    let conditions = std::mem::take(&mut statement.text);
    let text = if ranges.is_empty() {
        format!("SELECT i.* FROM interaction i WHERE TRUE{conditions} {page}")
    } else {
        let range = |(number, range): (usize, &String)| {
            format!(
                "SELECT r{number}.id FROM (SELECT i.id FROM interaction i WHERE {range}{conditions} {part}) r{number}"
            )
        };
        let ids: Vec<String> = ranges.iter().enumerate().map(range).collect();
        format!("SELECT i.* FROM interaction i WHERE i.id IN ({}) {page}", ids.join(" UNION ALL "))
    };
    tx.query_assembled(text).bind_all(statement.bound).all().await
}

/// Whether the viewer may see any interaction with a contact.
pub async fn sees_contact(tx: &mut Tx, viewer: &Viewer, contact: i64) -> Result<bool> {
    let mut statement = Statement::new(tx.engine(), "");
    statement.also("i.contact_id = ?", contact.into());
    seen_by(&mut statement, viewer);
    let text = format!("SELECT i.id FROM interaction i WHERE TRUE{} LIMIT 1", statement.text);
    let found: Option<Id> = tx.query_assembled(text).bind_all(statement.bound).optional().await?;
    Ok(found.is_some_and(|found| found.id > 0))
}

/// What every row of the page fulfils. A `+` keeps an engine from choosing that column's index: it would read all that
/// somebody ever had, and sort it, where the order's own index leads to the page.
fn conditions(statement: &mut Statement, filter: &Filter) {
    match filter.state {
        Some(StateIs::Open) => statement.fixed("i.state <> 'closed'"),
        // Nearly all are: said so that no engine goes by it.
        Some(StateIs::Closed) => statement.fixed("NOT (i.state <> 'closed')"),
        Some(StateIs::Waiting) => statement.fixed("i.state IN ('waiting', 'offered')"),
        Some(StateIs::Unassigned) => statement.fixed("i.state = 'unassigned'"),
        Some(StateIs::Active) => statement.fixed("i.state = 'active'"),
        None => {}
    }
    match filter.agent {
        Some(AgentIs::None) => statement.fixed("i.owner_id IS NULL AND i.state <> 'bot'"),
        Some(AgentIs::Bot) => statement.fixed("i.state = 'bot'"),
        Some(AgentIs::User(user)) => statement.also("(+i.owner_id = ? OR +i.first_owner_id = ?)", user.into()),
        None => {}
    }
    match filter.unread {
        Some(true) => statement.fixed("(i.unread > 0 OR i.marked_unread)"),
        Some(false) => statement.fixed("NOT (i.unread > 0 OR i.marked_unread)"),
        None => {}
    }
    if let Some(account) = filter.account {
        statement.also("+i.account_id = ?", account.into());
    }
    if let Some(queue) = filter.queue {
        statement.also("+i.queue_id = ?", queue.into());
    }
    if let Some(from) = filter.from {
        statement.also("i.started_at >= ?", from.into());
    }
    if let Some(to) = filter.to {
        statement.also("i.started_at < ?", to.into());
    }
    if let Some(tags) = &filter.tags {
        let tagged = expression::tagged(statement, ids(tags.iter().copied()));
        statement.fixed(&format!("i.id IN {tagged}"));
    }
    if let Some(sentiments) = &filter.sentiment {
        let any = statement.texts(texts(sentiments.iter().map(|sentiment| sentiment.as_str())));
        statement.fixed(&format!("i.sentiment IN {any}"));
    }
    if let Some(among) = &filter.among {
        let among = statement.ids(ids(among.iter().copied()));
        statement.fixed(&format!("i.id IN {among}"));
    }
    match filter.order.by {
        By::Window => statement.also("i.window_expires_at > ? AND i.state <> 'closed'", filter.now.into()),
        By::Waiting => statement.fixed("i.unanswered_since IS NOT NULL AND i.state <> 'closed'"),
        By::Last | By::Started | By::Contact | By::Status | By::Id => {}
    }
}

/// What comes after the row at this place.
fn beyond(statement: &mut Statement, order: Order, (place, id): &(Place, i64)) {
    let column = order.by.column();
    let (is, beyond) = if order.ascending { (">=", ">") } else { ("<=", "<") };
    let id = statement.bind(*id);
    let after = match place {
        Place::Words(_) | Place::At(_) => {
            let place = match place {
                Place::Words(words) => statement.bind(words.clone()),
                Place::At(at) | Place::Status(_, at) => statement.bind(*at),
            };
            format!("{column} {is} {place} AND ({column} {beyond} {place} OR i.id {beyond} {id})")
        }
        Place::Status(status, at) => {
            let (rank, at) = (order::rank(), statement.bind(*at));
            let within = format!("{column} <= {at} AND ({column} < {at} OR i.id < {id})");
            format!("({rank} {beyond} {status} OR ({rank} = {status} AND {within}))")
        }
    };
    statement.fixed(&after);
}

/// The index ranges a page comes from, each in the page's order, where walking the whole history would pass over too
/// much that is not asked for or not the viewer's; none where the order's own index is as good, or leads only through
/// what is open.
fn ranges(statement: &mut Statement, viewer: &Viewer, filter: &Filter, after: Option<&(Place, i64)>) -> Vec<String> {
    let is_small = filter.among.is_some() || filter.tags.is_some() || filter.expression.is_some();
    match filter.order.by {
        _ if is_small => Vec::new(),
        By::Status => statuses(statement, viewer, filter, after),
        _ if is_open(filter) => Vec::new(),
        By::Last => narrow(statement, viewer, filter),
        By::Started | By::Contact | By::Id if is_somebodys(viewer, filter) => narrow(statement, viewer, filter),
        By::Started | By::Contact | By::Id | By::Window | By::Waiting => Vec::new(),
    }
}

/// Whether what fulfils the filter is read as a whole and sorted: what is open, and what is one agent's, is little of
/// a long history.
fn is_gathered(viewer: &Viewer, filter: &Filter) -> bool {
    match filter.order.by {
        By::Started | By::Contact | By::Id => is_open(filter) || is_somebodys(viewer, filter),
        By::Last | By::Window | By::Waiting | By::Status => false,
    }
}

/// Only what is open, of whichever state, or unread.
fn is_open(filter: &Filter) -> bool {
    !matches!(filter.state, None | Some(StateIs::Closed)) || filter.unread == Some(true)
}

fn is_somebodys(viewer: &Viewer, filter: &Filter) -> bool {
    matches!(filter.agent, Some(AgentIs::User(_))) || (!sees_all(viewer) && viewer.scope == Scope::Own)
}

/// The ranges of an order by states: one for each that is still to come.
fn statuses(statement: &mut Statement, viewer: &Viewer, filter: &Filter, after: Option<&(Place, i64)>) -> Vec<String> {
    let after = match after {
        Some((Place::Status(status, at), _)) => Some((*status, *at)),
        _ => None,
    };
    let ascending = filter.order.ascending;
    let mut ranges = Vec::new();
    for (status, state) in STATUSES.iter().enumerate() {
        let mut here = String::new();
        if let Some((last, at)) = after {
            if (ascending && status < last) || (!ascending && status > last) {
                continue;
            }
            if status == last {
                let _ = write!(here, " AND i.last_at <= {}", statement.bind(at));
            }
        }
        // Of what is closed there is a whole history, so that only what is asked for and the viewer's is read of it.
        let narrow = match (*state, filter.state) {
            (State::Closed, None | Some(StateIs::Closed)) => narrow(statement, viewer, filter),
            (State::Closed, Some(_)) => continue,
            _ => Vec::new(),
        };
        if narrow.is_empty() {
            ranges.push(format!("i.state = '{}'{here}", state.as_str()));
        } else {
            ranges.extend(narrow.iter().map(|range| format!("{range} AND NOT (i.state <> 'closed'){here}")));
        }
    }
    ranges
}

/// The ranges of a part of the history, by its last messages; none where nearly all of it is asked for.
fn narrow(statement: &mut Statement, viewer: &Viewer, filter: &Filter) -> Vec<String> {
    // Most are neutral.
    if let Some(sentiments) = filter.sentiment.as_ref().filter(|asked| !asked.contains(&Sentiment::Neutral)) {
        return sentiments.iter().map(|one| format!("i.sentiment = '{}'", one.as_str())).collect();
    }
    let mut of = |column: &str, id: i64| format!("i.{column} = {}", statement.bind(id));
    if let Some(AgentIs::User(user)) = filter.agent {
        return vec![of("owner_id", user), of("first_owner_id", user)];
    }
    if let Some(queue) = filter.queue {
        return vec![of("queue_id", queue)];
    }
    if let Some(account) = filter.account {
        return vec![of("account_id", account)];
    }
    if sees_all(viewer) {
        return Vec::new();
    }
    let mut ranges = vec![of("owner_id", viewer.user.0)];
    match viewer.scope {
        Scope::Queues => ranges.extend(viewer.queues.iter().map(|queue| of("queue_id", queue.0))),
        Scope::Accounts => ranges.extend(viewer.accounts.iter().map(|account| of("account_id", account.0))),
        Scope::Own | Scope::All => {}
    }
    let me = statement.bind(viewer.user.0);
    ranges.push(format!("i.id IN {}", offered_to(&me)));
    if ranges.len() > RANGES_AT_MOST { Vec::new() } else { ranges }
}

fn sees_all(viewer: &Viewer) -> bool {
    viewer.role == Role::Admin || viewer.scope == Scope::All
}

/// What somebody has a card of now.
fn offered_to(user: &str) -> String {
    format!("(SELECT c.interaction_id FROM offer_agent c WHERE c.user_id = {user} AND c.state = 'pending')")
}

/// The viewer's scope, as `Viewer::sees` has it.
fn seen_by(statement: &mut Statement, viewer: &Viewer) {
    if sees_all(viewer) {
        return;
    }
    let me = statement.bind(viewer.user.0);
    let mut in_accounts = || {
        let accounts = statement.ids(ids(viewer.accounts.iter().copied()));
        format!("+i.account_id IN {accounts}")
    };
    let by_scope = match viewer.scope {
        Scope::Accounts => format!(" OR {}", in_accounts()),
        Scope::Queues => {
            let in_accounts = in_accounts();
            let queues = statement.ids(ids(viewer.queues.iter().copied()));
            format!(" OR ({in_accounts} AND +i.queue_id IN {queues})")
        }
        Scope::Own | Scope::All => String::new(),
    };
    statement.fixed(&format!("(+i.owner_id = {me} OR +i.id IN {}{by_scope})", offered_to(&me)));
}
