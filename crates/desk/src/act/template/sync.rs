//! What the provider has approved, as it stands there now.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use pronto_db::Tx;
use pronto_domain::id::AccountId;
use pronto_domain::inbound::Event;
use pronto_domain::outbound::Answer;
use pronto_domain::template::Status;
use pronto_domain::template::news::{self, News};
use pronto_provider::{Endpoint, Listed};
use pronto_store as store;
use store::template::Fetched;

use crate::{Desk, Error, Result};

/// How long the provider may take for each page, and for all of them.
const WITHIN: Duration = Duration::from_secs(20);
const WHOLE_WITHIN: Duration = Duration::from_secs(180);
/// Pages that are read at most: more than WhatsApp lets an account have, at the fewest to a page.
const PAGES: usize = 200;
/// Characters of a name and of a language's code.
const NAME_LIMIT: usize = 512;
const LANGUAGE_LIMIT: usize = 20;
/// When they are fetched again, and when after a failure.
const EVERY: SignedDuration = SignedDuration::from_hours(6);
const AGAIN: SignedDuration = SignedDuration::from_mins(5);

/// Fetches an account's templates and keeps them. What goes wrong is kept too, and answered.
pub async fn sync(desk: &Desk, id: AccountId) -> Result<Result<(), String>> {
    let config = desk.config();
    let account = config.accounts.get(&id).filter(|account| account.row.deleted_at.is_none());
    let account = account.ok_or(Error::Db(pronto_db::Error::NotFound))?;
    let asked_at = desk.now();
    let fetched = tokio::time::timeout(WHOLE_WITHIN, fetch(desk, &account.endpoint)).await;
    let fetched = fetched.unwrap_or_else(|_| Err("it takes too long".to_owned()));
    let said = fetched.as_ref().map(|_| ()).map_err(Clone::clone);
    let synced = Synced { account: id, asked_at, fetched };
    desk.run(&synced, |tx, now, synced| Box::pin(keep(tx, now, synced))).await?;
    Ok(said)
}

/// What was fetched could not be kept: it is tried again later.
pub async fn unkept(desk: &Desk, account: AccountId) -> Result<()> {
    let fetched = Err("the desk could not keep them".to_owned());
    let synced = Synced { account, asked_at: desk.now(), fetched };
    desk.run(&synced, |tx, now, synced| Box::pin(keep(tx, now, synced))).await
}

async fn fetch(desk: &Desk, endpoint: &Endpoint) -> Result<Vec<Listed>, String> {
    let mut all = Vec::new();
    let mut after: Option<String> = None;
    for _ in 0..PAGES {
        // Where none are kept, none can be sent.
        let Some(request) = endpoint.list_templates(after.as_deref()) else { return Ok(all) };
        let answered =
            desk.outside().call_as(endpoint, &request?, WITHIN).await.map_err(|broken| broken.to_string())?;
        match endpoint.refused(answered.status, answered.retry_after.as_deref(), &answered.body) {
            None => {}
            Some(Answer::Failed { error, .. } | Answer::Retry { error, .. }) => {
                return Err(format!("{} ({})", error.title, error.code));
            }
            Some(Answer::Unknown { detail }) => return Err(detail),
            Some(Answer::Accepted { .. }) => return Err("the answer makes no sense".to_owned()),
        }
        let page = endpoint.read_templates(&answered.body).ok_or("the answer is no list of templates")?;
        all.extend(page.items);
        match page.after {
            // A cursor that leads to itself would go round for ever.
            Some(next) if after.as_ref() != Some(&next) => after = Some(next),
            _ => return Ok(all),
        }
    }
    // What was not read may be there all the same.
    Err("the list has no end".to_owned())
}

/// All of an account's templates, or why they could not be had.
pub struct Synced {
    pub account: AccountId,
    /// What has changed here since then is newer than what was fetched.
    pub asked_at: Timestamp,
    pub fetched: Result<Vec<Listed>, String>,
}

/// Keeps them; what is not among them any more is deleted at the provider.
pub async fn keep(tx: &mut Tx, now: Timestamp, input: &Synced) -> Result<()> {
    let at = store::millis(now);
    let account = input.account.0;
    let fetched = match &input.fetched {
        Ok(fetched) => fetched,
        Err(error) => {
            store::template::synced(tx, account, None, store::millis(now + AGAIN), Some(error)).await?;
            return Ok(store::event::append(tx, &[store::event::New::changed("templates")], at).await?);
        }
    };
    let known = store::template::of_account(tx, account).await?;
    let newer = |row: &store::template::Template| row.updated_at > store::millis(input.asked_at);
    let there: BTreeSet<(&str, &str)> =
        fetched.iter().map(|one| (one.template.name.as_str(), one.template.language.as_str())).collect();
    let fresh: Vec<Fetched> = unique(fetched)
        .into_iter()
        .map(|one| Fetched {
            account_id: account,
            provider_id: one.id.clone(),
            name: one.template.name.clone(),
            language: one.template.language.clone(),
            category: one.category.clone(),
            status: one.status.as_str(),
            reason: one.reason.clone(),
            quality: one.quality.clone(),
            content: one.template.clone(),
        })
        .filter(|one| !known.iter().any(|row| same(row, one) || (of(row, one) && newer(row))))
        .collect();
    let gone: Vec<&store::template::Template> = known
        .iter()
        .filter(|row| !there.contains(&(row.name.as_str(), row.language.as_str())))
        .filter(|row| row.status != Status::Deleted.as_str() && !newer(row))
        .collect();
    store::template::put(tx, &fresh, at).await?;
    let gone_news = News { status: Some(Status::Deleted), ..News::default() };
    for template in gone {
        store::template::tell(tx, template, &gone_news, at).await?;
    }
    store::template::synced(tx, account, Some(at), store::millis(now + EVERY), None).await?;
    Ok(store::event::append(tx, &[store::event::New::changed("templates")], at).await?)
}

/// One of each name and language, the approved one of several: at Twilio a template goes by neither. What no template
/// can be called is none.
fn unique(fetched: &[Listed]) -> Vec<&Listed> {
    let fits = |text: &str, limit: usize| text.chars().count() <= limit;
    let mut all: Vec<&Listed> = fetched
        .iter()
        .filter(|one| fits(&one.template.name, NAME_LIMIT) && fits(&one.template.language, LANGUAGE_LIMIT))
        .collect();
    all.sort_by_key(|one| (&one.template.name, &one.template.language, one.status != Status::Approved, &one.id));
    all.dedup_by_key(|one| (&one.template.name, &one.template.language));
    all
}

/// Whether both are one template in one language.
fn of(row: &store::template::Template, fetched: &Fetched) -> bool {
    row.name == fetched.name && row.language == fetched.language
}

fn same(row: &store::template::Template, fetched: &Fetched) -> bool {
    of(row, fetched)
        && row.provider_id == fetched.provider_id
        && row.category == fetched.category
        && row.status == fetched.status
        && row.reason == fetched.reason
        && row.quality == fetched.quality
        && row.content.0 == fetched.content
}

/// What the provider tells of a business account's templates as it happens. Answers what became of it; `None` for an
/// event that is about something else. One that is deleted does not come back by a word, which may have been said
/// before: all are fetched, which shows what is there.
pub async fn heed(tx: &mut Tx, now: Timestamp, business: &str, event: &Event) -> Result<Option<&'static str>> {
    if !news::EVENTS.contains(&event.name.as_str()) {
        return Ok(None);
    }
    let at = store::millis(now);
    let fact = |name: &str| event.facts.get(name).map(String::as_str);
    let news = news::news(&event.name, fact);
    let mut outcome = "nothing is known of the template: all are fetched";
    for account in store::template::siblings(tx, business).await? {
        let found = match (fact("message_template_name"), fact("message_template_language")) {
            (Some(name), Some(language)) => {
                let variants = store::template::named(tx, account, name).await?;
                variants.into_iter().find(|row| row.language == language)
            }
            _ => None,
        };
        let found = found.filter(|row| row.status != Status::Deleted.as_str() || news.status == Some(Status::Deleted));
        match found {
            Some(row) if news.tells() => {
                store::template::tell(tx, &row, &news, at).await?;
                outcome = "applied";
            }
            Some(_) if event.name != "message_template_components_update" => outcome = "it tells nothing to act on",
            _ => store::template::synced(tx, account, None, at, None).await?,
        }
    }
    store::event::append(tx, &[store::event::New::changed("templates")], at).await?;
    Ok(Some(outcome))
}
