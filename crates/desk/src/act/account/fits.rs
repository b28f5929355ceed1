//! What an account must be like.

use std::collections::BTreeSet;

use pronto_db::Tx;
use pronto_domain::flow::Step;
use pronto_domain::provider::Provider;
use pronto_store as store;
use store::account::Account;

use super::Fields;
use crate::Result;
use crate::act::member;
use crate::check::Check;

/// Thirty days: the longest a flow step or a grace time lasts.
const LONGEST: i64 = 30 * 86_400;
const STEPS: usize = 20;

pub(super) async fn fits(tx: &mut Tx, account: &Account, fields: &Fields) -> Result<()> {
    let mut check = Check::default();
    names(tx, account, &mut check).await?;
    provider(tx, account, fields, &mut check).await?;
    flow(tx, account, &mut check).await?;
    check.range("grace_s", account.grace_s, 0, LONGEST);
    closing(tx, account, &mut check).await?;
    if let Some(timeout_s) = account.transfer.0.timeout_s {
        check.range("transfer.timeout_s", timeout_s, 1, 86_400);
    }
    check.range("rate_per_s", account.rate_per_s, 1, 1000);
    let (users, teams) = (fields.user_ids.as_deref(), fields.team_ids.as_deref());
    member::known(tx, users.unwrap_or_default(), teams.unwrap_or_default(), &mut check).await?;
    check.done()
}

async fn names(tx: &mut Tx, account: &Account, check: &mut Check) -> Result<()> {
    let lawful = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if account.key.is_empty() {
        check.wrong("key", "required", "this may not be empty");
    } else if account.key.len() > 12 || !account.key.chars().all(lawful) {
        check.wrong("key", "format", "1 to 12 small letters, digits and hyphens");
    } else if store::account::key_taken(tx, &account.key, account.id).await? {
        check.wrong("key", "taken", "another account has this key");
    }
    check.name("name", &account.name, 100);
    if store::account::name_taken(tx, &account.name, account.id).await? {
        check.wrong("name", "taken", "another account has this name");
    }
    if let Some(phone) = &account.phone {
        let digits = phone.chars().filter(char::is_ascii_digit).count();
        let lawful = |c: char| c.is_ascii_digit() || " +-().".contains(c);
        if !(5..=15).contains(&digits) || !phone.chars().all(lawful) {
            check.wrong("phone", "format", "a number with its country, such as +31 20 123 4567");
        }
    }
    Ok(())
}

fn address(field: &str, text: &str, check: &mut Check) {
    let url = reqwest::Url::parse(text).ok().filter(|url| url.has_host());
    match url {
        Some(url) if matches!(url.scheme(), "http" | "https") && url.query().is_none() && url.fragment().is_none() => {
            if !url.username().is_empty() || url.password().is_some() {
                check.wrong(field, "format", "no name or password in the address");
            }
        }
        _ => check.wrong(field, "format", "an address that begins with http:// or https://"),
    }
    check.length(field, text, 300);
}

/// What only some providers need.
fn connection(account: &Account, check: &mut Check) {
    let connection = &account.connection.0;
    match &connection.public_url {
        Some(url) => address("connection.public_url", url, check),
        None if account.provider == Provider::Meta.as_str() => {}
        None => check.wrong("connection.public_url", "required", "the address the provider reaches this desk by"),
    }
    for (field, id) in
        [("connection.waba_id", &connection.waba_id), ("connection.shared_key_id", &connection.shared_key_id)]
    {
        if let Some(id) = id {
            identifier(field, id, check);
        }
    }
    if let Some(name) = &connection.header {
        let lawful = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if name.len() > 64 || !name.chars().all(lawful) {
            check.wrong("connection.header", "format", "the name of a header, such as x-desk-token");
        }
    }
    check.range("connection.media_hosts", connection.media_hosts.len(), 0, 20);
    for (index, host) in connection.media_hosts.iter().enumerate() {
        let lawful = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
        if host.len() > 253 || !host.contains('.') || !host.chars().all(lawful) {
            check.wrong(format!("connection.media_hosts[{index}]"), "format", "a host, such as media.example.com");
        }
    }
}

async fn provider(tx: &mut Tx, account: &Account, fields: &Fields, check: &mut Check) -> Result<()> {
    address("base_url", &account.base_url, check);
    connection(account, check);
    for (field, id) in
        [("phone_number_id", &account.phone_number_id), ("business_account_id", &account.business_account_id)]
    {
        if id.is_empty() {
            check.wrong(field, "required", "this may not be empty");
        } else {
            identifier(field, id, check);
        }
    }
    match &account.app_id {
        Some(app_id) => identifier("app_id", app_id, check),
        // Sinch's key has an id, which signs in with its secret.
        None if account.provider == Provider::Sinch.as_str() => {
            check.wrong("app_id", "required", "this may not be empty");
        }
        None => {}
    }
    if store::account::number_taken(tx, &account.phone_number_id, account.id).await? {
        check.wrong("phone_number_id", "taken", "another account is this number");
    }
    let credentials = &fields.credentials;
    for (field, secret) in [
        ("credentials.access_token", &credentials.access_token),
        ("credentials.app_secret", &credentials.app_secret),
        ("credentials.verify_token", &credentials.verify_token),
        ("credentials.second_token", &credentials.second_token),
    ] {
        if let Some(secret) = secret {
            let secret = secret.trim();
            check.length(field, secret, 4000);
            // They travel in headers and addresses.
            if !secret.is_ascii() || secret.contains(char::is_whitespace) {
                check.wrong(field, "format", "no blanks and no letters outside ASCII");
            }
        }
    }
    Ok(())
}

/// An id of the provider: part of addresses we call.
fn identifier(field: &str, id: &str, check: &mut Check) {
    if id.len() > 64 || !id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-') {
        check.wrong(field, "format", "letters and digits only, at most 64");
    }
}

async fn flow(tx: &mut Tx, account: &Account, check: &mut Check) -> Result<()> {
    let steps = &account.flow.0;
    check.range("flow", steps.len(), 0, STEPS);
    let mut wanted: BTreeSet<i64> = steps.iter().map(|Step::Queue { queue_id, .. }| queue_id.0).collect();
    wanted.insert(account.default_queue_id);
    let wanted: Vec<i64> = wanted.into_iter().collect();
    let living = store::queue::living(tx, &wanted).await?;
    if account.default_queue_id == 0 {
        check.wrong("default_queue_id", "required", "this may not be empty");
    } else if !living.contains(&account.default_queue_id) {
        check.wrong("default_queue_id", "unknown", "there is no such queue");
    }
    for (index, Step::Queue { queue_id, timeout_s }) in steps.iter().enumerate() {
        if !living.contains(&queue_id.0) {
            check.wrong(format!("flow[{index}].queue_id"), "unknown", "there is no such queue");
        }
        check.range(&format!("flow[{index}].timeout_s"), *timeout_s, 0, LONGEST);
        if *timeout_s == 0 && index + 1 < steps.len() {
            check.wrong(format!("flow[{index}].timeout_s"), "out_of_range", "only the last step may wait without end");
        }
    }
    Ok(())
}

async fn closing(tx: &mut Tx, account: &Account, check: &mut Check) -> Result<()> {
    let closing = &account.closing.0;
    let silence = &closing.silence;
    check.range("closing.silence.close_after_s", silence.close_after_s, 0, LONGEST);
    check.range("closing.silence.warn_before_s", silence.warn_before_s, 0, LONGEST);
    if silence.warn_before_s > 0 && silence.is_on() {
        if silence.warn_before_s >= silence.close_after_s {
            check.wrong("closing.silence.warn_before_s", "out_of_range", "less than the time until it is closed");
        }
        if silence.warning.trim().is_empty() {
            check.wrong("closing.silence.warning", "required", "what the customer is told");
        }
    }
    if silence.warning.chars().count() > 1_000 {
        check.wrong("closing.silence.warning", "too_long", "at most 1000 characters");
    }
    if let Some(chosen) = closing.system_disposition {
        let all = store::disposition::all(tx).await?;
        // The desk closes what came by any queue and of any list, so it can be of the whole desk or of this account.
        let fits = |one: &store::disposition::Disposition| {
            one.id == chosen.0
                && one.retired_at.is_none()
                && (one.scope == "global" || (one.scope == "account" && one.scope_id == account.id))
                && !all.iter().any(|other| other.parent_id == Some(one.id) && other.retired_at.is_none())
        };
        if !all.iter().any(fits) {
            check.wrong("closing.system_disposition", "unknown", "a disposition of the desk or of this account");
        }
    }
    Ok(())
}
