//! Notices as those they are for see them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use pronto_store as store;
use serde::Serialize;
use store::instant;
use utoipa::ToSchema;

use super::{AccountRef, Lens, UserRef};

/// Something the viewer is told beside the work itself.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Notice {
    pub id: i64,
    #[schema(value_type = crate::schema::NoticeKind)]
    pub kind: String,
    pub interaction: Option<NoticeInteraction>,
    /// Who caused it.
    pub by: Option<UserRef>,
    /// What its words are filled with.
    pub params: BTreeMap<String, String>,
    pub at: Timestamp,
    pub read_at: Option<Timestamp>,
    pub version: i64,
}

/// What a notice is about.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct NoticeInteraction {
    pub id: i64,
    /// Null where it is no longer the viewer's to see.
    pub customer: Option<String>,
    pub account: Option<AccountRef>,
}

impl Lens<'_> {
    /// `interaction` is what it is about, where the viewer may see that.
    pub fn notice(
        &self,
        notice: &store::notice::Notice,
        interaction: Option<&store::interaction::Interaction>,
    ) -> Notice {
        Notice {
            id: notice.id,
            kind: notice.kind.clone(),
            interaction: notice.interaction_id.map(|id| NoticeInteraction {
                id,
                customer: interaction.map(|row| self.customer(&row.customer)),
                account: interaction.map(|row| self.account(row.account_id)),
            }),
            by: notice.by_id.map(|by| self.user(by)),
            params: notice.params.0.clone(),
            at: instant(notice.at),
            read_at: notice.read_at.map(instant),
            version: notice.version,
        }
    }
}
