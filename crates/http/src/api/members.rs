//! Who belongs to a queue or an account. Those who were removed keep their place, but are not shown in it.

use pronto_desk::Config;
use pronto_domain::id::UserId;

pub(super) fn living_users(config: &Config, users: &[i64]) -> Vec<i64> {
    let living = |id: &i64| config.users.get(&UserId(*id)).is_some_and(|user| user.row.deleted_at.is_none());
    users.iter().copied().filter(living).collect()
}

pub(super) fn living_teams(config: &Config, teams: &[i64]) -> Vec<i64> {
    let living = |id: &i64| config.teams.iter().any(|team| team.id == *id && team.deleted_at.is_none());
    teams.iter().copied().filter(living).collect()
}
