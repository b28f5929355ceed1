//! Having templates made, changed and deleted at the provider.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use pronto_desk::act::template::make::{Delete, Make, Of, check, delete, make};
use pronto_domain::id::{AccountId, UserId};
use pronto_domain::template::draft::{Category, Draft};
use pronto_domain::template::{Button, Header, Template as Content};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::{Templates, templates};
use super::{TemplatesQuery, account};
use crate::App;
use crate::error::{Error, Field, Result};
use crate::extract::{Json, Path, Permitted, may};

/// A template as somebody writes it. Texts hold their variables as `{{1}}`, or as `{{name}}` where they are named.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TemplateDraft {
    /// Small letters, digits and underscores.
    pub name: String,
    pub language: String,
    /// marketing or utility.
    pub category: String,
    /// The provider may file it under another category instead of refusing it.
    #[serde(default)]
    pub allow_category_change: bool,
    /// Whether its variables have names; else they are numbered.
    #[serde(default)]
    pub named: bool,
    #[serde(default)]
    #[schema(value_type = Option<crate::schema::TemplateHeader>)]
    pub header: Option<Header>,
    pub body: String,
    #[serde(default)]
    pub footer: Option<String>,
    #[serde(default)]
    #[schema(value_type = Vec<crate::schema::TemplateButton>)]
    pub buttons: Vec<Button>,
    /// What stands for its variables while it is reviewed, by slot: `header:1`, `body:name`, `button:0`.
    #[serde(default)]
    pub samples: BTreeMap<String, String>,
    /// The sample of a header that holds a file, handed in before.
    #[serde(default)]
    pub sample_upload_id: Option<Uuid>,
    /// The variant's version it was made on; for a change alone.
    #[serde(default)]
    pub version: Option<i64>,
}

impl TemplateDraft {
    fn asked(self, by: UserId, account: AccountId) -> Result<Make> {
        let category: Category = self.category.parse().map_err(|_| {
            let detail = "marketing or utility; templates for one-time passwords are made where they are sent from";
            super::wrong("category", "unknown", detail)
        })?;
        let mut template = Content {
            name: self.name,
            language: self.language,
            named: self.named,
            header: self.header,
            body: self.body,
            footer: self.footer.filter(|footer| !footer.trim().is_empty()),
            buttons: self.buttons,
            samples: BTreeMap::new(),
            beyond: None,
        };
        let bare = |(key, sample): (String, String)| {
            let sample = template.bare(&key, &sample).to_owned();
            (key, sample)
        };
        template.samples = self.samples.into_iter().map(bare).collect();
        let draft = Draft { template, category, allow_category_change: self.allow_category_change };
        let of = self.version.map_or(Of::New, |version| Of::Change { version });
        Ok(Make { by, account, draft, sample: self.sample_upload_id, of })
    }
}

/// What is still to be mended in a draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct TemplateCheck {
    /// Empty if it can be handed in.
    pub fields: Vec<Field>,
}

/// Check a template before it is handed in
///
/// Every rule that WhatsApp is known to have. Nothing is stored, and nobody outside is asked.
#[utoipa::path(post, path = "/api/v1/accounts/{id}/templates/checks", tag = "templates",
    operation_id = "check_template", params(("id" = i64, Path)), request_body = TemplateDraft,
    responses((status = 200, body = TemplateCheck), (status = 409, body = crate::Problem)))]
pub async fn check_template(
    State(app): State<App>,
    me: Permitted<may::EditAccounts>,
    Path(id): Path<AccountId>,
    Json(body): Json<TemplateDraft>,
) -> Result<Json<TemplateCheck>> {
    account(&app, &me, id)?;
    let asked = body.asked(me.viewer.user, id)?;
    let fields = check(&app.desk, &asked).await?.into_iter();
    let fields = fields.map(|misfit| Field::new(misfit.field, misfit.code, misfit.detail)).collect();
    Ok(Json(TemplateCheck { fields }))
}

/// Hand a new template in for review
///
/// `template_refused` has the provider's words; after `unknown_outcome` it may have been made, and all are fetched.
#[utoipa::path(post, path = "/api/v1/accounts/{id}/templates", tag = "templates", operation_id = "make_template",
    params(("id" = i64, Path)), request_body = TemplateDraft,
    responses((status = 201, body = Templates), (status = 409, body = crate::Problem),
        (status = 422, body = crate::Problem), (status = 502, body = crate::Problem)))]
pub async fn make_template(
    State(app): State<App>,
    me: Permitted<may::EditAccounts>,
    Path(id): Path<AccountId>,
    Json(body): Json<TemplateDraft>,
) -> Result<(StatusCode, Json<Templates>)> {
    account(&app, &me, id)?;
    let asked = Make { of: Of::New, ..body.asked(me.viewer.user, id)? };
    make(&app.desk, &asked).await?;
    Ok((StatusCode::CREATED, Json(templates(&app, &me, id, &TemplatesQuery::default()).await?)))
}

/// Change a template in one language
///
/// The whole of it, as it is to be; it is reviewed again. Name and language stay.
#[utoipa::path(put, path = "/api/v1/accounts/{id}/templates/{name}/variants/{language}", tag = "templates",
    operation_id = "edit_variant", params(("id" = i64, Path), ("name" = String, Path), ("language" = String, Path)),
    request_body = TemplateDraft, responses((status = 200, body = Templates), (status = 409, body = crate::Problem),
        (status = 422, body = crate::Problem), (status = 502, body = crate::Problem)))]
pub async fn edit_variant(
    State(app): State<App>,
    me: Permitted<may::EditAccounts>,
    Path((id, name, language)): Path<(AccountId, String, String)>,
    Json(body): Json<TemplateDraft>,
) -> Result<Json<Templates>> {
    account(&app, &me, id)?;
    let asked = body.asked(me.viewer.user, id)?;
    if asked.of == Of::New {
        return Err(super::wrong("version", "required", "the version the change was made on"));
    }
    let said = &asked.draft.template;
    let moved = [("name", said.name != name), ("language", said.language != language)];
    let moved = moved.into_iter().filter(|(_, is_other)| *is_other);
    let moved: Vec<Field> = moved.map(|(field, _)| Field::new(field, "fixed", "it stays as it is")).collect();
    if !moved.is_empty() {
        return Err(Error::invalid(moved));
    }
    make(&app.desk, &asked).await?;
    templates(&app, &me, id, &TemplatesQuery::default()).await.map(Json)
}

/// Delete a template in all its languages
///
/// What was sent stays as it is. The provider keeps the name from being used again for 30 days.
#[utoipa::path(delete, path = "/api/v1/accounts/{id}/templates/{name}", tag = "templates",
    operation_id = "delete_template", params(("id" = i64, Path), ("name" = String, Path)),
    responses((status = 200, body = Templates), (status = 409, body = crate::Problem),
        (status = 422, body = crate::Problem), (status = 502, body = crate::Problem)))]
pub async fn delete_template(
    State(app): State<App>,
    me: Permitted<may::EditAccounts>,
    Path((id, name)): Path<(AccountId, String)>,
) -> Result<Json<Templates>> {
    remove(&app, &me, id, name, None).await
}

/// Delete a template in one language
#[utoipa::path(delete, path = "/api/v1/accounts/{id}/templates/{name}/variants/{language}", tag = "templates",
    operation_id = "delete_variant", params(("id" = i64, Path), ("name" = String, Path), ("language" = String, Path)),
    responses((status = 200, body = Templates), (status = 409, body = crate::Problem),
        (status = 422, body = crate::Problem), (status = 502, body = crate::Problem)))]
pub async fn delete_variant(
    State(app): State<App>,
    me: Permitted<may::EditAccounts>,
    Path((id, name, language)): Path<(AccountId, String, String)>,
) -> Result<Json<Templates>> {
    remove(&app, &me, id, name, Some(language)).await
}

async fn remove(
    app: &App,
    me: &Permitted<may::EditAccounts>,
    id: AccountId,
    name: String,
    language: Option<String>,
) -> Result<Json<Templates>> {
    account(app, me, id)?;
    delete(&app.desk, &Delete { by: me.viewer.user, account: id, name, language }).await?;
    templates(app, me, id, &TemplatesQuery::default()).await.map(Json)
}
