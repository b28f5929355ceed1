//! Canned answers: adding, changing, removing, and remembering what was used.

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::access::{Role, Viewer};
use pronto_domain::canned::Scope;
use pronto_domain::id::{AccountId, CannedAnswerId, UserId};
use pronto_domain::{compose, placeholder};
use pronto_store as store;
use serde_json::{Value, json};
use store::canned::Canned;
use store::event::{self, Facts, Kind};
use store::millis;

use crate::act::record::{self, Record};
use crate::check::Check;
use crate::{Error, Result};

/// The collection of the API they stand in.
const WHAT: &str = "canned_answers";

#[derive(Clone, Debug)]
pub struct Add {
    pub by: Viewer,
    pub scope: Scope,
    pub fields: Fields,
}

/// What is `None` stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    pub shortcut: Option<Option<String>>,
    pub title: Option<String>,
    pub text: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Change {
    pub by: Viewer,
    pub id: CannedAnswerId,
    /// The version it was made on.
    pub version: i64,
    /// Where it belongs from now on.
    pub scope: Option<Scope>,
    pub fields: Fields,
    /// `false` brings back one that was removed.
    pub deleted: Option<bool>,
}

#[derive(Clone, Debug)]
pub struct Remove {
    pub by: Viewer,
    pub id: CannedAnswerId,
}

/// Somebody put one into what they write.
#[derive(Clone, Copy, Debug)]
pub struct Use {
    pub by: UserId,
    pub id: CannedAnswerId,
}

pub async fn add(tx: &mut Tx, now: Timestamp, input: &Add) -> Result<CannedAnswerId> {
    let at = millis(now);
    may_edit(&input.by, input.scope)?;
    let mut canned = Canned {
        id: 0,
        scope: String::new(),
        account_id: None,
        user_id: None,
        shortcut: None,
        title: String::new(),
        text: String::new(),
        version: 1,
        deleted_at: None,
    };
    canned.put(input.scope);
    put(&mut canned, &input.fields);
    fits(tx, &canned).await?;
    canned.id = store::canned::add(tx, &canned, at).await?;
    write(tx, at, &input.by, "canned_answer.added", &canned, Value::Null, told(&canned)).await?;
    Ok(CannedAnswerId(canned.id))
}

pub async fn change(tx: &mut Tx, now: Timestamp, input: &Change) -> Result<()> {
    let at = millis(now);
    let before = held(tx, &input.by, input.id).await?;
    if before.deleted_at.is_some() && input.deleted != Some(false) {
        return Err(pronto_db::Error::NotFound.into());
    }
    if before.version != input.version {
        return Err(Error::Stale);
    }
    let mut canned = before.clone();
    if let Some(scope) = input.scope {
        may_edit(&input.by, scope)?;
        canned.put(scope);
    }
    if input.deleted == Some(false) {
        canned.deleted_at = None;
    }
    put(&mut canned, &input.fields);
    fits(tx, &canned).await?;
    if !store::canned::save(tx, &canned).await? {
        return Err(Error::Stale);
    }
    if canned.belongs() != before.belongs() {
        tell(tx, at, &before).await?;
    }
    write(tx, at, &input.by, "canned_answer.changed", &canned, told(&before), told(&canned)).await
}

pub async fn remove(tx: &mut Tx, now: Timestamp, input: &Remove) -> Result<()> {
    let at = millis(now);
    let before = held(tx, &input.by, input.id).await?;
    if before.deleted_at.is_some() {
        return Err(pronto_db::Error::NotFound.into());
    }
    let canned = Canned { deleted_at: Some(at), ..before };
    if !store::canned::save(tx, &canned).await? {
        return Err(Error::Stale);
    }
    let (was, is) = (json!({ "deleted": false }), json!({ "deleted": true }));
    write(tx, at, &input.by, "canned_answer.removed", &canned, was, is).await
}

/// Remembers it. Whether they see it is the caller's to check.
pub async fn used(tx: &mut Tx, now: Timestamp, input: &Use) -> Result<()> {
    store::canned::used(tx, input.by.0, input.id.0, millis(now)).await?;
    Ok(())
}

/// One that the viewer may change; what they may not see is not found.
async fn held(tx: &mut Tx, by: &Viewer, id: CannedAnswerId) -> Result<Canned> {
    let canned = store::canned::lock(tx, id.0).await?;
    if !canned.belongs().seen_by(by) {
        return Err(pronto_db::Error::NotFound.into());
    }
    may_edit(by, canned.belongs())?;
    Ok(canned)
}

fn may_edit(by: &Viewer, scope: Scope) -> Result<()> {
    if scope.edited_by(by) {
        return Ok(());
    }
    match scope {
        // Of accounts that are not theirs, supervisors know nothing.
        Scope::Account(AccountId(_)) if by.supervises() => {
            Err(Error::invalid("account_id", "unknown", "there is no such account, or it is not yours"))
        }
        _ => Err(Error::Forbidden { needs: Role::Supervisor.to_string() }),
    }
}

fn put(canned: &mut Canned, fields: &Fields) {
    if let Some(shortcut) = &fields.shortcut {
        let bare = shortcut.as_deref().map(|shortcut| shortcut.trim().trim_start_matches('/').to_lowercase());
        canned.shortcut = bare.filter(|shortcut| !shortcut.is_empty());
    }
    if let Some(title) = &fields.title {
        title.trim().clone_into(&mut canned.title);
    }
    if let Some(text) = &fields.text {
        text.trim().clone_into(&mut canned.text);
    }
}

async fn fits(tx: &mut Tx, canned: &Canned) -> Result<()> {
    let mut check = Check::default();
    if let Some(shortcut) = &canned.shortcut {
        check.length("shortcut", shortcut, 30);
        if shortcut.chars().any(|c| c.is_whitespace() || c == '/') {
            check.wrong("shortcut", "format", "one word, without blanks or slashes");
        }
        if store::canned::shortcut_taken(tx, canned).await? {
            check.wrong("shortcut", "taken", "another canned answer has this shortcut");
        }
    }
    check.name("title", &canned.title, 80);
    if let Err(unfit) = compose::text(&canned.text) {
        check.wrong("text", unfit.code(), unfit.to_string());
    }
    let fields = store::contact_field::all(tx).await?;
    let keys = store::contact_field::keys(&fields);
    let unknown = placeholder::unknown(&canned.text, &keys);
    if !unknown.is_empty() {
        check.wrong("text", "unknown_placeholder", format!("nothing is called {}", unknown.join(", ")));
    }
    if let Some(account) = canned.account_id {
        let known = store::account::all(tx).await?;
        if !known.iter().any(|one| one.id == account && one.deleted_at.is_none()) {
            check.wrong("account_id", "unknown", "there is no such account");
        }
    }
    check.done()
}

fn told(canned: &Canned) -> Value {
    let Canned { scope, account_id, shortcut, title, text, .. } = canned;
    json!({ "scope": scope, "account_id": account_id, "shortcut": shortcut, "title": title, "text": text })
}

/// What others use is written down; what is somebody's own is told to their screens alone.
async fn write(
    tx: &mut Tx,
    at: i64,
    by: &Viewer,
    action: &str,
    canned: &Canned,
    before: Value,
    after: Value,
) -> Result<()> {
    if matches!(canned.belongs(), Scope::Personal(_)) {
        return tell(tx, at, canned).await;
    }
    let subject = format!("canned_answer {}", canned.id);
    record::write(tx, at, Record { by: Some(by.user), action, subject, before, after, what: &[WHAT] }).await
}

async fn tell(tx: &mut Tx, at: i64, canned: &Canned) -> Result<()> {
    let users = canned.user_id.into_iter().collect();
    let facts = Facts { what: Some(WHAT.to_owned()), users, ..Facts::default() };
    event::append(tx, &[event::New::of(Kind::Changed, 0).facts(facts)], at).await?;
    Ok(())
}
