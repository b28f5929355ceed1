//! Telling people something beside the work itself: it shows once, and stands in their list until it is read.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::access::{Role, Seen};
use pronto_domain::id::UserId;
pub(crate) use pronto_domain::notice::Kind;
use pronto_store as store;
use store::event;

use crate::{Config, Result};

/// Something to be told.
#[derive(Clone, Debug)]
pub(crate) struct Notice {
    pub to: Vec<UserId>,
    pub kind: Kind,
    pub interaction: Option<i64>,
    /// Who caused it, who is not told themselves.
    pub by: Option<UserId>,
    pub params: BTreeMap<String, String>,
}

impl Notice {
    pub(crate) fn on(interaction: i64, kind: Kind, to: impl IntoIterator<Item = UserId>) -> Self {
        let to: BTreeSet<UserId> = to.into_iter().collect();
        Self { to: to.into_iter().collect(), kind, interaction: Some(interaction), by: None, params: BTreeMap::new() }
    }

    #[must_use]
    pub(crate) fn by(mut self, by: Option<UserId>) -> Self {
        self.by = by;
        self
    }

    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }
}

/// Writes them down, and adds the events that bring them to the screens.
pub(crate) async fn tell(tx: &mut Tx, at: i64, notices: &[Notice], events: &mut Vec<event::New>) -> Result<()> {
    let rows: Vec<store::notice::New> = notices
        .iter()
        .flat_map(|notice| {
            notice.to.iter().filter(|user| Some(**user) != notice.by).map(|user| store::notice::New {
                user_id: user.0,
                kind: notice.kind.as_str(),
                interaction_id: notice.interaction,
                by_id: notice.by.map(i64::from),
                params: notice.params.clone(),
            })
        })
        .collect();
    if !rows.is_empty() {
        let made = store::notice::add(tx, &rows, at).await?;
        events.extend(made.iter().map(told));
    }
    Ok(())
}

/// Who watches over what is seen so: the supervisors who see it, and where there is none the administrators.
pub(crate) fn supervisors(config: &Config, seen: &Seen) -> Vec<UserId> {
    let of = |role: Role| -> Vec<UserId> {
        let mut viewers = config.users.keys().filter_map(|user| config.viewer(*user)).collect::<Vec<_>>();
        viewers.retain(|viewer| viewer.role == role && viewer.sees(seen));
        viewers.into_iter().map(|viewer| viewer.user).collect()
    };
    let supervisors = of(Role::Supervisor);
    if supervisors.is_empty() { of(Role::Admin) } else { supervisors }
}

/// Somebody has read some of theirs.
#[derive(Clone, Debug)]
pub struct Read {
    pub user: UserId,
    pub notices: Vec<i64>,
}

pub async fn read(tx: &mut Tx, now: Timestamp, input: &Read) -> Result<()> {
    let at = store::millis(now);
    let read = store::notice::read(tx, input.user.0, &input.notices, at).await?;
    let events: Vec<event::New> = read.iter().map(told).collect();
    Ok(event::append(tx, &events, at).await?)
}

fn told(made: &store::notice::Made) -> event::New {
    let facts = event::Facts { users: vec![made.user_id], ..event::Facts::default() };
    event::New { topic: made.interaction_id, ..event::New::of(event::Kind::Notice, made.id) }.facts(facts)
}
