//! Closing, saying how it ended, and putting off.

use axum::extract::State;
use jiff::Timestamp;
use pronto_desk::Config;
use pronto_desk::act::close::{self, Close, CloseMany, Dispose};
use pronto_desk::act::snooze::{PutOff, put_off};
use pronto_domain::disposition;
use pronto_domain::id::{DispositionId, InteractionId};
use pronto_domain::interaction::Snooze;
use pronto_store as store;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::interactions::{Opened, open};
use super::journey::asked;
use crate::App;
use crate::error::{Error, Field, Result};
use crate::extract::{Json, Path, Permitted, Query, SignedIn, may, present};
use crate::schema;
use crate::view::{Interaction, Lens};

/// The most that are done at once.
const AT_MOST: usize = 200;

/// How it ended.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Closure {
    /// One of `GET /interactions/dispositions`; needed where its account or queue wants one.
    pub disposition_id: Option<i64>,
}

/// Closes an interaction: its owner's and supervisors' to do.
///
/// Refused as `disposition_required` where one is wanted and none is said.
#[utoipa::path(put, path = "/api/v1/interactions/{id}/closure", tag = "interactions",
    operation_id = "close_interaction", params(("id" = i64, Path)), request_body = Closure,
    responses((status = 200, body = Interaction), (status = 409, body = crate::Problem)))]
pub async fn close_interaction(
    State(app): State<App>,
    me: Permitted<may::Close>,
    Path(id): Path<i64>,
    Json(body): Json<Closure>,
) -> Result<Json<Interaction>> {
    open(&app, &me, id, Opened::Seen).await?;
    let input = Close {
        interaction: InteractionId(id),
        user: me.viewer.user,
        supervisor: me.viewer.supervises(),
        disposition: body.disposition_id.map(DispositionId),
        config: app.desk.config(),
    };
    let row = app.desk.run(&input, |tx, now, input| Box::pin(close::close(tx, now, input))).await?;
    app.desk.wake_routing();
    Ok(shown(&app, &me, &row))
}

/// How several ended.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Closures {
    /// At most 200.
    pub ids: Vec<i64>,
    #[serde(default)]
    pub disposition_id: Option<i64>,
}

/// What became of several.
#[derive(Debug, Serialize, ToSchema)]
pub struct Done {
    pub items: Vec<Interaction>,
    pub failed: Vec<NotDone>,
}

/// One that was left as it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotDone {
    pub id: i64,
    /// As of a problem: `not_owner`, `closed`, `disposition_required` …
    pub code: String,
}

/// Close several
///
/// Each stands for itself; what could not be closed is told with its reason.
#[utoipa::path(post, path = "/api/v1/interactions/closures", tag = "interactions",
    operation_id = "close_interactions", request_body = Closures, responses((status = 200, body = Done)))]
pub async fn close_interactions(
    State(app): State<App>,
    me: Permitted<may::Close>,
    Json(body): Json<Closures>,
) -> Result<Json<Done>> {
    let (seen, mut failed) = sort_out(&app, &me, &body.ids).await?;
    let input = CloseMany {
        interactions: seen,
        user: me.viewer.user,
        supervisor: me.viewer.supervises(),
        disposition: body.disposition_id.map(DispositionId),
        config: app.desk.config(),
    };
    let many = app.desk.run(&input, |tx, now, input| Box::pin(close::close_many(tx, now, input))).await?;
    app.desk.wake_routing();
    let not_done = |(id, error): (InteractionId, _)| NotDone { id: id.0, code: Error::from(error).code().to_owned() };
    failed.extend(many.failed.into_iter().map(not_done));
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    Ok(Json(Done { items: many.done.iter().map(|row| lens.interaction(row)).collect(), failed }))
}

/// Those the viewer sees; the others are not found.
pub(super) async fn sort_out(app: &App, me: &SignedIn, ids: &[i64]) -> Result<(Vec<InteractionId>, Vec<NotDone>)> {
    if ids.is_empty() || ids.len() > AT_MOST {
        return Err(Error::invalid(vec![Field::new("ids", "out_of_range", format!("1 to {AT_MOST}"))]));
    }
    let mut tx = app.desk.db().read().await?;
    let asked = asked(&mut tx, me).await?;
    let rows = store::interaction::by_ids(&mut tx, ids).await?;
    let is_seen = |id: i64| rows.iter().any(|row| row.id == id && (asked.contains(&id) || me.viewer.sees(&row.seen())));
    let (seen, unseen): (Vec<i64>, Vec<i64>) = ids.iter().partition(|id| is_seen(**id));
    let not_found = Error::not_found();
    let failed = unseen.into_iter().map(|id| NotDone { id, code: not_found.code().to_owned() }).collect();
    let seen = seen.into_iter().map(InteractionId).collect();
    Ok((seen, failed))
}

/// How a closed interaction ended.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndingInput {
    /// Null takes it back, where none is wanted.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<i64>)]
    pub disposition_id: Option<Option<i64>>,
}

/// Say how a closed interaction ended
///
/// Also differently from before; it stays closed.
#[utoipa::path(put, path = "/api/v1/interactions/{id}/disposition", tag = "interactions",
    operation_id = "dispose_interaction", params(("id" = i64, Path)), request_body = EndingInput,
    responses((status = 200, body = Interaction), (status = 409, body = crate::Problem)))]
pub async fn dispose_interaction(
    State(app): State<App>,
    me: Permitted<may::Close>,
    Path(id): Path<i64>,
    Json(body): Json<EndingInput>,
) -> Result<Json<Interaction>> {
    open(&app, &me, id, Opened::Seen).await?;
    let input = Dispose {
        interaction: InteractionId(id),
        user: me.viewer.user,
        supervisor: me.viewer.supervises(),
        disposition: body.disposition_id.flatten().map(DispositionId),
        config: app.desk.config(),
    };
    let row = app.desk.run(&input, |tx, now, input| Box::pin(close::dispose(tx, now, input))).await?;
    Ok(shown(&app, &me, &row))
}

/// Which interactions are to end.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ChoicesQuery {
    /// Their numbers, with commas between.
    pub ids: String,
}

/// What interactions may end with.
#[derive(Debug, Serialize, ToSchema)]
pub struct Choices {
    /// Whether one must be chosen.
    pub required: bool,
    /// Those that fit every one of them, in order.
    pub items: Vec<Choice>,
}

/// A way to end.
#[derive(Debug, Serialize, ToSchema)]
pub struct Choice {
    pub id: i64,
    /// Its names, from the first level down.
    pub path: Vec<String>,
    pub description: Option<String>,
    #[schema(value_type = schema::DispositionScope)]
    pub scope: String,
    /// Of which list, account or queue.
    pub scope_name: Option<String>,
}

/// What interactions may end with
#[utoipa::path(get, path = "/api/v1/interactions/dispositions", tag = "interactions",
    operation_id = "list_choices", params(ChoicesQuery), responses((status = 200, body = Choices)))]
pub async fn list_choices(
    State(app): State<App>,
    me: SignedIn,
    Query(query): Query<ChoicesQuery>,
) -> Result<Json<Choices>> {
    let wrong = |_| Error::invalid(vec![Field::new("ids", "format", "numbers with commas between")]);
    let ids: Vec<i64> = query.ids.split(',').map(str::parse).collect::<Result<_, _>>().map_err(wrong)?;
    let (seen, _) = sort_out(&app, &me, &ids).await?;
    let config = app.desk.config();
    let mut tx = app.desk.db().read().await?;
    let seen: Vec<i64> = seen.into_iter().map(|id| id.0).collect();
    let rows = store::interaction::by_ids(&mut tx, &seen).await?;
    if rows.is_empty() {
        return Err(Error::not_found());
    }
    let lists = store::contact_list::live(&mut tx).await?;
    let described = store::disposition::all(&mut tx).await?;
    let mut fitting: Option<Vec<DispositionId>> = None;
    let mut required = false;
    for row in &rows {
        let belongs = close::belongs(&mut tx, &config, row).await?;
        let choices = config.dispositions.choices(belongs);
        let (account, queue) = config.wants_disposition(row);
        required |= disposition::required(account, queue, choices.len());
        fitting = Some(match fitting {
            None => choices,
            Some(held) => held.into_iter().filter(|id| choices.contains(id)).collect(),
        });
    }
    let items = fitting.unwrap_or_default().into_iter().filter_map(|id| {
        let one = config.dispositions.get(id)?;
        Some(Choice {
            id: id.0,
            path: config.dispositions.path(id),
            description: described.iter().find(|row| row.id == id.0).and_then(|row| row.description.clone()),
            scope: one.scope.word().to_owned(),
            scope_name: scope_name(&config, &lists, one.scope),
        })
    });
    Ok(Json(Choices { required, items: items.collect() }))
}

/// The name of what a disposition is for.
pub(super) fn scope_name(
    config: &Config,
    lists: &[store::contact_list::ContactList],
    scope: disposition::Scope,
) -> Option<String> {
    match scope {
        disposition::Scope::Global => None,
        disposition::Scope::List(id) => lists.iter().find(|list| list.id == id.0).map(|list| list.name.clone()),
        disposition::Scope::Account(id) => config.accounts.get(&id).map(|account| account.row.name.clone()),
        disposition::Scope::Queue(id) => config.queues.get(&id).map(|queue| queue.row.name.clone()),
    }
}

/// Until when it is put off.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SnoozeInput {
    /// Absent: until the customer writes.
    pub until: Option<Timestamp>,
}

/// Put an interaction off
///
/// It does not count against its owner's capacity until the time comes or the customer writes.
#[utoipa::path(put, path = "/api/v1/interactions/{id}/snooze", tag = "interactions",
    operation_id = "snooze_interaction", params(("id" = i64, Path)), request_body = SnoozeInput,
    responses((status = 200, body = Interaction), (status = 409, body = crate::Problem)))]
pub async fn snooze_interaction(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<SnoozeInput>,
) -> Result<Json<Interaction>> {
    let snooze = body.until.map_or(Snooze::Customer, Snooze::Until);
    snoozed(&app, &me, id, Some(snooze)).await
}

/// Take up what was put off
#[utoipa::path(delete, path = "/api/v1/interactions/{id}/snooze", tag = "interactions",
    operation_id = "take_up_interaction", params(("id" = i64, Path)),
    responses((status = 200, body = Interaction), (status = 409, body = crate::Problem)))]
pub async fn take_up_interaction(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
) -> Result<Json<Interaction>> {
    snoozed(&app, &me, id, None).await
}

async fn snoozed(app: &App, me: &SignedIn, id: i64, snooze: Option<Snooze>) -> Result<Json<Interaction>> {
    open(app, me, id, Opened::Seen).await?;
    let input =
        PutOff { interaction: InteractionId(id), user: me.viewer.user, supervisor: me.viewer.supervises(), snooze };
    let row = app.desk.run(&input, |tx, now, input| Box::pin(put_off(tx, now, input))).await?;
    app.desk.wake_routing();
    Ok(shown(app, me, &row))
}

pub(super) fn shown(app: &App, me: &SignedIn, row: &store::interaction::Interaction) -> Json<Interaction> {
    let config = app.desk.config();
    Json(Lens { config: &config, viewer: &me.viewer, now: app.desk.now() }.interaction(row))
}
