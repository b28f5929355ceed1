//! Who is calling, and for which number.

use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts, Path};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;

use super::error::{MetaError, Result};
use crate::network::Network;
use crate::store::apps::{self, AppRow, NumberRow};

/// The app whose token came with the call.
#[derive(Debug, Clone)]
pub(crate) struct Caller(pub(crate) AppRow);

/// A number of the caller's, named in the path.
#[derive(Debug, Clone)]
pub(crate) struct OwnNumber {
    pub(crate) app: AppRow,
    pub(crate) number: NumberRow,
}

/// The caller's business account, named in the path.
#[derive(Debug, Clone)]
pub(crate) struct OwnAccount(pub(crate) AppRow);

impl<S> FromRequestParts<S> for Caller
where
    Arc<Network>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = MetaError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let network = Arc::<Network>::from_ref(state);
        let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        // Uploads of samples are documented with the older of the two words.
        let token = header.and_then(|value| value.strip_prefix("Bearer ").or_else(|| value.strip_prefix("OAuth ")));
        let Some(token) = token else {
            return Err(MetaError::token());
        };
        if network.with_faults(|faults| faults.token_expired) {
            return Err(MetaError::token());
        }
        let mut db = network.store.reader.acquire().await?;
        let app = apps::all(&mut db).await?.into_iter().find(|app| app.accepts(token.trim()));
        app.map(Self).ok_or_else(MetaError::token)
    }
}

/// The object a path names, once its version has been looked at.
pub(crate) async fn named<S: Send + Sync>(parts: &mut Parts, state: &S) -> Result<String> {
    let Path((version, id)) =
        Path::<(String, String)>::from_request_parts(parts, state).await.map_err(|_| MetaError::unknown_path())?;
    known_version(&version)?;
    Ok(id)
}

pub(crate) fn known_version(version: &str) -> Result<()> {
    let number = version.strip_prefix('v').and_then(|number| number.strip_suffix(".0"));
    match number.and_then(|number| number.parse::<u16>().ok()) {
        Some(1..) => Ok(()),
        _ => Err(MetaError::unknown_path()),
    }
}

impl<S> FromRequestParts<S> for OwnNumber
where
    Arc<Network>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = MetaError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let id = named(parts, state).await?;
        let Caller(app) = Caller::from_request_parts(parts, state).await?;
        let network = Arc::<Network>::from_ref(state);
        let mut db = network.store.reader.acquire().await?;
        let number = apps::number(&mut db, &id).await?.filter(|number| number.app_id == app.id);
        number.map(|number| Self { app, number }).ok_or_else(|| MetaError::no_object(&id))
    }
}

impl<S> FromRequestParts<S> for OwnAccount
where
    Arc<Network>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = MetaError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let id = named(parts, state).await?;
        let Caller(app) = Caller::from_request_parts(parts, state).await?;
        if app.business_account_id == id { Ok(Self(app)) } else { Err(MetaError::no_object(&id)) }
    }
}
