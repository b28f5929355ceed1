//! The list of interactions: what is asked for, and a page of it.

use std::collections::BTreeSet;

use axum::extract::State;
use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::access::Seen;
use pronto_domain::expression::{self, Expression, Subject};
use pronto_domain::field::Field as OwnField;
use pronto_domain::search::typed;
use pronto_domain::sentiment::Sentiment;
use pronto_store as store;
use serde::{Deserialize, Serialize};
use store::list::{AgentIs, By, Filter, Order, Place, StateIs};
use utoipa::{IntoParams, ToSchema};

use crate::App;
use crate::error::{Error, Field, Result};
use crate::extract::{Json, Query, SignedIn};
use crate::view::{ContactValues, Interaction, Lens};

/// A page of rows.
#[derive(Debug, Serialize, ToSchema)]
pub struct InteractionPage {
    pub items: Vec<Interaction>,
    /// What their contacts have in the custom fields that were asked for.
    pub contact_fields: Vec<ContactValues>,
    /// Where the next page begins.
    pub next: Option<String>,
    pub position: String,
}

/// Which interactions, newest activity first unless sorted otherwise.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// open, closed, waiting, unassigned or active.
    pub state: Option<String>,
    pub account: Option<i64>,
    /// me, all, none, bot or a user's id: the owner or the first handler.
    pub agent: Option<String>,
    pub queue: Option<i64>,
    /// `unread` or `read`, by the owner.
    pub read: Option<String>,
    /// Ids of tags, with commas between: what has any of them.
    pub tags: Option<String>,
    /// positive, neutral, mixed, negative, with commas between: what sounds like any of them.
    pub sentiment: Option<String>,
    /// Started at or after.
    pub from: Option<Timestamp>,
    /// Started before.
    pub to: Option<Timestamp>,
    /// A number, a name, a phone, words of a message.
    pub search: Option<String>,
    /// An advanced search, as JSON: groups `{"all": […]}` and `{"any": […]}` of groups and of conditions
    /// `{"field", "op", "value"}`. A custom field is `contact.fields.KEY`; one that is archived finds nothing.
    pub expression: Option<String>,
    /// `last` (message), `started`, `id`; `window`: only those with an open window, what closes soonest first;
    /// `waiting`: only those whose customer waits for an answer, who waits longest first; `contact`: by name, not where
    /// names are hidden; `status`: waiting, offered, unassigned, active, bot, flow, closed, of each the latest message first.
    pub sort: Option<String>,
    /// `asc` or `desc`; without it the newest, the most urgent, or the first name comes first.
    pub order: Option<String>,
    /// Only among these: ids with commas between, at most 100.
    pub ids: Option<String>,
    /// Keys of custom fields of contacts with commas between, at most 20: what the contacts of the page have in them.
    /// One that is archived is left out.
    pub contact_fields: Option<String>,
    pub after: Option<String>,
    /// 1–100.
    pub limit: Option<i64>,
}

const LIMIT: i64 = 50;
const LIMIT_AT_MOST: i64 = 100;
pub(super) const SEARCH_AT_MOST: usize = 200;
const TAGS_AT_MOST: usize = 100;
pub(super) const IDS_AT_MOST: usize = 100;
const FIELDS_AT_MOST: usize = 20;

/// Interactions the viewer may see.
#[utoipa::path(get, path = "/api/v1/interactions", tag = "interactions", operation_id = "list_interactions",
    params(ListQuery), responses((status = 200, body = InteractionPage), (status = 400, body = crate::Problem)))]
pub async fn list_interactions(
    State(app): State<App>,
    me: SignedIn,
    Query(query): Query<ListQuery>,
) -> Result<Json<InteractionPage>> {
    let limit = limit_of(query.limit)?;
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let mut filter = filter_of(&query, &lens)?;
    let after = query.after.as_deref().map(|text| place_of(text, filter.order.by)).transpose()?;
    let fields = query.contact_fields.as_deref().map_or(Ok(Vec::new()), |keys| fields_of(keys, &lens))?;
    filter.among = query.ids.as_deref().map(|ids| ids_of(ids, IDS_AT_MOST)).transpose()?;
    let mut tx = app.desk.db().read().await?;
    let position = store::meta::position(&mut tx, app.desk.epoch()).await?.to_string();
    if let Some(search) = query.search.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        if search.chars().count() > SEARCH_AT_MOST {
            let detail = format!("at most {SEARCH_AT_MOST} characters");
            return Err(Error::invalid(vec![Field::new("search", "too_long", detail)]));
        }
        let accounts: Vec<i64> = me.viewer.accounts.iter().map(|id| id.0).collect();
        // Whoever works on every account is not asked which: the words of all would be looked through for it.
        let everywhere = me.viewer.sees(&Seen { account: None, queue: None, owner: None, offered: Vec::new() })
            || config.accounts.keys().all(|id| me.viewer.accounts.contains(id));
        let mut typed = typed(search);
        typed.hidden = me.viewer.masking;
        let mut found = store::search::interactions(&mut tx, &typed, (!everywhere).then_some(&accounts)).await?;
        if let Some(ids) = &filter.among {
            found.retain(|id| ids.contains(id));
        }
        filter.among = Some(found);
    }
    let mut rows = store::list::interactions(&mut tx, &me.viewer, &filter, after, limit + 1).await?;
    let more = i64::try_from(rows.len()).unwrap_or(i64::MAX) > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let by = filter.order.by;
    let next = rows.last().filter(|_| more).map(|row| format!("{}-{}", by.place(row), row.id));
    let items = rows.iter().map(|row| lens.interaction(row)).collect();
    let contact_fields = contact_values(&mut tx, &lens, &rows, &fields).await?;
    Ok(Json(InteractionPage { items, contact_fields, next, position }))
}

/// What the contacts of these have in some fields.
async fn contact_values(
    tx: &mut Tx,
    lens: &Lens<'_>,
    rows: &[store::interaction::Interaction],
    fields: &[&OwnField],
) -> Result<Vec<ContactValues>> {
    let contacts: BTreeSet<i64> = rows.iter().filter_map(|row| row.contact_id).collect();
    if fields.is_empty() || contacts.is_empty() {
        return Ok(Vec::new());
    }
    let contacts: Vec<i64> = contacts.into_iter().collect();
    let held = store::contact_field::held_in(tx, &contacts, fields.iter().map(|field| field.id.0)).await?;
    let mut contacts = store::contact::by_ids(tx, &contacts).await?;
    contacts.sort_by_key(|contact| contact.id);
    Ok(contacts.iter().map(|contact| lens.contact_values(contact, &held, fields)).collect())
}

pub(super) fn limit_of(limit: Option<i64>) -> Result<i64> {
    match limit.unwrap_or(LIMIT) {
        limit @ 1..=LIMIT_AT_MOST => Ok(limit),
        _ => Err(Error::invalid(vec![Field::new("limit", "out_of_range", format!("1 to {LIMIT_AT_MOST}"))])),
    }
}

/// A place in a list: where the last row stands in its order, and its id.
fn place_of(text: &str, by: By) -> Result<(Place, i64)> {
    let place = text.rsplit_once('-').and_then(|(place, id)| Some((by.read_place(place)?, id.parse().ok()?)));
    place.ok_or_else(not_a_cursor)
}

/// A place in a list by time: the instant and the id of the last row.
pub(super) fn cursor(text: &str) -> Result<(i64, i64)> {
    let place = text.rsplit_once('-').and_then(|(at, id)| Some((at.parse().ok()?, id.parse().ok()?)));
    place.ok_or_else(not_a_cursor)
}

fn not_a_cursor() -> Error {
    Error::invalid(vec![Field::new("after", "format", "not a cursor of this list")])
}

/// Ids that may be asked for at once.
pub(super) fn ids_of(text: &str, at_most: usize) -> Result<Vec<i64>> {
    let wrong = |code, detail: String| Error::invalid(vec![Field::new("ids", code, detail)]);
    let ids = text.split(',').map(str::parse).collect::<Result<Vec<i64>, _>>();
    let ids = ids.map_err(|_| wrong("format", "ids with commas between".to_owned()))?;
    if ids.len() > at_most {
        return Err(wrong("out_of_range", format!("at most {at_most}")));
    }
    Ok(ids)
}

/// The fields that may be shown of those that are asked for. What is archived has left every screen; what never was,
/// or is hidden from whoever asks, is a mistake.
fn fields_of<'a>(keys: &str, lens: &Lens<'a>) -> Result<Vec<&'a OwnField>> {
    let wrong = |code, detail: String| Error::invalid(vec![Field::new("contact_fields", code, detail)]);
    let keys: BTreeSet<&str> = keys.split(',').filter(|key| !key.is_empty()).collect();
    if keys.len() > FIELDS_AT_MOST {
        return Err(wrong("too_many", format!("at most {FIELDS_AT_MOST}")));
    }
    let mut fields = Vec::new();
    for key in keys {
        let known = lens.config.fields.iter().find(|field| field.key == key);
        match known.ok_or_else(|| wrong("unknown", format!("no field of contacts is called {key}")))? {
            field if field.archived => {}
            field if field.is_hidden_by(&lens.viewer.masking) => {
                return Err(wrong("masked", format!("{key} is hidden from you")));
            }
            field => fields.push(field),
        }
    }
    Ok(fields)
}

/// What a query asks for, if it makes sense, and of nothing that is hidden from whoever asks.
pub(super) fn filter_of(query: &ListQuery, lens: &Lens<'_>) -> Result<Filter> {
    let wrong = |name: &str, known: &str| Error::invalid(vec![Field::new(name, "unknown", format!("one of {known}"))]);
    let state = match query.state.as_deref() {
        None | Some("" | "all") => None,
        Some("open") => Some(StateIs::Open),
        Some("closed") => Some(StateIs::Closed),
        Some("waiting") => Some(StateIs::Waiting),
        Some("unassigned") => Some(StateIs::Unassigned),
        Some("active") => Some(StateIs::Active),
        Some(_) => return Err(wrong("state", "open, closed, waiting, unassigned, active")),
    };
    let agent = match query.agent.as_deref() {
        None | Some("" | "all") => None,
        Some("me") => Some(AgentIs::User(lens.viewer.user.0)),
        Some("none") => Some(AgentIs::None),
        Some("bot") => Some(AgentIs::Bot),
        Some(id) => Some(AgentIs::User(id.parse().map_err(|_| wrong("agent", "me, all, none, bot, or a user's id"))?)),
    };
    let unread = match query.read.as_deref() {
        None | Some("" | "all") => None,
        Some("unread") => Some(true),
        Some("read") => Some(false),
        Some(_) => return Err(wrong("read", "read, unread")),
    };
    let tags = tags_of(query.tags.as_deref())?;
    let sentiment = match query.sentiment.as_deref() {
        None | Some("") => None,
        Some(words) => {
            let words = words.split(',').map(str::parse).collect::<Result<Vec<Sentiment>, _>>();
            Some(words.map_err(|_| wrong("sentiment", "positive, neutral, mixed, negative, with commas between"))?)
        }
    };
    let by = match query.sort.as_deref() {
        None | Some("") => By::default(),
        Some(word) => {
            By::read(word).ok_or_else(|| wrong("sort", "last, started, window, waiting, contact, status, id"))?
        }
    };
    if by == By::Contact && lens.viewer.masking.name.hides() {
        let detail = "names are hidden from you, so nothing is sorted by them";
        return Err(Error::invalid(vec![Field::new("sort", "masked", detail)]));
    }
    let ascending = match query.order.as_deref() {
        None | Some("") => by.ascending(),
        Some("asc") => true,
        Some("desc") => false,
        Some(_) => return Err(wrong("order", "asc, desc")),
    };
    let expression = match query.expression.as_deref() {
        None | Some("") => None,
        Some(text) => Some(expression_of(Subject::Interactions, text, lens)?),
    };
    Ok(Filter {
        state,
        account: query.account,
        agent,
        queue: query.queue,
        unread,
        tags,
        sentiment,
        from: query.from.map(store::millis),
        to: query.to.map(store::millis),
        among: None,
        expression,
        order: Order { by, ascending },
        now: store::millis(lens.now),
    })
}

/// Ids of tags with commas between.
pub(super) fn tags_of(ids: Option<&str>) -> Result<Option<Vec<i64>>> {
    let Some(ids) = ids.filter(|ids| !ids.is_empty()) else { return Ok(None) };
    let wrong = |_| Error::invalid(vec![Field::new("tags", "format", "ids of tags with commas between")]);
    let ids = ids.split(',').map(str::parse).collect::<Result<Vec<i64>, _>>().map_err(wrong)?;
    if ids.len() > TAGS_AT_MOST {
        return Err(Error::invalid(vec![Field::new("tags", "too_long", format!("at most {TAGS_AT_MOST} tags"))]));
    }
    Ok(Some(ids))
}

/// Reads an advanced search; what makes no sense is named condition by condition.
pub(super) fn expression_of(subject: Subject, text: &str, lens: &Lens<'_>) -> Result<Expression> {
    let format = |detail: String| Error::invalid(vec![Field::new("expression", "format", detail)]);
    let value = serde_json::from_str(text).map_err(|error| format(format!("not JSON: {error}")))?;
    expression::read(subject, &value, &lens.config.fields, &lens.viewer.masking).map_err(|wrong| {
        let field = |wrong: expression::Wrong| {
            let dot = if wrong.path.is_empty() { "" } else { "." };
            Field::new(format!("expression{dot}{}", wrong.path), wrong.code, wrong.detail)
        };
        Error::invalid(wrong.into_iter().map(field).collect())
    })
}
