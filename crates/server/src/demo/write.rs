//! Writes the week: the files first, then everything else in one transaction, a statement a table.

use anyhow::Result;
use jiff::Timestamp;
use pronto_db::Tx;
use pronto_desk::Desk;
use pronto_domain::presence::Declared;
use pronto_store as store;
use store::{history, millis};

use super::company::Company;
use super::number::{self, Rows};
use super::play::DAY;
use super::{ledger, media, week};

/// Makes the history of a company that has none; answers what was written.
pub(super) async fn history(desk: &Desk, company: &Company) -> Result<Rows> {
    let now = desk.now();
    let week = week::tell(company, now)?;
    let mut tx = desk.db().begin().await?;
    let list = store::contact::default_list(&mut tx).await?;
    let rows = number::rows(week, company, list, millis(now));
    for (path, file) in &rows.files {
        media::put(desk, path, file).await?;
    }
    write(&mut tx, &rows, company, now).await?;
    tx.commit().await?;
    desk.bell().ring();
    Ok(rows)
}

async fn write(tx: &mut Tx, rows: &Rows, company: &Company, now: Timestamp) -> Result<()> {
    let at = millis(now);
    let contacts = at_companies(tx, &rows.contacts, at).await?;
    history::contacts(tx, &contacts).await?;
    history::addresses(tx, &rows.addresses).await?;
    store::address::add_aliases(tx, &rows.aliases).await?;
    history::interactions(tx, &rows.interactions).await?;
    history::messages(tx, &rows.messages).await?;
    history::attachments(tx, &rows.attachments).await?;
    history::attempts(tx, &rows.attempts).await?;
    history::offers(tx, &rows.offers, &rows.cards, &rows.traces).await?;
    store::timer::arm(tx, &rows.timers).await?;
    store::search::index_messages(tx, &rows.found_messages).await?;
    store::search::index_addresses(tx, &rows.found_addresses).await?;
    history::deliveries(tx, &ledger::deliveries(rows, company, at)).await?;
    history::number_on(tx).await?;
    for user in &company.users {
        // Nobody has signed in yet.
        store::presence::declare(tx, user.0, Declared::Offline.as_str(), None, at).await?;
    }
    let today = at.div_euclid(DAY);
    for row in
        rows.interactions.iter().filter(|row| row.closed_at.is_some_and(|closed| closed.div_euclid(DAY) == today))
    {
        if let Some(owner) = row.owner_id {
            store::presence::handled(tx, owner, today, None).await?;
        }
    }
    Ok(())
}

/// With the companies they name, each made once.
async fn at_companies(tx: &mut Tx, contacts: &[history::Contact], at: i64) -> Result<Vec<history::Contact>> {
    let mut made = Vec::with_capacity(contacts.len());
    for contact in contacts {
        let company_id = match contact.company.as_deref() {
            None => None,
            Some(name) => match store::company::by_name(tx, name).await? {
                Some(known) => Some(known.id),
                None => Some(store::company::add(tx, name, None, None, at).await?),
            },
        };
        made.push(history::Contact { company_id, ..contact.clone() });
    }
    Ok(made)
}
