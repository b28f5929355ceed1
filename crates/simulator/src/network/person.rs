//! People and the switches on their phones.

use serde_json::{Value, json};

use super::{Act, payload};
use crate::live::News;
use crate::store::phones::PhoneRow;
use crate::store::{Connection, Result, apps, phones};
use crate::{ids, number};

/// Phones as the control API and the page show them.
pub(crate) async fn views(db: &mut Connection, rows: &[PhoneRow]) -> Result<Vec<Value>> {
    let blocks = phones::blocks(db).await?;
    let by = |phone: &PhoneRow| -> Vec<&str> {
        blocks.iter().filter(|(blocked, _)| *blocked == phone.id).map(|(_, number)| number.as_str()).collect()
    };
    Ok(rows
        .iter()
        .map(|phone| {
            json!({
                "id": phone.id,
                "name": phone.name,
                "number": phone.number,
                "display_number": number::display(&phone.number),
                "wa_id": phone.wa_id(),
                "user_id": phone.user_id,
                "username": phone.username,
                "hidden_number": phone.hidden_number,
                "online": phone.online,
                "blocked": phone.blocked,
                "blocked_by": by(phone),
            })
        })
        .collect())
}

/// One of them.
pub(crate) async fn view(db: &mut Connection, phone: &PhoneRow) -> Result<Value> {
    Ok(views(db, std::slice::from_ref(phone)).await?.into_iter().next().unwrap_or_default())
}

impl Act<'_> {
    /// Switches a phone on or off. Switched on, it sends what was written and gets what waited.
    pub(crate) async fn switch(&mut self, phone: &mut PhoneRow, online: bool) -> Result<()> {
        let turned_on = online && !phone.online;
        phone.online = online;
        phones::save(self.db(), phone).await?;
        if turned_on {
            self.transmit_pending(phone).await?;
            if !phone.blocked {
                self.deliver_waiting(phone).await?;
            }
        }
        self.tell(News::Phone(phone.id.clone()));
        Ok(())
    }

    /// The person blocks all businesses, or lets them write again.
    pub(crate) async fn set_blocked(&mut self, phone: &mut PhoneRow, blocked: bool) -> Result<()> {
        let unblocked = phone.blocked && !blocked;
        phone.blocked = blocked;
        phones::save(self.db(), phone).await?;
        if unblocked && phone.online {
            self.deliver_waiting(phone).await?;
        }
        self.tell(News::Phone(phone.id.clone()));
        Ok(())
    }

    /// The person takes another number. The user id changes with it, and the businesses they write to are told.
    pub(crate) async fn change_number(&mut self, phone: &mut PhoneRow, digits: &str) -> Result<()> {
        let before = phone.clone();
        digits.clone_into(&mut phone.number);
        phone.user_id = ids::user_id(number::country(digits).1);
        phones::save(self.db(), phone).await?;
        let news = if phone.hidden_number {
            json!({
                "type": "user_changed_user_id",
                "body": format!("User {} changed from {} to {}", phone.name, before.user_id, phone.user_id),
                "user_id": phone.user_id,
            })
        } else {
            json!({
                "type": "user_changed_number",
                "body": format!("User {} changed from {} to {}", phone.name, before.number, phone.number),
                "wa_id": phone.number,
            })
        };
        for chat in phones::chats(self.db(), &phone.id).await? {
            let Some(business) = apps::number(self.db(), &chat).await? else {
                continue;
            };
            let id = ids::wamid(&before.number);
            let item = payload::system(&before, &id, &news);
            self.inform(&business, None, item, &id).await?;
        }
        self.tell(News::Phone(phone.id.clone()));
        Ok(())
    }
}
