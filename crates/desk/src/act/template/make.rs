//! Having templates made, changed and deleted: the provider does it, and what it says is kept. Each is checked against
//! every rule before anybody is asked.

use std::time::Duration;

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use object_store::ObjectStoreExt as _;
use object_store::path::Path;
use pronto_db::Tx;
use pronto_domain::id::{AccountId, UserId};
use pronto_domain::outbound::Answer;
use pronto_domain::provider::Cannot;
use pronto_domain::template::draft::{Draft, Rule, fixed};
use pronto_domain::template::news::News;
use pronto_domain::template::{Header, Status, Template as Content};
use pronto_provider::meta::{self, BadId};
use pronto_provider::{Endpoint, Request};
use pronto_store as store;
use serde_json::{Value, json};
use store::template::{Fetched, Template};
use store::upload::Upload;
use uuid::Uuid;

use crate::act::record::{self, Record};
use crate::check::Misfit;
use crate::outside::Broken;
use crate::{Desk, Error, Result};

/// How long the provider may take, and how long for a sample file.
const WITHIN: Duration = Duration::from_secs(30);
const FILE_WITHIN: Duration = Duration::from_secs(120);
/// When all templates are fetched again, should this be broken off in the middle.
const INSURED: SignedDuration = SignedDuration::from_mins(2);

/// Somebody hands a template in for review.
#[derive(Clone, Debug)]
pub struct Make {
    pub by: UserId,
    pub account: AccountId,
    pub draft: Draft,
    /// The sample of a header that holds a file, handed in before.
    pub sample: Option<Uuid>,
    pub of: Of,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    New,
    /// Instead of what it is now, which was read at this version.
    Change {
        version: i64,
    },
}

/// A template to be deleted.
#[derive(Clone, Debug)]
pub struct Delete {
    pub by: UserId,
    pub account: AccountId,
    pub name: String,
    /// All of them if absent.
    pub language: Option<String>,
}

/// Every rule a draft breaks. Nobody outside is asked.
pub async fn check(desk: &Desk, input: &Make) -> Result<Vec<Misfit>> {
    endpoint(desk, input.account)?;
    let mut tx = desk.db().read().await?;
    Ok(examine(&mut tx, desk, input).await?.wrong)
}

struct Examined {
    wrong: Vec<Misfit>,
    sample: Option<Upload>,
    /// What it replaces.
    present: Option<Template>,
}

async fn examine(tx: &mut Tx, desk: &Desk, input: &Make) -> Result<Examined> {
    let Make { draft, .. } = input;
    let sample = match input.sample {
        Some(id) => store::upload::find(tx, id).await?.filter(|found| found.user_id == input.by.0),
        None => None,
    };
    let mut wrong: Vec<Misfit> = draft
        .broken(sample.as_ref().map(|sample| sample.mime.as_str()))
        .into_iter()
        .map(|broken| Misfit {
            field: broken.field,
            code: broken.rule.as_str(),
            detail: broken.rule.words().to_owned(),
        })
        .collect();
    let mut refuse = |field: &str, code: &'static str, detail: &str| {
        wrong.retain(|one| one.field != field);
        wrong.push(Misfit { field: field.to_owned(), code, detail: detail.to_owned() });
    };
    let needs_sample = draft.template.header.as_ref().is_some_and(|header| header.media().is_some());
    if needs_sample && input.sample.is_some() && sample.is_none() {
        refuse("sample_upload_id", Rule::Unknown.as_str(), "there is no such file: hand it in again");
    }
    if needs_sample && endpoint(desk, input.account)?.app_id.is_none() {
        refuse("sample_upload_id", "no_app_id", "the account has no app id, which a sample is handed in under");
    }
    let variants = store::template::named(tx, input.account.0, &draft.template.name).await?;
    let present = variants.into_iter().find(|row| row.language == draft.template.language);
    let living = present.as_ref().is_some_and(|row| row.status != Status::Deleted.as_str());
    if input.of == Of::New && living {
        refuse("language", "taken", "the template is there in this language");
    }
    if let (Of::Change { .. }, Some(row)) = (input.of, &present)
        && row.status == Status::Approved.as_str()
        && row.category != draft.category.as_str()
    {
        refuse("category", "category_fixed", "an approved template stays in its category");
    }
    Ok(Examined { wrong, sample, present })
}

/// Hands a template in, and keeps what became of it.
pub async fn make(desk: &Desk, input: &Make) -> Result<()> {
    let endpoint = endpoint(desk, input.account)?;
    let mut tx = desk.db().read().await?;
    let Examined { wrong, sample, present } = examine(&mut tx, desk, input).await?;
    drop(tx);
    if let Of::Change { version } = input.of {
        let row = present.as_ref().ok_or(Error::Db(pronto_db::Error::NotFound))?;
        if row.version != version {
            return Err(Error::Stale);
        }
        editable(row)?;
    }
    if !wrong.is_empty() {
        return Err(Error::Misfits(wrong));
    }
    let whole = Endpoint::Meta(endpoint.clone());
    let handle = match sample.filter(|_| input.draft.template.header.as_ref().and_then(Header::media).is_some()) {
        Some(sample) => Some(hand_in(desk, &whole, &endpoint, &sample).await?),
        None => None,
    };
    fetch_again(desk, input.account, INSURED).await?;
    let made = match (input.of, &present) {
        (Of::Change { .. }, Some(row)) => {
            let new_category = row.category != input.draft.category.as_str();
            let request =
                meta::edit_template(&endpoint, &row.provider_id, &input.draft, new_category, handle.as_deref());
            if let Err(refused) = ask(desk, input.account, &whole, request, WITHIN).await {
                return Err(overtaken(desk, row).await?.unwrap_or(refused));
            }
            meta::Made { id: row.provider_id.clone(), status: Status::Pending, category: None }
        }
        _ => {
            let request = meta::create_template(&endpoint, &input.draft, handle.as_deref());
            let body = ask(desk, input.account, &whole, request, WITHIN).await?;
            match meta::read_made(&body) {
                Some(made) => made,
                None => {
                    fetch_again(desk, input.account, SignedDuration::ZERO).await?;
                    return Err(Error::Unknown("the answer names no template".to_owned()));
                }
            }
        }
    };
    let quality = present.and_then(|row| row.quality);
    let done = (input, made, quality, endpoint.business_account_id.unwrap_or_default());
    desk.run(&done, |tx, now, (input, made, quality, business)| {
        Box::pin(keep(tx, now, input, made, quality.as_deref(), business))
    })
    .await
}

/// Has a template deleted, in one language or in all.
pub async fn delete(desk: &Desk, input: &Delete) -> Result<()> {
    let endpoint = endpoint(desk, input.account)?;
    let mut tx = desk.db().read().await?;
    let mut rows = store::template::named(&mut tx, input.account.0, &input.name).await?;
    drop(tx);
    rows.retain(|row| row.status != Status::Deleted.as_str());
    rows.retain(|row| input.language.as_ref().is_none_or(|language| row.language == *language));
    let Some(first) = rows.first() else { return Err(pronto_db::Error::NotFound.into()) };
    let id = input.language.is_some().then_some(first.provider_id.as_str());
    let request = meta::delete_template(&endpoint, &input.name, id);
    fetch_again(desk, input.account, INSURED).await?;
    ask(desk, input.account, &Endpoint::Meta(endpoint.clone()), request, WITHIN).await?;
    let done = (input, endpoint.business_account_id.unwrap_or_default());
    desk.run(&done, |tx, now, (input, business)| Box::pin(deleted(tx, now, input, business))).await
}

/// The number at a provider that has templates made from here.
fn endpoint(desk: &Desk, id: AccountId) -> Result<meta::Endpoint> {
    let config = desk.config();
    let account = config.accounts.get(&id).filter(|account| account.row.deleted_at.is_none());
    let endpoint = &account.ok_or(Error::Db(pronto_db::Error::NotFound))?.endpoint;
    let can = endpoint.capabilities();
    match endpoint.meta().filter(|_| can.makes_templates) {
        Some(meta) => Ok(meta.clone()),
        None => {
            let what = "a template for review: it is made where the number was set up";
            Err(Cannot::Send { provider: can.provider, what }.into())
        }
    }
}

/// Whether somebody else's change came first, which is then why this one was refused.
async fn overtaken(desk: &Desk, row: &Template) -> Result<Option<Error>> {
    let mut tx = desk.db().read().await?;
    let now = store::template::by_id(&mut tx, row.id).await?;
    Ok((now.version != row.version).then_some(Error::Stale))
}

fn editable(row: &Template) -> Result<()> {
    match fixed(&row.content.0, &row.category, row.status()?, true) {
        None => Ok(()),
        Some(why) => Err(Error::Impossible {
            code: "template_not_editable",
            detail: format!("the template {} ({}) cannot be changed: {why}", row.name, row.language),
        }),
    }
}

/// Hands a sample in; answers the handle it is known by.
async fn hand_in(desk: &Desk, whole: &Endpoint, endpoint: &meta::Endpoint, sample: &Upload) -> Result<String> {
    let read = desk.media().get(&Path::from(sample.path.as_str())).await;
    let bytes = match read {
        Ok(found) => found.bytes().await.map_err(|error| Error::Media(error.to_string()))?,
        Err(error) => return Err(Error::Media(error.to_string())),
    };
    // Nothing is made by it: a broken connection is one that could not be had.
    let again = |error| if let Error::Unknown(detail) = error { Error::Unreachable(detail) } else { error };
    let odd = || Error::Unreachable("the answer names no file".to_owned());
    let name = sample.name.as_deref().unwrap_or("sample");
    let request = meta::begin_sample(endpoint, name, &sample.mime, bytes.len());
    let begun = call(desk, whole, request, WITHIN).await.map_err(again)?;
    let session = meta::read_session(&begun).ok_or_else(odd)?;
    let request = meta::hand_in_sample(endpoint, &session, &sample.mime, bytes);
    let handed = call(desk, whole, request, FILE_WITHIN).await.map_err(again)?;
    meta::read_handle(&handed).ok_or_else(odd)
}

/// Asks the provider to do something that is kept there; if it is not known whether it did, all is fetched.
async fn ask(
    desk: &Desk,
    account: AccountId,
    endpoint: &Endpoint,
    request: Result<Request, BadId>,
    within: Duration,
) -> Result<Bytes> {
    let answered = call(desk, endpoint, request, within).await;
    if let Err(Error::Unknown(_)) = answered {
        fetch_again(desk, account, SignedDuration::ZERO).await?;
    }
    answered
}

async fn call(desk: &Desk, endpoint: &Endpoint, request: Result<Request, BadId>, within: Duration) -> Result<Bytes> {
    let request = request.map_err(|error| Error::NotTaken { title: error.to_string(), detail: None })?;
    let answered = match desk.outside().call_as(endpoint, &request, within).await {
        Ok(answered) => answered,
        Err(Broken::Before(detail)) => return Err(Error::Unreachable(detail)),
        Err(Broken::After(detail)) => return Err(Error::Unknown(detail)),
    };
    match endpoint.refused(answered.status, answered.retry_after.as_deref(), &answered.body) {
        None => Ok(answered.body),
        Some(Answer::Failed { error, .. } | Answer::Retry { error, .. }) => {
            Err(Error::NotTaken { title: error.title, detail: error.detail })
        }
        Some(Answer::Unknown { detail }) => Err(Error::Unknown(detail)),
        Some(Answer::Accepted { .. }) => Err(Error::Unknown("the answer makes no sense".to_owned())),
    }
}

/// Has all of an account's templates fetched, soon.
async fn fetch_again(desk: &Desk, account: AccountId, after: SignedDuration) -> Result<()> {
    let due = (account, store::millis(desk.now() + after));
    desk.run(&due, |tx, _, (account, due)| {
        Box::pin(async move { Ok(store::template::synced(tx, account.0, None, *due, None).await?) })
    })
    .await
}

async fn keep(
    tx: &mut Tx,
    now: Timestamp,
    input: &Make,
    made: &meta::Made,
    quality: Option<&str>,
    business: &str,
) -> Result<()> {
    let at = store::millis(now);
    let Draft { template, category, .. } = &input.draft;
    let samples = template.slots().into_iter().filter_map(|slot| {
        let sample = template.samples.get(&slot.key)?.clone();
        Some((slot.key, sample))
    });
    let content = Content { samples: samples.collect(), ..template.clone() };
    let fetched = Fetched {
        account_id: input.account.0,
        provider_id: made.id.clone(),
        name: template.name.clone(),
        language: template.language.clone(),
        category: made.category.clone().unwrap_or_else(|| category.as_str().to_owned()),
        status: made.status.as_str(),
        reason: None,
        quality: quality.map(str::to_owned),
        content: content.clone(),
    };
    let siblings = store::template::siblings(tx, business).await?;
    let all: Vec<Fetched> = siblings.into_iter().map(|account_id| Fetched { account_id, ..fetched.clone() }).collect();
    store::template::put(tx, &all, at).await?;
    let action = if input.of == Of::New { "template.made" } else { "template.edited" };
    let after = json!({ "category": fetched.category, "content": content });
    let subject = format!("account {} template {} ({})", input.account, template.name, template.language);
    let record = Record { by: Some(input.by), action, subject, before: Value::Null, after, what: &["templates"] };
    record::write(tx, at, record).await
}

async fn deleted(tx: &mut Tx, now: Timestamp, input: &Delete, business: &str) -> Result<()> {
    let at = store::millis(now);
    let news = News { status: Some(Status::Deleted), ..News::default() };
    for account in store::template::siblings(tx, business).await? {
        for row in store::template::named(tx, account, &input.name).await? {
            if input.language.as_ref().is_none_or(|language| row.language == *language) {
                store::template::tell(tx, &row, &news, at).await?;
            }
        }
    }
    let language = input.language.as_ref().map(|language| format!(" ({language})")).unwrap_or_default();
    let record = Record {
        by: Some(input.by),
        action: "template.deleted",
        subject: format!("account {} template {}{language}", input.account, input.name),
        before: Value::Null,
        after: Value::Null,
        what: &["templates"],
    };
    record::write(tx, at, record).await
}
