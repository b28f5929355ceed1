//! Who belongs to a queue or an account: users and teams.

use std::collections::BTreeSet;

use pronto_db::Tx;
use pronto_store as store;

use crate::Result;
use crate::check::Check;

/// Whether there are all these users and teams.
pub(super) async fn known(tx: &mut Tx, users: &[i64], teams: &[i64], check: &mut Check) -> Result<()> {
    let distinct = |ids: &[i64]| ids.iter().copied().collect::<BTreeSet<i64>>().len();
    if store::user::living(tx, users).await?.len() != distinct(users) {
        check.wrong("user_ids", "unknown", "there is no such user");
    }
    if store::team::living(tx, teams).await?.len() != distinct(teams) {
        check.wrong("team_ids", "unknown", "there is no such team");
    }
    Ok(())
}
