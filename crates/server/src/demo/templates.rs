//! The demo's templates: what the simulator has approved, and how the company uses it.

use anyhow::Result;
use jiff::SignedDuration;
use pronto_desk::Desk;
use pronto_desk::act::template::sync::{Synced, keep};
use pronto_desk::act::template::usage::{Change, Choose, change, choose};
use pronto_domain::id::{AccountId, UserId};
use pronto_provider::meta::read_template;
use pronto_simulator::Seed;
use pronto_store as store;
use serde_json::json;

const FIRST_NAME: Filling = ("body:1", "{{contact.first_name|there}}");

/// A variable, and what fills it beforehand.
type Filling = (&'static str, &'static str);

/// Which of them agents may send, and what fills their variables beforehand.
const USES: &[(&str, bool, &[Filling])] = &[
    ("appointment_reminder", true, &[FIRST_NAME]),
    ("come_back", false, &[FIRST_NAME, ("body:2", "{{agent.alias}}")]),
    ("how_did_we_do", true, &[FIRST_NAME]),
    ("order_shipped", true, &[FIRST_NAME]),
    ("spring_collection", false, &[FIRST_NAME]),
    ("voucher", true, &[FIRST_NAME, ("body:2", "20 €"), ("button:0", "AURORA20")]),
];

/// How long the simulator may take to answer: then they are fetched, and have its own ids.
const UP: SignedDuration = SignedDuration::from_secs(5);

/// Keeps them as if they had been fetched, so that they are there before the simulator answers.
pub(super) async fn make(desk: &Desk, seed: &Seed, account: AccountId, by: UserId) -> Result<()> {
    let templates = seed.apps.iter().flat_map(|app| &app.templates).enumerate();
    let fetched = templates.filter_map(|(place, template)| {
        read_template(&json!({
            "id": place, "name": template.name, "language": template.language, "category": template.category,
            "status": "APPROVED", "components": template.components,
        }))
    });
    let synced = Synced { account, asked_at: desk.now(), fetched: Ok(fetched.collect()) };
    desk.run(&synced, |tx, now, synced| Box::pin(keep(tx, now, synced))).await?;
    let due = store::millis(desk.now() + UP);
    desk.run(&(account, due), |tx, _, (account, due)| {
        Box::pin(async move { Ok(store::template::synced(tx, account.0, None, *due, None).await?) })
    })
    .await?;
    for (name, available, mapping) in USES {
        let mapping = mapping.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
        let asked = Change {
            by,
            account,
            name: (*name).to_owned(),
            version: 0,
            available: Some(*available),
            mapping: Some(mapping),
        };
        desk.run(&asked, |tx, now, asked| Box::pin(change(tx, now, asked))).await?;
    }
    let asked = Choose {
        by,
        account,
        version: 0,
        template: Some("come_back".to_owned()),
        language: "en".to_owned(),
        answer_days: 7,
    };
    desk.run(&asked, |tx, now, asked| Box::pin(choose(tx, now, asked))).await?;
    Ok(())
}
