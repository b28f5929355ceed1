//! Quiet lines in a thread: who took it, who closed it. The desktop words them.

use std::collections::BTreeMap;

use pronto_db::Tx;
use pronto_domain::id::UserId;
use pronto_domain::message::{AuthorKind, Content, Direction, Kind};
use pronto_store as store;
use store::interaction::Interaction;

use crate::Result;

/// What the line says.
pub struct Line {
    code: &'static str,
    by: Option<UserId>,
    params: BTreeMap<String, String>,
}

impl Line {
    pub fn by(code: &'static str, user: UserId) -> Self {
        Self { code, by: Some(user), params: BTreeMap::new() }
    }

    /// Something the desk did by itself.
    pub fn system(code: &'static str) -> Self {
        Self { code, by: None, params: BTreeMap::new() }
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }
}

/// Adds it at the end of the thread, with its event. Lines do not move the interaction in lists.
pub async fn add(tx: &mut Tx, interaction: &mut Interaction, line: &Line, at: i64) -> Result<()> {
    let content = Content::System { code: line.code.to_owned(), params: line.params.clone() };
    let author = if line.by.is_some() { AuthorKind::Agent } else { AuthorKind::System };
    let new = store::message::New {
        author_kind: author.as_str(),
        author_id: line.by.map(i64::from),
        ..store::message::New::at_end_of(interaction, Direction::System, Kind::System, content, at)
    };
    let message = store::message::add(tx, &new, at).await?;
    interaction.message_count += 1;
    store::event::append(tx, &[store::event::New::on(store::event::Kind::Message, interaction.id, message.id)], at)
        .await?;
    Ok(())
}
