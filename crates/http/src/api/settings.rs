//! Settings of the whole desk.

use axum::extract::State;
use pronto_desk::act::settings::{self, Change};
use pronto_desk::config;
use pronto_domain::transfer::Reach;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::error::Result;
use crate::extract::{Json, Permitted, may};
use crate::snapshot::{At, Snapshot};

/// What an administrator may set for the whole desk.
#[derive(Serialize, ToSchema)]
pub struct Settings {
    pub version: i64,
    /// The most open tabs of an agent.
    pub max_tabs: i64,
    /// 1–25.
    pub attachment_limit_mb: i64,
    /// Seconds between the sounds of a pending offer; 0 = once.
    pub offer_sound_repeat_s: i64,
    pub pause_reasons: Vec<String>,
    /// How long a lost connection keeps an agent online.
    pub reconnect_grace_s: i64,
    /// How many minutes after its owner has gone offline an interaction waits for somebody else; 0 = never.
    pub offline_requeue_min: i64,
    /// Offers that lapse in a row before the agent is paused; 0 = never.
    pub not_responding_after: i64,
    /// Where the company's day begins and ends: `Europe/Rome`.
    pub time_zone: String,
    /// To whom agents may transfer.
    #[schema(value_type = crate::schema::TransferReach)]
    pub transfer_to: Reach,
    /// How long those who are asked have: 1–86400.
    pub transfer_timeout_s: i64,
}

/// What is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsChange {
    /// The version the change was made on.
    pub version: i64,
    pub max_tabs: Option<i64>,
    pub attachment_limit_mb: Option<i64>,
    pub offer_sound_repeat_s: Option<i64>,
    pub pause_reasons: Option<Vec<String>>,
    pub reconnect_grace_s: Option<i64>,
    pub offline_requeue_min: Option<i64>,
    pub not_responding_after: Option<i64>,
    pub time_zone: Option<String>,
    #[schema(value_type = Option<crate::schema::TransferReach>)]
    pub transfer_to: Option<Reach>,
    pub transfer_timeout_s: Option<i64>,
}

/// The desk's settings
#[utoipa::path(get, path = "/api/v1/settings", tag = "administration",
    responses((status = 200, body = Settings)))]
pub async fn find_settings(State(app): State<App>, _: Permitted<may::EditSettings>) -> Result<At<Settings>> {
    let snapshot = Snapshot::take(&app).await?;
    let settings = shown(&snapshot.config.settings);
    Ok(snapshot.answer(settings))
}

/// Change the desk's settings
#[utoipa::path(patch, path = "/api/v1/settings", tag = "administration",
    request_body = SettingsChange, responses((status = 200, body = Settings)))]
pub async fn change_settings(
    State(app): State<App>,
    me: Permitted<may::EditSettings>,
    Json(body): Json<SettingsChange>,
) -> Result<At<Settings>> {
    let change = Change {
        by: me.viewer.user,
        version: body.version,
        max_tabs: body.max_tabs,
        attachment_limit_mb: body.attachment_limit_mb,
        offer_sound_repeat_s: body.offer_sound_repeat_s,
        pause_reasons: body.pause_reasons,
        reconnect_grace_s: body.reconnect_grace_s,
        offline_requeue_min: body.offline_requeue_min,
        not_responding_after: body.not_responding_after,
        time_zone: body.time_zone,
        transfer_to: body.transfer_to,
        transfer_timeout_s: body.transfer_timeout_s,
    };
    app.desk.run(&change, |tx, now, change| Box::pin(settings::change(tx, now, change))).await?;
    app.desk.reload().await?;
    let snapshot = Snapshot::take(&app).await?;
    let settings = shown(&snapshot.config.settings);
    Ok(snapshot.answer(settings))
}

fn shown(settings: &config::Settings) -> Settings {
    Settings {
        version: settings.version,
        max_tabs: settings.max_tabs,
        attachment_limit_mb: settings.attachment_limit_mb,
        offer_sound_repeat_s: settings.offer_sound_repeat_s,
        pause_reasons: settings.pause_reasons.clone(),
        reconnect_grace_s: settings.reconnect_grace_s,
        offline_requeue_min: settings.offline_requeue_min,
        not_responding_after: settings.not_responding_after,
        time_zone: settings.time_zone.clone(),
        transfer_to: settings.transfer_to,
        transfer_timeout_s: settings.transfer_timeout_s,
    }
}
