//! The list of interactions: what is asked for, and a page of it.

use axum::extract::State;
use jiff::Timestamp;
use pronto_domain::access::Seen;
use pronto_domain::expression::{self, Expression};
use pronto_domain::search::typed;
use pronto_domain::sentiment::Sentiment;
use pronto_store as store;
use serde::{Deserialize, Serialize};
use store::list::{AgentIs, By, Filter, Order, StateIs};
use utoipa::{IntoParams, ToSchema};

use crate::App;
use crate::error::{Error, Field, Result};
use crate::extract::{Json, Query, SignedIn};
use crate::view::{Interaction, Lens, UserRef};

/// A page of rows.
#[derive(Debug, Serialize, ToSchema)]
pub struct InteractionPage {
    pub items: Vec<Interaction>,
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
    /// `waiting`: only those whose customer waits for an answer, who waits longest first.
    pub sort: Option<String>,
    /// `asc` or `desc`; without it the newest, or the most urgent, comes first.
    pub order: Option<String>,
    pub after: Option<String>,
    /// 1–100.
    pub limit: Option<i64>,
}

const LIMIT: i64 = 50;
const LIMIT_AT_MOST: i64 = 100;
const SEARCH_AT_MOST: usize = 200;
const TAGS_AT_MOST: usize = 100;

/// Interactions the viewer may see.
#[utoipa::path(get, path = "/api/v1/interactions", tag = "interactions", operation_id = "list_interactions",
    params(ListQuery), responses((status = 200, body = InteractionPage), (status = 400, body = crate::Problem)))]
pub async fn list_interactions(
    State(app): State<App>,
    me: SignedIn,
    Query(query): Query<ListQuery>,
) -> Result<Json<InteractionPage>> {
    let limit = limit_of(query.limit)?;
    let after = query.after.as_deref().map(cursor).transpose()?;
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let mut filter = filter_of(&query, &lens)?;
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
        let found = store::search::interactions(&mut tx, &typed, (!everywhere).then_some(&accounts)).await?;
        filter.among = Some(found);
    }
    let mut rows = store::list::interactions(&mut tx, &me.viewer, &filter, after, limit + 1).await?;
    let more = i64::try_from(rows.len()).unwrap_or(i64::MAX) > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let by = filter.order.by;
    let next = rows.last().filter(|_| more).map(|row| format!("{}-{}", by.place(row), row.id));
    let items = rows.iter().map(|row| lens.interaction(row)).collect();
    Ok(Json(InteractionPage { items, next, position }))
}

pub(super) fn limit_of(limit: Option<i64>) -> Result<i64> {
    match limit.unwrap_or(LIMIT) {
        limit @ 1..=LIMIT_AT_MOST => Ok(limit),
        _ => Err(Error::invalid(vec![Field::new("limit", "out_of_range", format!("1 to {LIMIT_AT_MOST}"))])),
    }
}

/// A place in a list: the instant and the id of the last row.
pub(super) fn cursor(text: &str) -> Result<(i64, i64)> {
    let place = text.rsplit_once('-').and_then(|(at, id)| Some((at.parse().ok()?, id.parse().ok()?)));
    place.ok_or_else(|| Error::invalid(vec![Field::new("after", "format", "not a cursor of this list")]))
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
    let tags = match query.tags.as_deref() {
        None | Some("") => None,
        Some(ids) => {
            let wrong = |_| Error::invalid(vec![Field::new("tags", "format", "ids of tags with commas between")]);
            let ids = ids.split(',').map(str::parse).collect::<Result<Vec<i64>, _>>().map_err(wrong)?;
            if ids.len() > TAGS_AT_MOST {
                let detail = format!("at most {TAGS_AT_MOST} tags");
                return Err(Error::invalid(vec![Field::new("tags", "too_long", detail)]));
            }
            Some(ids)
        }
    };
    let sentiment = match query.sentiment.as_deref() {
        None | Some("") => None,
        Some(words) => {
            let words = words.split(',').map(str::parse).collect::<Result<Vec<Sentiment>, _>>();
            Some(words.map_err(|_| wrong("sentiment", "positive, neutral, mixed, negative, with commas between"))?)
        }
    };
    let by = match query.sort.as_deref() {
        None | Some("") => By::default(),
        Some(word) => By::read(word).ok_or_else(|| wrong("sort", "last, started, window, waiting, id"))?,
    };
    let ascending = match query.order.as_deref() {
        None | Some("") => by.ascending(),
        Some("asc") => true,
        Some("desc") => false,
        Some(_) => return Err(wrong("order", "asc, desc")),
    };
    let expression = match query.expression.as_deref() {
        None | Some("") => None,
        Some(text) => Some(expression_of(text, lens)?),
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

/// Reads an advanced search; what makes no sense is named condition by condition.
fn expression_of(text: &str, lens: &Lens<'_>) -> Result<Expression> {
    let format = |detail: String| Error::invalid(vec![Field::new("expression", "format", detail)]);
    let value = serde_json::from_str(text).map_err(|error| format(format!("not JSON: {error}")))?;
    expression::read(&value, &lens.config.fields, &lens.viewer.masking).map_err(|wrong| {
        let field = |wrong: expression::Wrong| {
            let dot = if wrong.path.is_empty() { "" } else { "." };
            Field::new(format!("expression{dot}{}", wrong.path), wrong.code, wrong.detail)
        };
        Error::invalid(wrong.into_iter().map(field).collect())
    })
}

/// Whom an interaction is on screen with.
#[derive(Debug, Serialize, ToSchema)]
pub struct Watched {
    pub interaction_id: i64,
    pub users: Vec<UserRef>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WatchedQuery {
    /// Ids of interactions with commas between, at most 100.
    pub ids: String,
}

/// Who has which of these on screen now
///
/// Those that nobody has are left out, and those the viewer may not see.
#[utoipa::path(get, path = "/api/v1/interactions/watching", tag = "interactions", operation_id = "list_watching",
    params(WatchedQuery), responses((status = 200, body = Vec<Watched>)))]
pub async fn list_watching(
    State(app): State<App>,
    me: SignedIn,
    Query(query): Query<WatchedQuery>,
) -> Result<Json<Vec<Watched>>> {
    let wrong = |code, detail: &str| Error::invalid(vec![Field::new("ids", code, detail)]);
    let ids = query.ids.split(',').map(str::parse).collect::<Result<Vec<i64>, _>>();
    let mut ids = ids.map_err(|_| wrong("format", "ids with commas between"))?;
    if i64::try_from(ids.len()).unwrap_or(i64::MAX) > LIMIT_AT_MOST {
        return Err(wrong("out_of_range", "at most 100"));
    }
    ids.retain(|id| !app.live.watching(*id).is_empty());
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let mut tx = app.desk.db().read().await?;
    let rows = store::interaction::by_ids(&mut tx, &ids).await?;
    let seen = rows.iter().filter(|row| me.viewer.sees(&row.seen()));
    let watched = seen.map(|row| Watched {
        interaction_id: row.id,
        users: app.live.watching(row.id).into_iter().map(|user| lens.user(user.0)).collect(),
    });
    Ok(Json(watched.collect()))
}
