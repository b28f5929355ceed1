//! The list of interactions: any filters, newest activity first, one index range a page.
//!
//! The text of the statement is put together from fixed pieces; every value is bound.

use pronto_db::{Result, Tx, Value, ids, texts};
use pronto_domain::access::{Role, Scope, Viewer};

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
    /// Has any of these.
    pub tags: Option<Vec<String>>,
    /// Started at or after.
    pub from: Option<i64>,
    /// Started before.
    pub to: Option<i64>,
    /// Only open ones whose window is open at this time, what closes soonest first.
    pub closing_after: Option<i64>,
    /// Only among these: what a search found.
    pub among: Option<Vec<i64>>,
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

/// A statement being put together: text and what is bound to it.
struct Statement {
    text: String,
    bound: Vec<Value>,
}

impl Statement {
    /// Adds a condition; `?` stands for the value.
    fn also(&mut self, condition: &str, value: Value) {
        self.bound.push(value);
        let place = format!("${}", self.bound.len());
        self.text.push_str(" AND ");
        self.text.push_str(&condition.replace('?', &place));
    }

    fn fixed(&mut self, condition: &str) {
        self.text.push_str(" AND ");
        self.text.push_str(condition);
    }
}

/// A page, after the place `(last_at, id)` of the row before it, or `(window_expires_at, id)` where the window is what
/// it is ordered by. Only what the viewer may see.
pub async fn interactions(
    tx: &mut Tx,
    viewer: &Viewer,
    filter: &Filter,
    after: Option<(i64, i64)>,
    limit: i64,
) -> Result<Vec<Interaction>> {
    let engine = tx.engine();
    let elements = |place: &str| match engine {
        pronto_db::Engine::Sqlite => format!("(SELECT value FROM json_each({place}))"),
        pronto_db::Engine::Postgres => format!("(SELECT jsonb_array_elements_text({place})::bigint)"),
    };
    let any = elements("?");
    let mut statement = Statement { text: "SELECT i.* FROM interaction i WHERE TRUE".to_owned(), bound: Vec::new() };
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
        let has = match engine {
            pronto_db::Engine::Sqlite => {
                "EXISTS (SELECT 1 FROM json_each(i.tags) t WHERE t.value IN (SELECT value FROM json_each(?)))"
            }
            pronto_db::Engine::Postgres => "jsonb_exists_any(i.tags, ARRAY(SELECT jsonb_array_elements_text(?)))",
        };
        statement.also(has, texts(tags));
    }
    if let Some(among) = &filter.among {
        statement.also(&format!("i.id IN {any}"), ids(among.iter().copied()));
    }
    let (column, is, beyond, way) = match filter.closing_after {
        Some(_) => ("i.window_expires_at", ">=", ">", "ASC"),
        None => ("i.last_at", "<=", "<", "DESC"),
    };
    if let Some(now) = filter.closing_after {
        statement.also("i.window_expires_at > ? AND i.state <> 'closed'", now.into());
    }
    if let Some((at, id)) = after {
        statement.also(&format!("{column} {is} ?"), at.into());
        let place = statement.bound.len();
        statement.bound.push(id.into());
        statement.fixed(&format!("({column} {beyond} ${place} OR i.id {beyond} ${})", place + 1));
    }
    seen_by(&mut statement, viewer, &any);
    statement.bound.push(limit.into());
    let last = statement.bound.len();
    statement.text.push_str(&format!(" ORDER BY {column} {way}, i.id {way} LIMIT ${last}"));
    let mut query = tx.query_assembled(statement.text);
    for value in statement.bound {
        query = query.bind(value);
    }
    query.all().await
}

/// The viewer's scope, as `Viewer::sees` has it.
fn seen_by(statement: &mut Statement, viewer: &Viewer, any: &str) {
    if viewer.role == Role::Admin || viewer.scope == Scope::All {
        return;
    }
    let bind = |statement: &mut Statement, value: Value| {
        statement.bound.push(value);
        format!("${}", statement.bound.len())
    };
    let me = bind(statement, viewer.user.0.into());
    let accounts = bind(statement, ids(viewer.accounts.iter().copied()));
    let accounts = any.replace('?', &accounts);
    let by_scope = match viewer.scope {
        Scope::Accounts => format!(" OR i.account_id IN {accounts}"),
        Scope::Queues => {
            let queues = bind(statement, ids(viewer.queues.iter().copied()));
            format!(" OR (i.account_id IN {accounts} AND i.queue_id IN {})", any.replace('?', &queues))
        }
        // The accounts stay bound and unused, so that both engines see each parameter once.
        Scope::Own | Scope::All => format!(" OR (FALSE AND i.account_id IN {accounts})"),
    };
    statement.fixed(&format!(
        "(i.owner_id = {me} OR i.id IN (SELECT c.interaction_id FROM offer_agent c WHERE c.user_id = {me} \
         AND c.state = 'pending'){by_scope})"
    ));
}
