//! Signing in and out, and who is signed in.

use axum::extract::State;
use axum::http::header::{RETRY_AFTER, USER_AGENT};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::IntoResponse;
use jiff::Timestamp;
use pronto_desk::act::assign::{HandOver, hand_over};
use pronto_desk::act::hold::{self, By};
use pronto_desk::act::sign_in::{self, Answer, Attempt};
use pronto_domain::access::Viewer;
use pronto_domain::id::{InteractionId, UserId};
use pronto_domain::presence::Declared;
use pronto_store as store;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::me::Me;
use crate::App;
use crate::error::{Error, Field, Result};
use crate::extract::{Json, Query, SignedIn};
use crate::sessions;
use crate::snapshot::Snapshot;
use crate::view::{self, Lens, Presence};

/// Who is signed in, and what their desktop needs to begin.
#[derive(Serialize, ToSchema)]
pub struct Session {
    pub user: Me,
    pub presence: Presence,
    /// Where the event stream should start.
    pub position: String,
    pub settings: DeskSettings,
}

/// The desk's settings that every desktop goes by.
#[derive(Serialize, ToSchema)]
pub struct DeskSettings {
    pub max_tabs: i64,
    pub attachment_limit_bytes: i64,
    pub offer_sound_repeat_s: i64,
    pub pause_reasons: Vec<String>,
    pub reconnect_grace_s: i64,
}

/// A login and its password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignInRequest {
    pub login: String,
    pub password: String,
}

/// Sign in
///
/// Gives the cookie. A login that nobody has and a wrong password are answered alike, as `bad_credentials`; ten wrong
/// ones in a row lock the login for five minutes (`locked_out`).
#[utoipa::path(post, path = "/api/v1/session", tag = "session", operation_id = "sign_in", security(()),
    request_body = SignInRequest, responses((status = 200, body = Session)))]
pub async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    Json(body): Json<SignInRequest>,
) -> Result<impl IntoResponse> {
    let mut missing = Vec::new();
    for (name, value) in [("login", body.login.trim()), ("password", &body.password)] {
        if value.is_empty() {
            missing.push(Field::new(name, "required", "this may not be empty"));
        }
    }
    if !missing.is_empty() {
        return Err(Error::invalid(missing));
    }
    let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).map(str::to_owned);
    let attempt = Attempt { login: body.login, password: body.password, agent };
    let answer = sign_in::sign_in(&app.desk, &app.passwords, &app.strangers, &attempt).await?;
    let (user, secret) = match answer {
        Answer::Opened { user, secret } => (user, secret),
        Answer::Wrong => {
            let detail = "that login and password do not match";
            return Err(Error::new(StatusCode::UNAUTHORIZED, "bad_credentials", detail));
        }
        Answer::LockedOut { until } => return Err(locked_out(&app, until)),
    };
    app.desk.wake_routing();
    let mut snapshot = Snapshot::take(&app).await?;
    let viewer = snapshot.config.viewer(user).ok_or_else(Error::signed_out)?;
    let session = session(&app, &mut snapshot, &viewer).await?;
    Ok(([sessions::set_cookie(&app, &headers, Some(&secret))], snapshot.answer(session)))
}

/// Too many wrong passwords.
pub(super) fn locked_out(app: &App, until: Timestamp) -> Error {
    let seconds = until.duration_since(app.desk.now()).as_secs().max(1);
    Error::new(StatusCode::TOO_MANY_REQUESTS, "locked_out", "too many wrong passwords; try again later")
        .param("minutes", (seconds + 59) / 60)
        .param("seconds", seconds)
        .header(RETRY_AFTER, HeaderValue::from(seconds))
}

/// Who is signed in
#[utoipa::path(get, path = "/api/v1/session", tag = "session",
    responses((status = 200, body = Session)))]
pub async fn find_session(State(app): State<App>, me: SignedIn, headers: HeaderMap) -> Result<impl IntoResponse> {
    let mut snapshot = Snapshot::take(&app).await?;
    let viewer = snapshot.config.viewer(me.viewer.user).ok_or_else(Error::signed_out)?;
    let session = session(&app, &mut snapshot, &viewer).await?;
    // The browser's copy lasts from now on, as ours does.
    let renewed = sessions::cookie(&headers).map(|secret| sessions::set_cookie(&app, &headers, Some(&secret)));
    Ok((cookies(renewed), snapshot.answer(session)))
}

/// Sign out
///
/// The session ends, offers go on to others, transfers to the user are declined, and the user is offline. With
/// `open=return`, what they hold goes back to the queue, marked with whom it was; with `open=hand_over&to=7` it goes to
/// a colleague, who must be available and of its accounts: where they are not, nobody signs out.
#[utoipa::path(delete, path = "/api/v1/session", tag = "session", operation_id = "sign_out", params(SignOutQuery),
    responses((status = 204)))]
pub async fn sign_out(
    State(app): State<App>,
    me: SignedIn,
    Query(query): Query<SignOutQuery>,
    headers: HeaderMap,
) -> Result<impl IntoResponse> {
    match (query.open, query.to) {
        (OpenWork::Keep, _) => {}
        (OpenWork::Return, _) => give_back(&app, &me).await?,
        (OpenWork::HandOver, Some(to)) => {
            let input = HandOver { from: me.viewer.user, to: UserId(to), config: app.desk.config() };
            app.desk.run(&input, |tx, now, input| Box::pin(hand_over(tx, now, input))).await?;
        }
        (OpenWork::HandOver, None) => {
            return Err(Error::invalid(vec![Field::new("to", "required", "name the colleague")]));
        }
    }
    let leave = sign_in::Leave { user: me.viewer.user, session: me.session };
    app.desk.run(&leave, |tx, now, leave| Box::pin(sign_in::sign_out(tx, now, leave))).await?;
    app.sessions.forget(me.session);
    app.live.end_session(me.session);
    app.desk.wake_routing();
    Ok((StatusCode::NO_CONTENT, cookies(Some(sessions::set_cookie(&app, &headers, None)))))
}

/// What becomes of open interactions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OpenWork {
    /// They stay theirs.
    #[default]
    Keep,
    /// They go back to the queue.
    Return,
    /// They go to a colleague.
    HandOver,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct SignOutQuery {
    /// What becomes of open interactions; `keep` if left out.
    #[param(inline, required = false)]
    pub open: OpenWork,
    /// The colleague they are handed to.
    pub to: Option<i64>,
}

/// Gives back everything the user holds. One that changes hands meanwhile is no longer theirs to give.
async fn give_back(app: &App, me: &SignedIn) -> Result<()> {
    let mut tx = app.desk.db().read().await?;
    let held = store::interaction::held_by(&mut tx, me.viewer.user.0).await?;
    drop(tx);
    for row in held {
        let by = By {
            interaction: InteractionId(row.id),
            user: me.viewer.user,
            supervisor: false,
            config: app.desk.config(),
        };
        match app.desk.run(&by, |tx, now, by| Box::pin(hold::give_back(tx, now, by))).await {
            Ok(_) | Err(pronto_desk::Error::Refused(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

fn cookies(cookie: Option<(HeaderName, HeaderValue)>) -> HeaderMap {
    cookie.into_iter().collect()
}

async fn session(app: &App, snapshot: &mut Snapshot, viewer: &Viewer) -> Result<Session> {
    let lens = Lens { config: &snapshot.config, viewer, now: app.desk.now() };
    let presence = view::presences(&mut snapshot.tx, &lens, &[viewer.user.0]).await?.pop();
    let user = Me::of(&snapshot.config, viewer).ok_or_else(Error::signed_out)?;
    let settings = &snapshot.config.settings;
    Ok(Session {
        presence: presence.unwrap_or_else(|| Presence {
            user_id: user.id,
            name: user.name.clone(),
            state: Declared::Offline.as_str().to_owned(),
            reason: None,
            since: app.desk.now(),
            open: 0,
            capacity: user.capacity,
            handled_today: 0,
            put_off: 0,
            wrap_up_until: None,
            version: 0,
        }),
        user,
        position: snapshot.position.to_string(),
        settings: DeskSettings {
            max_tabs: settings.max_tabs,
            attachment_limit_bytes: i64::try_from(settings.attachment_limit_bytes()).unwrap_or(i64::MAX),
            offer_sound_repeat_s: settings.offer_sound_repeat_s,
            pause_reasons: settings.pause_reasons.clone(),
            reconnect_grace_s: settings.reconnect_grace_s,
        },
    })
}
