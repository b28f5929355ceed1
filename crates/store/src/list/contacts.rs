//! The list of contacts: those of lists one may look into, in one order of an index, a range for each list.

use pronto_db::{Engine, Result, Tx, ids};
use pronto_domain::search::Typed;

use super::order::Place;
use super::own::Few;
use super::person::{self, Advanced};
use super::statement::Statement;
use crate::contact::Contact;
use crate::search;

/// Which contacts.
#[derive(Clone, Debug, Default)]
pub struct ContactFilter {
    /// Only in these lists; `None` = in all.
    pub lists: Option<Vec<i64>>,
    /// Only those this user made, changed or handled; of those they hold now, also in other lists.
    pub mine: Option<i64>,
    /// Ids of tags: who has any of them.
    pub tags: Option<Vec<i64>>,
    pub owner: Option<i64>,
    pub company: Option<i64>,
    pub search: Option<Typed>,
    /// A whole e-mail address that was typed: found even by those from whom it is hidden.
    pub email: Option<String>,
    pub advanced: Option<Advanced>,
    /// Only among these.
    pub among: Option<Vec<i64>>,
    /// Those that were deleted instead.
    pub deleted: bool,
    pub by: ContactsBy,
    pub ascending: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ContactsBy {
    Name,
    #[default]
    Updated,
    Created,
}

impl ContactsBy {
    pub const ALL: &[Self] = &[Self::Name, Self::Updated, Self::Created];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Updated => "updated",
            Self::Created => "created",
        }
    }

    const fn column(self) -> &'static str {
        match self {
            Self::Name => "c.name_words",
            Self::Updated => "c.updated_at",
            Self::Created => "c.created_at",
        }
    }

    /// Where a row stands in it.
    pub fn place(self, row: &Contact) -> Place {
        match self {
            Self::Name => Place::Words(row.name_words.clone()),
            Self::Updated => Place::At(row.updated_at),
            Self::Created => Place::At(row.created_at),
        }
    }
}

/// The most ranges one page is put together from.
const RANGES_AT_MOST: usize = 32;
/// The most contacts that what was typed leads to.
const FOUND_AT_MOST: i64 = 5_000;

/// A page, after the place of the row before it and its id.
pub async fn contacts(
    tx: &mut Tx,
    filter: &ContactFilter,
    after: Option<(Place, i64)>,
    limit: i64,
) -> Result<Vec<Contact>> {
    let mut statement = Statement::new(tx.engine(), "");
    let few = few(tx, filter).await?;
    let ranges = conditions(&mut statement, filter, &few);
    let column = filter.by.column();
    let (way, is, beyond) = if filter.ascending { ("ASC", ">=", ">") } else { ("DESC", "<=", "<") };
    if let Some((place, id)) = after {
        let place = match place {
            Place::Words(words) => statement.bind(words),
            Place::At(at) | Place::Status(_, at) => statement.bind(at),
        };
        let id = statement.bind(id);
        statement.fixed(&format!("{column} {is} {place} AND ({column} {beyond} {place} OR c.id {beyond} {id})"));
    }
    let last = statement.bind(limit);
    let page = format!("ORDER BY {column} {way}, c.id {way} LIMIT {last}");
    let conditions = std::mem::take(&mut statement.text);
    let text = if ranges.len() < 2 {
        let range = ranges.first().map_or("TRUE", String::as_str);
        format!("SELECT c.* FROM contact c WHERE {range}{conditions} {page}")
    } else {
        let range = |(number, range): (usize, &String)| {
            format!("SELECT r{number}.id FROM (SELECT c.id FROM contact c WHERE {range}{conditions} {page}) r{number}")
        };
        let found: Vec<String> = ranges.iter().enumerate().map(range).collect();
        format!("SELECT c.* FROM contact c WHERE c.id IN ({}) {page}", found.join(" UNION ALL "))
    };
    tx.query_assembled(text).bind_all(statement.bound).all().await
}

#[derive(pronto_db::FromRow)]
struct Count {
    count: i64,
}

/// How many there are, counted no further than `at_most`.
pub async fn count_contacts(tx: &mut Tx, filter: &ContactFilter, at_most: i64) -> Result<i64> {
    let mut statement = Statement::new(tx.engine(), "");
    let few = few(tx, filter).await?;
    let mut ranges = conditions(&mut statement, filter, &few);
    if ranges.is_empty() {
        ranges.push("TRUE".to_owned());
    }
    let most = statement.bind(at_most);
    let range = |(number, range): (usize, &String)| {
        format!(
            "SELECT r{number}.id FROM (SELECT c.id FROM contact c WHERE {range}{} LIMIT {most}) r{number}",
            statement.text
        )
    };
    let found: Vec<String> = ranges.iter().enumerate().map(range).collect();
    let text =
        format!("SELECT count(*) AS count FROM (SELECT 1 FROM ({}) f LIMIT {most}) counted", found.join(" UNION ALL "));
    let found: Count = tx.query_assembled(text).bind_all(statement.bound).one().await?;
    Ok(found.count)
}

async fn few<'a>(tx: &mut Tx, filter: &'a ContactFilter) -> Result<Few<'a>> {
    match &filter.advanced {
        Some(advanced) => Few::of(tx, &advanced.hidden, advanced.now, &advanced.expression).await,
        None => Ok(Few::default()),
    }
}

/// What every row fulfils; answers the index ranges they come from, none where the order's own index is as good. A `+`
/// keeps an engine from choosing that column's index.
fn conditions(statement: &mut Statement, filter: &ContactFilter, few: &Few<'_>) -> Vec<String> {
    statement.fixed(if filter.deleted {
        "c.deleted_at IS NOT NULL AND c.merged_into IS NULL"
    } else {
        "c.deleted_at IS NULL"
    });
    if filter.deleted {
        statement.fixed("c.erased_at IS NULL");
    }
    if let Some(tags) = &filter.tags {
        let tags = statement.ids(ids(tags.iter().copied()));
        statement.fixed(&format!(
            "c.id IN (SELECT t.contact_id FROM contact_tag t WHERE t.name IN (SELECT g.name FROM tag g WHERE g.id IN {tags}))"
        ));
    }
    if let Some(owner) = filter.owner {
        statement.also("c.owner_id = ?", owner.into());
    }
    if let Some(company) = filter.company {
        statement.also("c.company_id = ?", company.into());
    }
    if let Some(typed) = &filter.search {
        let found = found(statement, typed, filter);
        statement.fixed(&found);
    }
    if let Some(advanced) = &filter.advanced {
        person::add(statement, advanced, few);
    }
    if let Some(among) = &filter.among {
        let among = statement.ids(ids(among.iter().copied()));
        statement.fixed(&format!("c.id IN {among}"));
    }
    let held = filter.mine.map(|user| {
        let me = statement.bind(user);
        statement.fixed(&format!(
            "c.id IN (SELECT w.contact_id FROM contact_worker w WHERE w.user_id = {me} UNION {} UNION {})",
            handled("owner_id", &me),
            handled("first_owner_id", &me)
        ));
        handled("owner_id", &me)
    });
    let small = filter.tags.is_some()
        || filter.search.is_some()
        || filter.owner.is_some()
        || filter.company.is_some()
        || filter.advanced.is_some()
        || filter.among.is_some();
    let Some(lists) = &filter.lists else { return Vec::new() };
    if held.is_none() && !small && !filter.deleted && lists.len() <= RANGES_AT_MOST && !lists.is_empty() {
        return lists.iter().map(|list| format!("c.list_id = {}", statement.bind(*list))).collect();
    }
    let lists = statement.ids(ids(lists.iter().copied()));
    let or_held = held.map_or_else(String::new, |held| format!(" OR c.id IN ({held})"));
    statement.fixed(&format!("(+c.list_id IN {lists}{or_held})"));
    Vec::new()
}

fn handled(column: &str, user: &str) -> String {
    format!("SELECT i.contact_id FROM interaction i WHERE i.{column} = {user} AND i.contact_id IS NOT NULL")
}

/// Whom what was typed leads to.
fn found(statement: &mut Statement, typed: &Typed, filter: &ContactFilter) -> String {
    // With one's own there may be some of other lists among them, which the outer condition sorts out.
    let lists = filter.lists.as_deref().filter(|_| filter.mine.is_none());
    let queries = search::contacts(statement.engine, typed, lists);
    let mut found: Vec<String> = queries
        .into_iter()
        .map(|query| {
            let (query, most) = (statement.bind(query), statement.bind(FOUND_AT_MOST));
            match statement.engine {
                Engine::Sqlite => format!(
                    "c.id IN (SELECT rowid FROM contact_search WHERE contact_search MATCH {query} \
                     ORDER BY rowid DESC LIMIT {most})"
                ),
                // As an array it is found first, whatever the planner makes of the rest.
                Engine::Postgres => format!(
                    "c.id IN (SELECT unnest(ARRAY(SELECT s.id FROM contact_search s \
                     WHERE s.words @@ to_tsquery('simple', {query}) ORDER BY s.id DESC LIMIT {most})))"
                ),
            }
        })
        .collect();
    if let Some(email) = &filter.email {
        let email = statement.bind(email.to_lowercase());
        found.push(format!(
            "c.id IN (SELECT e.id FROM contact e WHERE e.email IS NOT NULL AND lower(e.email) = {email})"
        ));
    }
    if found.is_empty() { super::compare::NEVER.to_owned() } else { format!("({})", found.join(" OR ")) }
}
