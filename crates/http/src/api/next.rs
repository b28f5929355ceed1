//! The most urgent thing one may do now.

use axum::extract::State;
use jiff::Timestamp;
use pronto_domain::access::Permission;
use pronto_domain::id::InteractionId;
use pronto_domain::next::{self, Candidate};
use pronto_store as store;
use serde::{Deserialize, Serialize};
use store::instant;
use store::interaction::{Interaction, Served};
use utoipa::{IntoParams, ToSchema};

use crate::App;
use crate::error::{Error, Field, Result};
use crate::extract::{Json, Query, SignedIn};

/// How many interactions may be passed over.
const PASSED_AT_MOST: usize = 50;

/// What is next.
#[derive(Debug, Serialize, ToSchema)]
pub struct NextThing {
    /// Null when there is nothing left to do.
    pub interaction_id: Option<i64>,
    #[schema(value_type = Option<crate::schema::NextWhy>)]
    pub why: Option<&'static str>,
    /// When the offer or the window ends, or since when the customer waits.
    pub moment: Option<Timestamp>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct NextQuery {
    /// Interactions to pass over, by their ids with commas between them: what was looked at just now. At most 50.
    pub except: Option<String>,
}

/// The most urgent thing to do
///
/// First an offer that runs out, then one's own whose window closes within two hours, then unread, then unanswered,
/// then what waits longest in one's queues.
#[utoipa::path(get, path = "/api/v1/me/next", tag = "dashboard", operation_id = "find_next", params(NextQuery),
    responses((status = 200, body = NextThing)))]
pub async fn find_next(
    State(app): State<App>,
    me: SignedIn,
    Query(query): Query<NextQuery>,
) -> Result<Json<NextThing>> {
    let passed = passed(query.except.as_deref().unwrap_or_default())?;
    let viewer = &me.viewer;
    let now = app.desk.now();
    let mut tx = app.desk.db().read().await?;
    let cards = store::offer::pending_of(&mut tx, &[viewer.user.0]).await?;
    let offers: Vec<i64> = cards.iter().map(|card| card.offer_id).collect();
    let offers = store::offer::by_ids(&mut tx, &offers).await?;
    let held = store::interaction::held_by(&mut tx, viewer.user.0).await?;
    let waiting = if viewer.may(Permission::Take) {
        let served: Vec<Served> = (viewer.queues.iter())
            .flat_map(|queue| viewer.accounts.iter().map(|account| Served { queue: queue.0, account: account.0 }))
            .collect();
        let limit = i64::try_from(passed.len()).unwrap_or(0) + 1;
        store::interaction::heads(&mut tx, &served, limit).await?
    } else {
        Vec::new()
    };
    let offered = offers.iter().filter(|offer| offer.open).map(|offer| Candidate {
        interaction: InteractionId(offer.interaction_id),
        offered_until: Some(instant(offer.ends_at)),
        mine: false,
        waiting: false,
        unread: false,
        unanswered_since: None,
        window_ends: None,
    });
    let held = held.iter().map(|row| candidate(row, true));
    let waiting = waiting.iter().filter(|row| viewer.sees(&row.seen())).map(|row| candidate(row, false));
    let all: Vec<Candidate> =
        offered.chain(held).chain(waiting).filter(|one| !passed.contains(&one.interaction.0)).collect();
    let best = next::best(&all, now);
    Ok(Json(NextThing {
        interaction_id: best.map(|best| best.interaction.0),
        why: best.map(|best| best.why.as_str()),
        moment: best.and_then(|best| best.moment),
    }))
}

fn candidate(row: &Interaction, mine: bool) -> Candidate {
    Candidate {
        interaction: InteractionId(row.id),
        offered_until: None,
        mine,
        waiting: !mine,
        unread: row.unread > 0 || row.marked_unread,
        unanswered_since: row.unanswered_since.map(instant),
        window_ends: row.window_expires_at.map(instant),
    }
}

fn passed(text: &str) -> Result<Vec<i64>> {
    let wrong = |detail: String| Error::invalid(vec![Field::new("except", "format", detail)]);
    let ids: Vec<i64> = (text.split(',').filter(|id| !id.is_empty()))
        .map(|id| id.parse().map_err(|_| wrong(format!("{id:?} is not an id"))))
        .collect::<Result<_>>()?;
    if ids.len() > PASSED_AT_MOST { Err(wrong(format!("at most {PASSED_AT_MOST} ids"))) } else { Ok(ids) }
}
