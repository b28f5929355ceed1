//! Companies that contacts work for.

use axum::extract::State;
use axum::http::StatusCode;
use pronto_desk::act::company::{self, Add, Change, Fields};
use pronto_domain::contact::Level;
use pronto_domain::id::CompanyId;
use pronto_store as store;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::App;
use crate::error::{Error, Result};
use crate::extract::{Json, Path, Query, SignedIn, present};

const SHOWN: i64 = 20;

#[derive(Serialize, ToSchema)]
pub struct Company {
    pub id: i64,
    pub version: i64,
    pub name: String,
    pub url: Option<String>,
    pub note: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCompany {
    pub name: String,
    #[serde(default)]
    pub url: Option<String>,
    #[serde(default)]
    pub note: Option<String>,
}

/// What is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CompanyChange {
    /// The version the change was made on.
    pub version: i64,
    /// Shown on all who work there.
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default, deserialize_with = "present")]
    pub url: Option<Option<String>>,
    #[serde(default, deserialize_with = "present")]
    pub note: Option<Option<String>>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct CompanyQuery {
    /// How the name begins.
    pub search: String,
}

/// Whoever may do this in any list may do it here: companies are of no list.
fn require(me: &SignedIn, level: Level) -> Result<()> {
    let may = me.viewer.lists.values().any(|rights| rights.allows(level));
    if may { Ok(()) } else { Err(Error::forbidden(pronto_domain::access::Permission::EditContacts)) }
}

/// Find companies as their name is typed
#[utoipa::path(get, path = "/api/v1/companies", tag = "contacts", params(CompanyQuery),
    responses((status = 200, body = Vec<Company>)))]
pub async fn list_companies(
    State(app): State<App>,
    _: SignedIn,
    Query(query): Query<CompanyQuery>,
) -> Result<Json<Vec<Company>>> {
    let mut tx = app.desk.db().read().await?;
    let found = store::company::beginning(&mut tx, &query.search, SHOWN).await?;
    Ok(Json(found.into_iter().map(shown).collect()))
}

/// Add a company
#[utoipa::path(post, path = "/api/v1/companies", tag = "contacts", request_body = NewCompany,
    responses((status = 201, body = Company), (status = 422, body = crate::Problem)))]
pub async fn add_company(
    State(app): State<App>,
    me: SignedIn,
    Json(body): Json<NewCompany>,
) -> Result<(StatusCode, Json<Company>)> {
    require(&me, Level::Add)?;
    let fields = Fields { name: Some(body.name), url: Some(body.url), note: Some(body.note) };
    let add = Add { by: me.viewer.user, fields };
    let made = app.desk.run(&add, |tx, now, add| Box::pin(company::add(tx, now, add))).await?;
    Ok((StatusCode::CREATED, Json(shown(made))))
}

/// Change a company
#[utoipa::path(patch, path = "/api/v1/companies/{id}", tag = "contacts", params(("id" = i64, Path)),
    request_body = CompanyChange, responses((status = 200, body = Company), (status = 409, body = crate::Problem),
        (status = 422, body = crate::Problem)))]
pub async fn change_company(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<CompanyId>,
    Json(body): Json<CompanyChange>,
) -> Result<Json<Company>> {
    require(&me, Level::Edit)?;
    let CompanyChange { version, name, url, note } = body;
    let change = Change { by: me.viewer.user, id, version, fields: Fields { name, url, note } };
    let saved = app.desk.run(&change, |tx, now, change| Box::pin(company::change(tx, now, change))).await?;
    Ok(Json(shown(saved)))
}

fn shown(row: store::company::Company) -> Company {
    let store::company::Company { id, version, name, url, note, .. } = row;
    Company { id, version, name, url, note }
}
