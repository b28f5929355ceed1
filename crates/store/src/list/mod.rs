//! The list of interactions: any filters, newest activity first, one index range a page.
//!
//! The text of the statement is put together from fixed pieces; every value is bound.

mod expression;
mod order;
mod statement;

use pronto_db::{Result, Tx, ids};
use pronto_domain::access::{Role, Scope, Viewer};
use pronto_domain::expression::Expression;

pub use order::{By, Order};
use statement::Statement;

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
    /// Ids of tags: has any of them.
    pub tags: Option<Vec<i64>>,
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

/// A page, after the place of the row before it and its id. Only what the viewer may see.
pub async fn interactions(
    tx: &mut Tx,
    viewer: &Viewer,
    filter: &Filter,
    after: Option<(i64, i64)>,
    limit: i64,
) -> Result<Vec<Interaction>> {
    let mut statement = Statement::new(tx.engine(), "SELECT i.* FROM interaction i WHERE TRUE");
    match filter.state {
        Some(StateIs::Open) => statement.fixed("i.state <> 'closed'"),
        Some(StateIs::Closed) => statement.fixed("i.state = 'closed'"),
        Some(StateIs::Waiting) => statement.fixed("i.state IN ('waiting', 'offered')"),
        Some(StateIs::Unassigned) => statement.fixed("i.state = 'unassigned'"),
        Some(StateIs::Active) => statement.fixed("i.state = 'active'"),
        None => {}
    }
    match filter.agent {
        Some(AgentIs::None) => statement.fixed("i.owner_id IS NULL AND i.state <> 'bot'"),
        Some(AgentIs::Bot) => statement.fixed("i.state = 'bot'"),
        Some(AgentIs::User(user)) => statement.also("(i.owner_id = ? OR i.first_owner_id = ?)", user.into()),
        None => {}
    }
    match filter.unread {
        Some(true) => statement.fixed("(i.unread > 0 OR i.marked_unread)"),
        Some(false) => statement.fixed("NOT (i.unread > 0 OR i.marked_unread)"),
        None => {}
    }
    if let Some(account) = filter.account {
        statement.also("i.account_id = ?", account.into());
    }
    if let Some(queue) = filter.queue {
        statement.also("i.queue_id = ?", queue.into());
    }
    if let Some(from) = filter.from {
        statement.also("i.started_at >= ?", from.into());
    }
    if let Some(to) = filter.to {
        statement.also("i.started_at < ?", to.into());
    }
    if let Some(tags) = &filter.tags {
        let tagged = expression::tagged(&mut statement, ids(tags.iter().copied()));
        statement.fixed(&format!("i.id IN {tagged}"));
    }
    if let Some(among) = &filter.among {
        let among = statement.ids(ids(among.iter().copied()));
        statement.fixed(&format!("i.id IN {among}"));
    }
    if let Some(expression) = &filter.expression {
        expression::add(&mut statement, viewer, filter.now, expression);
    }
    let Order { by, ascending } = filter.order;
    let column = by.column();
    let (is, beyond, way) = if ascending { (">=", ">", "ASC") } else { ("<=", "<", "DESC") };
    match by {
        By::Window => statement.also("i.window_expires_at > ? AND i.state <> 'closed'", filter.now.into()),
        By::Waiting => statement.fixed("i.unanswered_since IS NOT NULL AND i.state <> 'closed'"),
        By::Last | By::Started | By::Id => {}
    }
    if let Some((at, id)) = after {
        let (at, id) = (statement.bind(at), statement.bind(id));
        statement.fixed(&format!("{column} {is} {at} AND ({column} {beyond} {at} OR i.id {beyond} {id})"));
    }
    seen_by(&mut statement, viewer);
    let last = statement.bind(limit);
    statement.text.push_str(&format!(" ORDER BY {column} {way}, i.id {way} LIMIT {last}"));
    let mut query = tx.query_assembled(statement.text);
    for value in statement.bound {
        query = query.bind(value);
    }
    query.all().await
}

/// The viewer's scope, as `Viewer::sees` has it.
fn seen_by(statement: &mut Statement, viewer: &Viewer) {
    if viewer.role == Role::Admin || viewer.scope == Scope::All {
        return;
    }
    let me = statement.bind(viewer.user.0);
    let mut in_accounts = || {
        let accounts = statement.ids(ids(viewer.accounts.iter().copied()));
        format!("i.account_id IN {accounts}")
    };
    let by_scope = match viewer.scope {
        Scope::Accounts => format!(" OR {}", in_accounts()),
        Scope::Queues => {
            let in_accounts = in_accounts();
            let queues = statement.ids(ids(viewer.queues.iter().copied()));
            format!(" OR ({in_accounts} AND i.queue_id IN {queues})")
        }
        Scope::Own | Scope::All => String::new(),
    };
    statement.fixed(&format!(
        "(i.owner_id = {me} OR i.id IN (SELECT c.interaction_id FROM offer_agent c WHERE c.user_id = {me} \
         AND c.state = 'pending'){by_scope})"
    ));
}
