//! Contacts as a table. What it says of a contact is what the API says of it, made by the same [`Lens`].

use pronto_domain::access::Viewer;
use pronto_domain::field::{Field, Plain};
use pronto_domain::id::ContactListId;
use pronto_store as store;
use store::list::ContactFilter;

use super::{Cell, PAGE, Rows, Table};
use crate::App;
use crate::archive::pack::Broken;
use crate::view::{Beside, Contact, Lens};
use crate::words::Words;

/// What somebody asked for.
pub(crate) struct Contacts {
    pub viewer: Viewer,
    pub filter: ContactFilter,
    pub words: Words,
}

impl Rows for Contacts {
    const WHAT: &'static str = "an export of contacts";

    async fn write(self, app: &App, table: &mut Table) -> Result<(), Broken> {
        let config = app.desk.config();
        let lens = Lens { config: &config, viewer: &self.viewer, now: app.desk.now() };
        let lists = self.filter.lists.as_deref();
        let within = |field: &&Field| {
            let any = |lists: &[i64]| lists.iter().any(|list| field.serves(ContactListId(*list)));
            !field.archived && lists.is_none_or(any)
        };
        let fields: Vec<&Field> = config.fields.iter().filter(within).collect();
        let columns = self.words.text("transcript_contact_columns");
        let names = columns.split('|').chain(fields.iter().map(|field| field.name.as_str()));
        let names: Vec<Cell> = names.map(|name| Cell::Text(name.to_owned())).collect();
        table.row(&names).await?;
        let mut after = None;
        loop {
            let mut tx = app.desk.db().read().await?;
            let rows = store::list::contacts(&mut tx, &self.filter, after.take(), PAGE).await?;
            let beside = Beside::load(&mut tx, &rows).await?;
            drop(tx);
            for row in rows.iter().filter(|row| lens.viewer.rights(ContactListId(row.list_id)).export) {
                let shown = lens.contact(row, &beside);
                let list = config.lists.iter().find(|list| list.row.id == row.list_id);
                let list = list.map_or_else(String::new, |list| list.row.name.clone());
                table.row(&cells(shown, list, &fields)).await?;
            }
            match rows.last().filter(|_| i64::try_from(rows.len()).is_ok_and(|count| count == PAGE)) {
                Some(last) => after = Some((self.filter.by.place(last), last.id)),
                None => break,
            }
        }
        Ok(())
    }
}

/// In the order of the columns' names.
fn cells(contact: Contact, list: String, fields: &[&Field]) -> Vec<Cell> {
    let joined = |all: Vec<String>| all.join("; ");
    let numbers = contact.numbers.into_iter().map(|number| bare(&number.number)).collect();
    let socials = contact.socials.into_iter().map(|(network, name)| format!("{network}: {name}")).collect();
    let own = fields.iter().map(|field| match contact.fields.get(&field.key) {
        Some(Plain::Number(number)) => Cell::Number(*number),
        Some(value) => Cell::Text(value.to_string()),
        None => Cell::Text(String::new()),
    });
    let texts = [
        contact.first_name,
        contact.last_name.unwrap_or_default(),
        contact.phone.as_deref().map(bare).unwrap_or_default(),
        contact.mobile.as_deref().map(bare).unwrap_or_default(),
        joined(numbers),
        contact.email.unwrap_or_default(),
        contact.company.unwrap_or_default(),
        contact.postal_address.unwrap_or_default(),
        contact.date_of_birth.unwrap_or_default(),
        contact.url.unwrap_or_default(),
        joined(socials),
        contact.language.unwrap_or_default(),
        contact.description.unwrap_or_default(),
        joined(contact.tags),
        contact.owner.map(|owner| owner.name).unwrap_or_default(),
        list,
        contact.created_at.to_string(),
        contact.updated_at.to_string(),
    ];
    texts.into_iter().map(Cell::Text).chain(own).collect()
}

/// A number for other programs: its digits alone, and what stands for hidden ones.
fn bare(shown: &str) -> String {
    shown.chars().filter(|c| c.is_ascii_digit() || *c == '•').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_names_every_column() {
        for language in ["en", "it"] {
            let columns = Words::of(Some(language)).text("transcript_contact_columns");
            assert_eq!(columns.split('|').count(), 18, "{language}");
        }
    }
}
