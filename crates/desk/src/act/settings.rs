//! Settings of the whole desk.

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::id::UserId;
use pronto_domain::transfer::Reach;
use pronto_store as store;
use serde_json::json;
use store::millis;

use crate::act::record::{self, Record};
use crate::check::Check;
use crate::config::{SETTINGS, Settings};
use crate::{Error, Result};

/// What is `None` stays as it is.
#[derive(Clone, Debug)]
pub struct Change {
    pub by: UserId,
    /// The version it was made on.
    pub version: i64,
    pub max_tabs: Option<i64>,
    pub attachment_limit_mb: Option<i64>,
    pub offer_sound_repeat_s: Option<i64>,
    pub pause_reasons: Option<Vec<String>>,
    pub reconnect_grace_s: Option<i64>,
    pub offline_requeue_min: Option<i64>,
    pub not_responding_after: Option<i64>,
    pub time_zone: Option<String>,
    pub transfer_to: Option<Reach>,
    pub transfer_timeout_s: Option<i64>,
}

pub async fn change(tx: &mut Tx, now: Timestamp, input: &Change) -> Result<()> {
    let at = millis(now);
    let before = Settings::load(tx).await?;
    if before.version != input.version {
        return Err(Error::Stale);
    }
    let mut settings = before.clone();
    settings.max_tabs = input.max_tabs.unwrap_or(settings.max_tabs);
    settings.attachment_limit_mb = input.attachment_limit_mb.unwrap_or(settings.attachment_limit_mb);
    settings.offer_sound_repeat_s = input.offer_sound_repeat_s.unwrap_or(settings.offer_sound_repeat_s);
    settings.offline_requeue_min = input.offline_requeue_min.unwrap_or(settings.offline_requeue_min);
    settings.reconnect_grace_s = input.reconnect_grace_s.unwrap_or(settings.reconnect_grace_s);
    settings.not_responding_after = input.not_responding_after.unwrap_or(settings.not_responding_after);
    if let Some(zone) = &input.time_zone {
        zone.trim().clone_into(&mut settings.time_zone);
    }
    settings.transfer_to = input.transfer_to.unwrap_or(settings.transfer_to);
    settings.transfer_timeout_s = input.transfer_timeout_s.unwrap_or(settings.transfer_timeout_s);
    if let Some(reasons) = &input.pause_reasons {
        settings.pause_reasons = reasons.iter().map(|reason| reason.trim().to_owned()).collect();
    }
    fits(&settings)?;
    let value = json!(settings);
    if !store::setting::put(tx, SETTINGS, &value, input.version, at).await? {
        return Err(Error::Stale);
    }
    let record = Record {
        by: Some(input.by),
        action: "settings.changed",
        subject: "settings".to_owned(),
        before: json!(before),
        after: value,
        what: &["settings"],
    };
    record::write(tx, at, record).await
}

fn fits(settings: &Settings) -> Result<()> {
    let mut check = Check::default();
    check.range("max_tabs", settings.max_tabs, 1, 100);
    check.range("attachment_limit_mb", settings.attachment_limit_mb, 1, 25);
    check.range("offer_sound_repeat_s", settings.offer_sound_repeat_s, 0, 3600);
    check.range("reconnect_grace_s", settings.reconnect_grace_s, 0, 86_400);
    check.range("offline_requeue_min", settings.offline_requeue_min, 0, 10_080);
    check.range("not_responding_after", settings.not_responding_after, 0, 100);
    if jiff::tz::TimeZone::get(&settings.time_zone).is_err() {
        check.wrong("time_zone", "unknown", "a time zone such as Europe/Rome");
    }
    check.range("transfer_timeout_s", settings.transfer_timeout_s, 1, 86_400);
    check.range("pause_reasons", settings.pause_reasons.len(), 0, 50);
    for (index, reason) in settings.pause_reasons.iter().enumerate() {
        let field = format!("pause_reasons[{index}]");
        check.name(&field, reason, 60);
        if settings.pause_reasons.iter().take(index).any(|other| other.eq_ignore_ascii_case(reason)) {
            check.wrong(field, "taken", "this reason is there already");
        }
    }
    check.done()
}
