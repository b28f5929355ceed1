//! Twilio's Programmable Messaging with WhatsApp numbers.

mod access;
mod contents;
mod error;
mod form;
mod list;
mod media;
pub(crate) mod retry;
mod send;
pub(crate) mod signature;
pub(crate) mod told;
mod typing;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::network::Network;
use error::TwilioError;

/// Largest body of a call.
const LIMIT: usize = 1 << 20;

pub(crate) fn router(network: Arc<Network>) -> Router {
    Router::new()
        .route("/2010-04-01/Accounts/{account}", get(access::account))
        .route("/2010-04-01/Accounts/{account}/Messages.json", get(list::messages).post(send::create))
        .route("/2010-04-01/Accounts/{account}/Messages/{message}", get(send::show))
        .route("/2010-04-01/Accounts/{account}/Messages/{message}/Media.json", get(list::files))
        .route("/2010-04-01/Accounts/{account}/Messages/{message}/Media/{media}", get(media::redirect))
        .route("/cdn/{pass}/{id}", get(media::stored))
        .route("/v1/Content", get(contents::list).post(contents::create))
        .route("/v1/ContentAndApprovals", get(contents::list_approvals))
        .route("/v1/Content/{content}", get(contents::show).delete(contents::remove))
        .route("/v1/Content/{content}/ApprovalRequests", get(contents::approvals))
        .route("/v1/Content/{content}/ApprovalRequests/whatsapp", post(contents::hand_in))
        .route("/v2/Indicators/Typing.json", post(typing::show))
        .fallback(|| async { TwilioError::not_found() })
        .layer(DefaultBodyLimit::max(LIMIT))
        .with_state(network)
}
