//! Interactions: the list, one in full, and what may be done to it.

use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use pronto_desk::act::hold::{By, take};
use pronto_desk::act::reopen::reopen;
use pronto_domain::access::{Permission, Seen};
use pronto_domain::id::InteractionId;
use pronto_domain::search::typed;
use pronto_store as store;
use serde::{Deserialize, Serialize};
use store::list::{AgentIs, Filter, StateIs};
use utoipa::{IntoParams, ToSchema};

use crate::App;
use crate::error::{Error, Field, Result};
use crate::extract::{Json, Path, Query, SignedIn, may};
use crate::view::{Decision, Interaction, InteractionDetail, JourneyEntry, Lens};

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
    /// Ids of tags with commas between: has any of them.
    pub tags: Option<String>,
    /// Started at or after.
    pub from: Option<Timestamp>,
    /// Started before.
    pub to: Option<Timestamp>,
    /// A number, a name, a phone, words of a message.
    pub search: Option<String>,
    /// `window`: only those with an open window, what closes soonest first.
    pub sort: Option<String>,
    pub after: Option<String>,
    /// 1–100.
    pub limit: Option<i64>,
}

const LIMIT: i64 = 50;
const LIMIT_AT_MOST: i64 = 100;
const SEARCH_AT_MOST: usize = 200;

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
    let mut filter = filter_of(&query, &config, me.viewer.user.0, app.desk.now())?;
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let mut tx = app.desk.db().read().await?;
    let position = store::meta::position(&mut tx, app.desk.epoch()).await?.to_string();
    if let Some(search) = query.search.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        if search.chars().count() > SEARCH_AT_MOST {
            let detail = format!("at most {SEARCH_AT_MOST} characters");
            return Err(Error::invalid(vec![Field::new("search", "too_long", detail)]));
        }
        let accounts: Vec<i64> = me.viewer.accounts.iter().map(|id| id.0).collect();
        let everywhere = me.viewer.sees(&Seen { account: None, queue: None, owner: None, offered: Vec::new() });
        let mut typed = typed(search);
        typed.hidden = me.viewer.masking;
        let found = store::search::interactions(&mut tx, &typed, (!everywhere).then_some(&accounts)).await?;
        filter.among = Some(found);
    }
    let mut rows = store::list::interactions(&mut tx, &me.viewer, &filter, after, limit + 1).await?;
    let more = i64::try_from(rows.len()).unwrap_or(i64::MAX) > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let place = |row: &store::interaction::Interaction| match filter.closing_after {
        Some(_) => row.window_expires_at.unwrap_or(row.last_at),
        None => row.last_at,
    };
    let next = rows.last().filter(|_| more).map(|row| format!("{}-{}", place(row), row.id));
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

/// What a query asks for, if it makes sense.
pub(super) fn filter_of(query: &ListQuery, config: &pronto_desk::Config, me: i64, now: Timestamp) -> Result<Filter> {
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
        Some("me") => Some(AgentIs::User(me)),
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
            let ids: Vec<i64> = ids.split(',').map(str::parse).collect::<Result<_, _>>().map_err(wrong)?;
            // One that was removed is on nothing.
            let named = config.tags.iter().filter(|tag| ids.contains(&tag.id));
            Some(named.map(|tag| tag.name.clone()).collect())
        }
    };
    let closing_after = match query.sort.as_deref() {
        None | Some("") => None,
        Some("window") => Some(store::millis(now)),
        Some(_) => return Err(wrong("sort", "window")),
    };
    Ok(Filter {
        state,
        account: query.account,
        agent,
        queue: query.queue,
        unread,
        tags,
        from: query.from.map(store::millis),
        to: query.to.map(store::millis),
        closing_after,
        among: None,
    })
}

/// Why an interaction is loaded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Opened {
    /// To be read: it must be the viewer's to see.
    Seen,
    /// To be answered: somebody who was just too late is told who was faster, though it may be gone from their sight.
    Any,
}

/// Loads an interaction; what the viewer may not see is not found.
pub(super) async fn open(app: &App, me: &SignedIn, id: i64, opened: Opened) -> Result<store::interaction::Interaction> {
    let mut tx = app.desk.db().read().await?;
    let row = store::interaction::by_id(&mut tx, id).await?;
    let mut seen = row.seen();
    if !me.viewer.sees(&seen) {
        let mine = |card: &store::offer::Card| {
            card.user_id == me.viewer.user.0 && (opened == Opened::Any || card.state == "pending")
        };
        let asked = store::offer::cards_on(&mut tx, &[id]).await?.iter().any(mine);
        seen.offered = asked.then_some(me.viewer.user).into_iter().collect();
    }
    if me.viewer.sees(&seen) { Ok(row) } else { Err(Error::not_found()) }
}

/// One interaction in full.
#[utoipa::path(get, path = "/api/v1/interactions/{id}", tag = "interactions", operation_id = "find_interaction",
    params(("id" = i64, Path)), responses((status = 200, body = InteractionDetail), (status = 404, body = crate::Problem)))]
pub async fn find_interaction(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
) -> Result<Json<InteractionDetail>> {
    open(&app, &me, id, Opened::Seen).await?;
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let mut tx = app.desk.db().read().await?;
    let position = store::meta::position(&mut tx, app.desk.epoch()).await?.to_string();
    let row = store::interaction::by_id(&mut tx, id).await?;
    let address = store::address::by_id(&mut tx, row.address_id).await?;
    let contact = match row.contact_id {
        Some(contact) => store::contact::by_ids(&mut tx, &[contact]).await?.pop(),
        None => None,
    };
    let held = store::contact_field::held(&mut tx, row.contact_id.as_slice()).await?;
    Ok(Json(InteractionDetail {
        interaction: lens.interaction(&row),
        contact: contact.map(|contact| lens.contact(&contact, &held)),
        address: lens.address(&address),
        watching: app.live.watching(id).into_iter().map(|user| lens.user(user.0)).collect(),
        accepted_at: row.accepted_at.map(store::instant),
        message_count: row.message_count,
        position,
    }))
}

fn by(app: &App, me: &SignedIn, id: i64) -> By {
    By {
        interaction: InteractionId(id),
        user: me.viewer.user,
        supervisor: me.viewer.supervises(),
        config: app.desk.config(),
    }
}

/// Takes an interaction nobody holds; supervisors also one that somebody does.
#[utoipa::path(put, path = "/api/v1/interactions/{id}/ownership", tag = "interactions",
    operation_id = "take_interaction", params(("id" = i64, Path)),
    responses((status = 200, body = Interaction), (status = 409, body = crate::Problem)))]
pub async fn take_interaction(
    State(app): State<App>,
    me: crate::extract::Permitted<may::Take>,
    Path(id): Path<i64>,
) -> Result<Json<Interaction>> {
    open(&app, &me, id, Opened::Seen).await?;
    let row = app.desk.run(&by(&app, &me, id), |tx, now, by| Box::pin(take(tx, now, by))).await?;
    app.desk.wake_routing();
    let config = app.desk.config();
    Ok(Json(Lens { config: &config, viewer: &me.viewer, now: app.desk.now() }.interaction(&row)))
}

/// Reopens a closed interaction: whoever does owns it, and nothing is routed.
///
/// Refused as `newer_open`, with the owner and the number, while another interaction of the customer's is open.
#[utoipa::path(delete, path = "/api/v1/interactions/{id}/closure", tag = "interactions",
    operation_id = "reopen_interaction", params(("id" = i64, Path)),
    responses((status = 200, body = Interaction), (status = 409, body = crate::Problem)))]
pub async fn reopen_interaction(
    State(app): State<App>,
    me: crate::extract::Permitted<may::Take>,
    Path(id): Path<i64>,
) -> Result<Json<Interaction>> {
    open(&app, &me, id, Opened::Seen).await?;
    let row = app.desk.run(&by(&app, &me, id), |tx, now, by| Box::pin(reopen(tx, now, by))).await?;
    app.desk.wake_routing();
    let config = app.desk.config();
    Ok(Json(Lens { config: &config, viewer: &me.viewer, now: app.desk.now() }.interaction(&row)))
}

/// A page of a journey.
#[derive(Debug, Serialize, ToSchema)]
pub struct JourneyPage {
    pub items: Vec<JourneyEntry>,
    pub next: Option<String>,
    pub position: String,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    pub after: Option<String>,
    /// 1–100.
    pub limit: Option<i64>,
}

/// All interactions with the same customer, newest first.
#[utoipa::path(get, path = "/api/v1/interactions/{id}/journey", tag = "interactions", operation_id = "list_journey",
    params(("id" = i64, Path), PageQuery), responses((status = 200, body = JourneyPage)))]
pub async fn list_journey(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
    Query(page): Query<PageQuery>,
) -> Result<Json<JourneyPage>> {
    let row = open(&app, &me, id, Opened::Seen).await?;
    let limit = limit_of(page.limit)?;
    let before = match page.after.as_deref() {
        None => i64::MAX,
        Some(text) => text
            .parse()
            .map_err(|_| Error::invalid(vec![Field::new("after", "format", "not a cursor of this list")]))?,
    };
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let mut tx = app.desk.db().read().await?;
    let position = store::meta::position(&mut tx, app.desk.epoch()).await?.to_string();
    let mut rows = store::interaction::journey(&mut tx, row.contact_id, row.address_id, before, limit + 1).await?;
    let more = i64::try_from(rows.len()).unwrap_or(i64::MAX) > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(|row| row.id.to_string());
    Ok(Json(JourneyPage { items: rows.iter().map(|row| lens.journey_entry(row)).collect(), next, position }))
}

/// Why routing offered it to whom it did, newest first.
#[utoipa::path(get, path = "/api/v1/interactions/{id}/decisions", tag = "interactions",
    operation_id = "list_decisions", params(("id" = i64, Path)), responses((status = 200, body = Vec<Decision>)))]
pub async fn list_decisions(State(app): State<App>, me: SignedIn, Path(id): Path<i64>) -> Result<Json<Vec<Decision>>> {
    me.require(Permission::Why)?;
    open(&app, &me, id, Opened::Seen).await?;
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let mut tx = app.desk.db().read().await?;
    let traces = store::offer::decisions(&mut tx, id).await?;
    Ok(Json(traces.iter().map(|trace| lens.decision(trace)).collect()))
}

/// A colleague who may see an interaction.
#[derive(Debug, Serialize, ToSchema)]
pub struct Colleague {
    pub id: i64,
    pub name: String,
    /// What they sign in with, to be told from another of the same name.
    pub login: String,
}

/// The colleagues who may see an interaction, by name: whom a note can mention.
#[utoipa::path(get, path = "/api/v1/interactions/{id}/colleagues", tag = "interactions",
    operation_id = "list_colleagues", params(("id" = i64, Path)), responses((status = 200, body = Vec<Colleague>)))]
pub async fn list_colleagues(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
) -> Result<Json<Vec<Colleague>>> {
    let seen = open(&app, &me, id, Opened::Seen).await?.seen();
    let config = app.desk.config();
    let others = config.users.iter().filter(|(user, _)| **user != me.viewer.user);
    let mut colleagues: Vec<Colleague> = others
        .filter(|(user, _)| config.viewer(**user).is_some_and(|viewer| viewer.sees(&seen)))
        .map(|(user, found)| Colleague { id: user.0, name: found.row.name.clone(), login: found.row.login.clone() })
        .collect();
    colleagues.sort_by_cached_key(|one| (one.name.to_lowercase(), one.id));
    Ok(Json(colleagues))
}

/// Done, and there is nothing to say.
pub(super) const DONE: StatusCode = StatusCode::NO_CONTENT;
