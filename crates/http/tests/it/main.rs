//! Tests of the HTTP API, by resource. Each runs on both engines.
mod accounts;
mod advanced;
mod archives;
mod attachments;
mod blocks;
mod canned;
mod care;
mod columns;
mod contact_export;
mod contacts;
mod conversations;
mod deliveries;
mod edge;
mod endings;
mod erasure;
mod fields;
mod gone;
mod handing;
mod imports;
mod interactions;
mod journey;
mod line;
mod masking;
mod me;
mod merges;
mod messages;
mod next;
mod notices;
mod profiles;
mod provider;
mod providers;
mod putting_off;
mod queues;
mod reopen;
mod saved_views;
mod scheduled;
mod sentiment;
mod session;
mod settings;
mod stream;
mod tags;
mod teams;
mod template_contents;
mod template_making;
mod templates;
mod transfer;
mod uploads;
mod users;
mod walk;
mod watching;
mod webhook;

use pronto_testkit::TestApp;

/// What was written down of who changed what.
async fn audit(app: &TestApp) -> Vec<pronto_store::audit::Written> {
    pronto_store::audit::after(&mut app.bench.look().await, 0, 1000).await.expect("read")
}
