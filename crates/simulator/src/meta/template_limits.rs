//! How much an account may do with its templates, and how soon.

use super::error::{MetaError, Result};
use crate::clock::{self, DAY, HOUR};
use crate::store::apps::AppRow;
use crate::store::templates::{self, TemplateRow};
use crate::store::{Connection, template_acts};

/// Most templates of an account, by their names.
const PER_ACCOUNT: usize = 250;
/// The same, once the business has been verified.
const PER_VERIFIED_ACCOUNT: usize = 6000;
const CREATED_PER_HOUR: i64 = 100;
const EDITED_PER_DAY: i64 = 1;
const EDITED_PER_MONTH: i64 = 10;
/// How long the name of a deleted template stays taken.
const NAME_REST: i64 = 30 * DAY;

/// Most templates this account may have.
pub(super) fn most(app: &AppRow) -> usize {
    if app.connection.verified { PER_VERIFIED_ACCOUNT } else { PER_ACCOUNT }
}

/// How many templates these are: translations do not count.
pub(super) fn names(templates: &[TemplateRow]) -> usize {
    let mut names: Vec<&str> = templates.iter().map(|template| template.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names.len()
}

/// Whether an account may have one more.
pub(super) async fn may_create(db: &mut Connection, app: &AppRow, name: &str, language: &str) -> Result<()> {
    let account = &app.business_account_id;
    if template_acts::created(&mut *db, account, clock::now() - HOUR).await? >= CREATED_PER_HOUR {
        return Err(MetaError::code(80_008));
    }
    if let Some(at) = template_acts::deleted(&mut *db, account, name, language).await?
        && clock::now() - at < NAME_REST
    {
        return Err(MetaError::template(
            2_388_023,
            "Message template language is being deleted",
            format!(
                "New {language} content cannot be added while the old is being deleted. Use another name, or wait 30 days."
            ),
        ));
    }
    let known = templates::of_account(db, account).await?;
    let same = |template: &&TemplateRow| template.name == name;
    if known.iter().filter(same).any(|template| template.language == language) {
        return Err(MetaError::template(
            2_388_024,
            "Content in this language already exists",
            format!("There is already {language} content for this template."),
        ));
    }
    if !known.iter().any(|template| same(&template)) && names(&known) >= most(app) {
        return Err(MetaError::template(
            2_388_019,
            "Message template limit exceeded",
            "The account has as many templates as it may have.",
        ));
    }
    Ok(())
}

/// Whether a template may be edited now, and be put into this category.
pub(super) async fn may_edit(db: &mut Connection, template: &TemplateRow, category: Option<&str>) -> Result<()> {
    let refuse = |text: &str| Err(MetaError::template(2_388_003, "This template cannot be edited", text));
    match template.status.as_str() {
        "REJECTED" | "PAUSED" => return Ok(()),
        "APPROVED" => {}
        _ => return refuse("Only approved, rejected and paused templates can be edited."),
    }
    if category.is_some_and(|category| category != template.category) {
        return refuse("The category of an approved template cannot be changed.");
    }
    if template_acts::edited(&mut *db, template, clock::now() - DAY).await? >= EDITED_PER_DAY {
        return refuse("An approved template can be edited once in 24 hours.");
    }
    if template_acts::edited(db, template, clock::now() - 30 * DAY).await? >= EDITED_PER_MONTH {
        return refuse("An approved template can be edited 10 times in 30 days.");
    }
    Ok(())
}
