//! What the demo's company keeps of its customers beside names and numbers.

use anyhow::{Context as _, Result};
use pronto_desk::Desk;
use pronto_desk::act::contact_field::{Add, Fields, add};
use pronto_domain::field::{Kind, Value};
use pronto_domain::id::{ContactFieldId, UserId};
use pronto_store as store;
use store::contact_field::Held;

use super::company::Company;
use super::people;

/// Makes the fields, and fills them in for those who are known.
pub(super) async fn make(desk: &Desk, company: &Company) -> Result<()> {
    let by = company.user("admin")?;
    let number = field(desk, by, "customer_number", "Customer number", Kind::Text, &[]).await?;
    let city = field(desk, by, "city", "City", Kind::Text, &[]).await?;
    let delivery =
        field(desk, by, "delivery", "Delivery", Kind::Select, &["Kerb", "Into the room", "With assembly"]).await?;
    let vip = field(desk, by, "vip", "VIP", Kind::Switch, &[]).await?;
    desk.reload().await?;
    let mut values = Vec::new();
    for (person, contact) in people::read()?.iter().zip(1_i64..) {
        let mut put = |field: ContactFieldId, value: Value| values.push(Held::new(contact, field, &value));
        let text = |text: &str| Value::Text(text.to_owned());
        if !person.city.is_empty() {
            put(city, text(person.city));
        }
        let is_known = ["VIP", "B2B", "cliente fedele"].iter().any(|tag| person.tags.contains(tag));
        if is_known || contact % 3 != 0 {
            put(number, text(&format!("AL-{}", 10_400 + contact * 17)));
        }
        if is_known {
            put(delivery, text(if person.company.is_some() { "With assembly" } else { "Into the room" }));
        }
        if person.tags.contains(&"VIP") {
            put(vip, Value::Switch(true));
        }
    }
    desk.run(&values, |tx, _, values| Box::pin(async move { Ok(store::contact_field::put(tx, values).await?) }))
        .await
        .context("the custom fields of the demo cannot be filled in")
}

async fn field(desk: &Desk, by: UserId, key: &str, name: &str, kind: Kind, options: &[&str]) -> Result<ContactFieldId> {
    let fields = Fields {
        name: Some(name.to_owned()),
        options: Some(options.iter().map(|option| (*option).to_owned()).collect()),
        ..Fields::default()
    };
    let new = Add { by, list: None, key: key.to_owned(), kind, fields };
    Ok(desk.run(&new, |tx, now, new| Box::pin(add(tx, now, new))).await?)
}
