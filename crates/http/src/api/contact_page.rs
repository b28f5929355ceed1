//! The list of contacts: what is asked for, and a page of it.

use axum::extract::State;
use pronto_domain::access::Permission;
use pronto_domain::expression::Subject;
use pronto_domain::search::typed;
use pronto_store as store;
use serde::{Deserialize, Serialize};
use store::list::{Advanced, ContactFilter, ContactsBy, Place};
use utoipa::{IntoParams, ToSchema};

use super::contact_bulk::AT_MOST;
use super::interaction_list::{SEARCH_AT_MOST, expression_of, ids_of, limit_of, tags_of};
use crate::App;
use crate::error::{Error, Field, Result};
use crate::extract::{Json, Query, SignedIn};
use crate::view::{Beside, Contact, Lens};

/// A page of contacts.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContactPage {
    pub items: Vec<Contact>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// How many there are altogether, counted no further than 1001; on the first page only.
    pub count: Option<i64>,
    pub position: String,
}

/// Which contacts, the latest changed first unless sorted otherwise.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ContactQuery {
    /// One list, of those one may look into; absent: all of them.
    pub list: Option<i64>,
    /// Ids of tags, with commas between: who has any of them.
    pub tags: Option<String>,
    /// me or a user's id.
    pub owner: Option<String>,
    pub company: Option<i64>,
    /// Only those made, changed or handled by whoever asks.
    pub mine: bool,
    /// Those that were deleted instead.
    pub deleted: bool,
    /// A name, a company, a number, an e-mail address. What is hidden is found by all of it and by nothing less.
    pub search: Option<String>,
    /// An advanced search: JSON, as for interactions, over `id`, `name`, `phone`, `email`, `company`, `language`,
    /// `postal_address`, `description`, `url`, `socials`, `date_of_birth`, `list`,
    /// `owner`, `tags`, `worker`, `consent`, `origin`, `created`, `updated` and custom fields, as `contact.fields.key`.
    pub expression: Option<String>,
    /// Only among these: ids with commas between, at most 500.
    pub ids: Option<String>,
    /// `name`, `updated` or `created`. Not by a name that is hidden.
    pub sort: Option<String>,
    /// `asc` or `desc`; without it names go up, and the latest comes first.
    pub order: Option<String>,
    pub after: Option<String>,
    /// 1–100.
    pub limit: Option<i64>,
}

const COUNT_AT_MOST: i64 = 1_001;

/// Contacts of the lists one may look into.
#[utoipa::path(get, path = "/api/v1/contacts", tag = "contacts", operation_id = "list_contacts",
    params(ContactQuery), responses((status = 200, body = ContactPage), (status = 422, body = crate::Problem)))]
pub async fn list_contacts(
    State(app): State<App>,
    me: SignedIn,
    Query(query): Query<ContactQuery>,
) -> Result<Json<ContactPage>> {
    let limit = limit_of(query.limit)?;
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let filter = filter_of(&query, &lens)?;
    let after = query.after.as_deref().map(|text| cursor(text, filter.by)).transpose()?;
    let mut tx = app.desk.db().read().await?;
    let position = store::meta::position(&mut tx, app.desk.epoch()).await?.to_string();
    let count = match after {
        None => Some(store::list::count_contacts(&mut tx, &filter, COUNT_AT_MOST).await?),
        Some(_) => None,
    };
    let mut rows = store::list::contacts(&mut tx, &filter, after, limit + 1).await?;
    let more = i64::try_from(rows.len()).unwrap_or(i64::MAX) > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(|row| format!("{}-{}", filter.by.place(row), row.id));
    let beside = Beside::load(&mut tx, &rows).await?;
    let items = rows.iter().map(|row| lens.contact(row, &beside)).collect();
    Ok(Json(ContactPage { items, next, count, position }))
}

/// The place and the id of the last row. Words of names have no dash.
fn cursor(text: &str, by: ContactsBy) -> Result<(Place, i64)> {
    let wrong = || Error::invalid(vec![Field::new("after", "format", "not a cursor of this list")]);
    let (place, id) = text.rsplit_once('-').ok_or_else(wrong)?;
    let place = match by {
        ContactsBy::Name => Place::Words(place.to_owned()),
        ContactsBy::Updated | ContactsBy::Created => Place::At(place.parse().map_err(|_| wrong())?),
    };
    Ok((place, id.parse().map_err(|_| wrong())?))
}

/// What a query asks for, if it makes sense, and of nothing that is hidden from whoever asks.
pub(super) fn filter_of(query: &ContactQuery, lens: &Lens<'_>) -> Result<ContactFilter> {
    let invalid = |name: &str, code: &str, detail: String| Error::invalid(vec![Field::new(name, code, detail)]);
    let viewer = lens.viewer;
    let lists: Vec<i64> = viewer.lists.keys().map(|list| list.0).collect();
    let lists = match query.list {
        Some(list) if lists.contains(&list) => Some(vec![list]),
        Some(_) => return Err(invalid("list", "unknown", "a list that you may look into".to_owned())),
        // Whoever keeps lists may look into all.
        None => (!viewer.may(Permission::EditLists)).then_some(lists),
    };
    let owner = match query.owner.as_deref() {
        None | Some("" | "all") => None,
        Some("me") => Some(viewer.user.0),
        Some(id) => Some(id.parse().map_err(|_| invalid("owner", "format", "me, or a user's id".to_owned()))?),
    };
    let by = match query.sort.as_deref() {
        None | Some("") => ContactsBy::default(),
        Some(word) => ContactsBy::ALL
            .iter()
            .copied()
            .find(|by| by.word() == word)
            .ok_or_else(|| invalid("sort", "unknown", "one of name, updated, created".to_owned()))?,
    };
    if by == ContactsBy::Name && viewer.masking.name.hides() {
        return Err(invalid("sort", "masked", "names are hidden from you, so nothing is sorted by them".to_owned()));
    }
    let ascending = match query.order.as_deref() {
        None | Some("") => by == ContactsBy::Name,
        Some("asc") => true,
        Some("desc") => false,
        Some(_) => return Err(invalid("order", "unknown", "one of asc, desc".to_owned())),
    };
    let text = query.search.as_deref().map(str::trim).filter(|text| !text.is_empty());
    if text.is_some_and(|text| text.chars().count() > SEARCH_AT_MOST) {
        return Err(invalid("search", "too_long", format!("at most {SEARCH_AT_MOST} characters")));
    }
    let search = text.map(|text| {
        let mut typed = typed(text);
        typed.hidden = viewer.masking;
        typed
    });
    let advanced = match query.expression.as_deref() {
        None | Some("") => None,
        Some(text) => Some(Advanced {
            expression: expression_of(Subject::Contacts, text, lens)?,
            me: viewer.user.0,
            hidden: viewer.masking,
            now: store::millis(lens.now),
        }),
    };
    Ok(ContactFilter {
        lists,
        mine: query.mine.then_some(viewer.user.0),
        tags: tags_of(query.tags.as_deref())?,
        owner,
        company: query.company,
        email: text.filter(|text| text.contains('@') && !text.contains(' ')).map(str::to_owned),
        search,
        advanced,
        among: query.ids.as_deref().map(|ids| ids_of(ids, AT_MOST)).transpose()?,
        deleted: query.deleted,
        by,
        ascending,
    })
}
