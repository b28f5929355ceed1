//! Saved views: what the demo's people look for every day.

use anyhow::{Context as _, Result};
use pronto_desk::Desk;
use pronto_desk::act::saved_view::{Add, Of, add};
use serde_json::json;

use super::company::Company;

/// Two of everybody's, and one of Marta's own.
pub(super) async fn make(desk: &Desk, company: &Company) -> Result<()> {
    let [_, returns] = company.queues;
    let views = [
        ("luca", true, "Repairs", json!({"state": "open", "queue": returns.0})),
        ("luca", true, "Not read yet", json!({"state": "open", "read": "unread"})),
        ("marta", false, "What I closed", json!({"state": "closed", "agent": "me"})),
    ];
    for (login, shared, name, filter) in views {
        let by = desk.config().viewer(company.user(login)?).context("they work here")?;
        let view = Add { by, of: Of::Interactions, shared, name: name.to_owned(), filter };
        desk.run(&view, |tx, now, view| Box::pin(add(tx, now, view))).await?;
    }
    Ok(())
}
