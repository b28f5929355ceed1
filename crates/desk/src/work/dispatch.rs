//! Sends one claimed message and says how it went.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use pronto_domain::attempt::{Verdict, opaque};
use pronto_domain::id::{AttachmentId, AttemptId};
use pronto_domain::outbound::{Answer, File, Outgoing, Pace};
use pronto_domain::provider::{MediaWay, Provider};
use pronto_store as store;
use store::attempt::Claimed;
use store::message::Failure;

use super::deliver::account;
use crate::act::deliver::Outcome;
use crate::config::Account;
use crate::outside::Broken;
use crate::{Desk, failure, link};

/// How long a provider has to answer.
const WITHIN: Duration = Duration::from_secs(20);
/// A claimed message that had no turn by then is given back, so that it never leaves after its lease has ended.
const BEGIN_WITHIN: Duration = Duration::from_secs(8);

/// Sends it, unless it may not begin any more or too much time has passed since it was claimed.
pub(super) async fn send(desk: &Desk, claimed: Claimed, claimed_at: Instant, may_begin: bool) -> Outcome {
    let begun_at = desk.now();
    if !may_begin || claimed_at.elapsed() >= BEGIN_WITHIN {
        return ended(&claimed, begun_at, Verdict::NotTried, None);
    }
    let Some(account) = account(desk, claimed.account_id) else {
        return ended(&claimed, begun_at, Verdict::Failed, Some(failure::no_account()));
    };
    let mut message: Outgoing = match serde_json::from_value(claimed.request.0.clone()) {
        Ok(message) => message,
        Err(error) => return unsendable(&claimed, begun_at, &error),
    };
    match provided(desk, &account, &mut message).await {
        Ok(None) => {}
        Ok(Some(why)) => return ended(&claimed, begun_at, Verdict::Failed, Some(why)),
        Err(error) => {
            let wait = signed(Pace::Quick.delay(tries(&claimed)));
            return ended(&claimed, begun_at, Verdict::Retry { wait }, Some(failure::ours_to_mend(error.to_string())));
        }
    }
    message.opaque = Some(opaque(AttemptId(claimed.id), store::instant(claimed.created_at)));
    let request = match account.endpoint.write(&message) {
        Ok(request) => request,
        Err(error) => return unsendable(&claimed, begun_at, &error),
    };
    let answer = match desk.outside().call_as(&account.endpoint, &request, WITHIN).await {
        Ok(answered) => account.endpoint.answered(answered.status, answered.retry_after.as_deref(), &answered.body),
        Err(Broken::After(detail)) => Answer::Unknown { detail },
        Err(Broken::Before(detail)) => {
            let wait = Pace::Quick.delay(tries(&claimed));
            return ended(&claimed, begun_at, Verdict::Retry { wait: signed(wait) }, Some(failure::network(detail)));
        }
    };
    read(&claimed, begun_at, account.endpoint.provider(), &message, answer)
}

/// Puts the provider's ids in the place of our files, or addresses of ours where it fetches them; answers why one of
/// them was not taken.
async fn provided(desk: &Desk, account: &Account, message: &mut Outgoing) -> crate::Result<Option<Failure>> {
    for file in message.files() {
        let File::Kept(AttachmentId(id)) = *file else { continue };
        let mut tx = desk.db().read().await?;
        let attachment = store::attachment::by_id(&mut tx, id).await?;
        if account.endpoint.capabilities().media == MediaWay::Link {
            let Some(base) = &account.row.connection.0.public_url else {
                return Ok(Some(failure::unsendable(
                    "the account has no public address to fetch files from".to_owned(),
                )));
            };
            *file = File::Link(format!("{base}{}", link::path(desk.sealer(), &attachment, desk.now())?));
            continue;
        }
        match (attachment.media_id, attachment.failure) {
            (Some(media_id), _) => *file = File::Uploaded(media_id),
            (None, Some(failure)) => return Ok(Some(failure.0)),
            (None, None) => return Ok(Some(failure::unsendable("the provider was not given the file".to_owned()))),
        }
    }
    Ok(None)
}

fn read(claimed: &Claimed, begun_at: Timestamp, provider: Provider, message: &Outgoing, answer: Answer) -> Outcome {
    let retry_in = answer.retry_in(tries(claimed));
    let in_trouble = answer.trouble().is_some();
    match answer {
        Answer::Accepted { provider_id, digits, user_id, .. } => {
            // The provider may know the customer by another name than the one we used.
            let used = [message.to.digits.as_deref(), message.to.user_id.as_deref()];
            let told = [digits, user_id].into_iter().flatten();
            let aliases = told.filter(|name| !used.contains(&Some(name.as_str()))).collect();
            Outcome { provider_id: Some(provider_id), aliases, ..ended(claimed, begun_at, Verdict::Accepted, None) }
        }
        Answer::Retry { error, .. } => {
            let wait = signed(retry_in.unwrap_or_default());
            ended(claimed, begun_at, Verdict::Retry { wait }, Some(failure::of_provider(provider, &error)))
        }
        Answer::Failed { error, .. } => {
            let why = failure::of_provider(provider, &error);
            let trouble = in_trouble.then(|| format!("{} {}", why.code, why.title));
            Outcome { trouble, ..ended(claimed, begun_at, Verdict::Failed, Some(why)) }
        }
        Answer::Unknown { detail } => ended(claimed, begun_at, Verdict::Unknown, Some(failure::unknown(detail))),
    }
}

fn unsendable(claimed: &Claimed, begun_at: Timestamp, error: &dyn std::fmt::Display) -> Outcome {
    ended(claimed, begun_at, Verdict::Failed, Some(failure::unsendable(error.to_string())))
}

fn ended(claimed: &Claimed, begun_at: Timestamp, verdict: Verdict, why: Option<Failure>) -> Outcome {
    Outcome {
        attempt: claimed.id,
        account: claimed.account_id,
        address: claimed.address_id,
        verdict,
        provider_id: None,
        why,
        trouble: None,
        begun_at,
        aliases: Vec::new(),
    }
}

fn tries(claimed: &Claimed) -> u32 {
    u32::try_from(claimed.tries).unwrap_or(1)
}

fn signed(wait: Duration) -> SignedDuration {
    SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX)
}
