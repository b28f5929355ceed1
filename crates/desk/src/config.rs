//! The configuration, read whole and held in memory: small tables that every path needs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::TimeZone;
use pronto_db::Tx;
use pronto_domain::access::{Masking, Permission, Role, Scope, Viewer};
use pronto_domain::account::{Rules, WindowRule};
use pronto_domain::contact::{Level, Rights};
use pronto_domain::disposition::{Belongs, Disposition, Scope as DispositionScope, Tree};
use pronto_domain::field::Field;
use pronto_domain::id::{AccountId, ContactListId, DispositionId, QueueId, UserId};
use pronto_domain::provider::Provider;
use pronto_domain::routing::Strategy;
use pronto_domain::transfer::Reach;
use pronto_provider::Endpoint;
use pronto_store as store;
use serde::{Deserialize, Serialize};
use store::contact_list::Member;

use crate::reach::endpoint;
use crate::{Result, Sealer};

/// Everything an administrator sets, as of one moment.
#[derive(Debug, Default)]
pub struct Config {
    pub accounts: BTreeMap<AccountId, Arc<Account>>,
    pub queues: BTreeMap<QueueId, Queue>,
    pub users: BTreeMap<UserId, User>,
    pub teams: Vec<store::team::Team>,
    pub profiles: BTreeMap<i64, Profile>,
    pub settings: Settings,
    pub dispositions: Tree,
    pub tags: Vec<store::tag::Tag>,
    /// The lists of contacts by name, deleted ones too.
    pub lists: Vec<List>,
    /// The custom fields of contacts in their order, archived ones too.
    pub fields: Vec<Field>,
}

/// An account with its credentials opened.
#[derive(Debug)]
pub struct Account {
    pub row: store::account::Account,
    pub rules: Rules,
    pub endpoint: Endpoint,
    pub access_token: Option<Secret>,
    pub app_secret: Option<Secret>,
    pub verify_token: Option<Secret>,
    pub second_token: Option<Secret>,
    /// As configured.
    pub user_ids: Vec<i64>,
    pub team_ids: Vec<i64>,
    /// Everybody associated, directly or by team.
    pub members: BTreeSet<UserId>,
}

/// A secret that does not print.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

#[derive(Clone, Debug)]
pub struct Queue {
    pub row: store::queue::Queue,
    pub strategy: Strategy,
    pub user_ids: Vec<i64>,
    pub team_ids: Vec<i64>,
    /// Everybody in it, directly or by team, in order.
    pub members: Vec<UserId>,
}

/// A list of contacts, with whom it names.
#[derive(Clone, Debug)]
pub struct List {
    pub row: store::contact_list::ContactList,
    pub members: Vec<Member>,
}

#[derive(Clone, Debug)]
pub struct User {
    pub row: store::user::User,
    pub role: Role,
    pub team_ids: Vec<i64>,
}

#[derive(Clone, Debug)]
pub struct Profile {
    pub row: store::profile::Profile,
    pub role: Role,
    pub scope: Scope,
}

/// What an administrator may set for the whole desk.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The most open tabs of an agent.
    pub max_tabs: i64,
    /// 1–25.
    pub attachment_limit_mb: i64,
    /// Seconds between the sounds of a pending offer; 0 = once.
    pub offer_sound_repeat_s: i64,
    pub pause_reasons: Vec<String>,
    /// How long a lost connection keeps an agent online, in seconds.
    pub reconnect_grace_s: i64,
    /// How many minutes after its owner has gone offline an interaction waits for somebody else; 0 = never.
    pub offline_requeue_min: i64,
    /// Offers that lapse in a row before the agent is paused; 0 = never.
    pub not_responding_after: i64,
    /// Where the company's day begins and ends: `Europe/Rome`.
    pub time_zone: String,
    /// To whom agents may transfer.
    pub transfer_to: Reach,
    /// How long those who are asked have, in seconds.
    pub transfer_timeout_s: i64,
    /// Grows with each change.
    #[serde(skip)]
    pub version: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            max_tabs: 20,
            attachment_limit_mb: 15,
            offer_sound_repeat_s: 10,
            pause_reasons: ["Break", "Lunch", "Meeting", "Training"].map(str::to_owned).to_vec(),
            reconnect_grace_s: 120,
            offline_requeue_min: 0,
            not_responding_after: 3,
            time_zone: "UTC".to_owned(),
            transfer_to: Reach::Both,
            transfer_timeout_s: 300,
            version: 0,
        }
    }
}

impl Settings {
    pub fn attachment_limit_bytes(&self) -> u64 {
        u64::try_from(self.attachment_limit_mb).unwrap_or(0) * 1024 * 1024
    }

    /// As they are stored.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        let found = store::setting::all(tx).await?.into_iter().find(|setting| setting.key == SETTINGS);
        Ok(found.map_or_else(Self::default, |setting| {
            let settings: Self = serde_json::from_value(setting.value.0).unwrap_or_default();
            Self { version: setting.version, ..settings }
        }))
    }

    /// The company's time zone.
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC)
    }

    /// The company's day, counted from 1970: what *today* means.
    pub fn day(&self, now: Timestamp) -> i64 {
        let today = now.to_zoned(self.zone()).date();
        i64::from(date(1970, 1, 1).until(today).map_or(0, |span| span.get_days()))
    }
}

/// The key under which [`Settings`] stand in table `setting`.
pub const SETTINGS: &str = "desk";

/// Makes what every database must have, once: its epoch, the built-in profiles, a contact list. Answers the epoch.
///
/// What was committed lazily may have gone with the machine's last run, although somebody has heard of it. So a history
/// does not outlive the run it was written in.
pub async fn prepare(tx: &mut Tx, now: i64, machine_run: Option<String>) -> Result<i64> {
    const EPOCH: &str = "epoch";
    const RUN: &str = "machine_run";
    let known = store::meta::get(tx, EPOCH).await?.map(|epoch| epoch.parse().unwrap_or(1));
    let same_run = machine_run.is_none() || store::meta::get(tx, RUN).await? == machine_run;
    if let Some(epoch) = known.filter(|_| same_run) {
        return Ok(epoch);
    }
    // Of this history alone: a copy or a restored backup begins another.
    let epoch = known.map_or(now, |last| now.max(last + 1));
    store::meta::set(tx, EPOCH, &epoch.to_string()).await?;
    if let Some(run) = machine_run {
        store::meta::set(tx, RUN, &run).await?;
    }
    if known.is_some() {
        return Ok(epoch);
    }
    store::profile::make_builtin(tx).await?;
    store::contact_list::add(tx, "Customers", None, now).await?;
    Ok(epoch)
}

impl Config {
    pub async fn load(tx: &mut Tx, sealer: &Sealer) -> Result<Self> {
        let team_members = store::team::members(tx).await?;
        let mut teams_of: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        let mut users_of: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        for member in &team_members {
            teams_of.entry(member.user_id).or_default().push(member.team_id);
            users_of.entry(member.team_id).or_default().push(member.user_id);
        }
        let mut config = Self::default();
        for row in store::profile::all(tx).await? {
            let (role, scope) = (row.role.parse()?, row.scope.parse()?);
            config.profiles.insert(row.id, Profile { row, role, scope });
        }
        for row in store::user::all(tx).await? {
            let role = row.role.parse()?;
            let team_ids = teams_of.remove(&row.id).unwrap_or_default();
            config.users.insert(UserId(row.id), User { row, role, team_ids });
        }
        config.teams = store::team::all(tx).await?;
        let live = |user: &i64| config.users.get(&UserId(*user)).is_some_and(|user| user.row.deleted_at.is_none());
        let everybody = |user_ids: &[i64], team_ids: &[i64]| -> BTreeSet<UserId> {
            let of_teams = team_ids.iter().flat_map(|team| users_of.get(team).into_iter().flatten());
            user_ids.iter().chain(of_teams).filter(|user| live(user)).map(|user| UserId(*user)).collect()
        };
        let mut split: BTreeMap<i64, (Vec<i64>, Vec<i64>)> = BTreeMap::new();
        for member in store::queue::members(tx).await? {
            let (users, teams) = split.entry(member.queue_id).or_default();
            if member.user_id == 0 { teams.push(member.team_id) } else { users.push(member.user_id) }
        }
        for row in store::queue::all(tx).await? {
            let (user_ids, team_ids) = split.remove(&row.id).unwrap_or_default();
            let members = everybody(&user_ids, &team_ids).into_iter().collect();
            let strategy = row.strategy.parse()?;
            config.queues.insert(QueueId(row.id), Queue { row, strategy, user_ids, team_ids, members });
        }
        split.clear();
        for member in store::account::members(tx).await? {
            let (users, teams) = split.entry(member.account_id).or_default();
            if member.user_id == 0 { teams.push(member.team_id) } else { users.push(member.user_id) }
        }
        for row in store::account::all(tx).await? {
            let (user_ids, team_ids) = split.remove(&row.id).unwrap_or_default();
            let members = everybody(&user_ids, &team_ids);
            let account = Account::read(row, user_ids, team_ids, members, sealer)?;
            config.accounts.insert(account.rules.id, Arc::new(account));
        }
        let dispositions = store::disposition::all(tx).await?;
        config.dispositions = Tree::new(dispositions.iter().map(disposition).collect::<Result<_>>()?);
        config.tags = store::tag::all(tx).await?;
        let mut members = store::contact_list::members(tx).await?;
        for row in store::contact_list::all(tx).await? {
            let (own, others) = members.into_iter().partition(|member| member.list_id == row.id);
            members = others;
            config.lists.push(List { row, members: own });
        }
        config.fields =
            store::contact_field::all(tx).await?.iter().map(|row| Ok(row.rules()?)).collect::<Result<_>>()?;
        config.settings = Settings::load(tx).await?;
        Ok(config)
    }

    /// The account a webhook's path names.
    pub fn account_by_key(&self, key: &str) -> Option<&Arc<Account>> {
        self.accounts.values().find(|account| account.row.key == key && account.row.deleted_at.is_none())
    }

    /// The account of a provider's number among those that share the app of `beside`.
    pub fn account_by_number(&self, number: &str) -> Option<&Arc<Account>> {
        self.accounts.values().find(|account| account.row.phone_number_id == number && account.row.deleted_at.is_none())
    }

    /// Who a user is when looking at something.
    pub fn viewer(&self, user: UserId) -> Option<Viewer> {
        let found = self.users.get(&user).filter(|user| user.row.deleted_at.is_none())?;
        let profile = self.profiles.get(&found.row.profile_id)?;
        let permissions: BTreeSet<Permission> = profile.row.permissions.0.iter().copied().collect();
        let masking: Masking = profile.row.masking.0;
        let mut viewer = Viewer {
            user,
            role: found.role,
            scope: profile.scope,
            permissions,
            masking,
            accounts: self.accounts.values().filter(|a| a.members.contains(&user)).map(|a| a.rules.id).collect(),
            queues: self.queues.iter().filter(|(_, q)| q.members.contains(&user)).map(|(id, _)| *id).collect(),
            lists: BTreeMap::new(),
        };
        let lists = self.lists.iter().filter(|list| list.row.deleted_at.is_none());
        let rights = lists.map(|list| (ContactListId(list.row.id), self.rights(list, &viewer, &found.team_ids)));
        viewer.lists = rights.filter(|(_, rights)| rights.level.is_some()).collect();
        Some(viewer)
    }

    /// What somebody may do in a list, by themselves and by their teams.
    fn rights(&self, list: &List, viewer: &Viewer, teams: &[i64]) -> Rights {
        let theirs = |member: &&Member| member.user_id == viewer.user.0 || teams.contains(&member.team_id);
        let given = |member: &Member| Rights { level: member.level.parse().ok(), export: member.export };
        let named = (!list.members.is_empty())
            .then(|| list.members.iter().filter(theirs).map(given).fold(Rights::default(), Rights::with));
        let accounts = self.accounts.values().filter(|account| account.row.list_id == list.row.id);
        let accounts = accounts.filter(|account| account.row.deleted_at.is_none());
        Rights::of(viewer, named, accounts.map(|account| account.rules.id))
    }

    /// A number beside which one that is typed for a contact of this list is read: that of an account that uses it.
    pub fn beside(&self, list: ContactListId) -> Option<&str> {
        let live = || self.accounts.values().filter(|account| account.row.deleted_at.is_none());
        let of_list = live().filter(|account| account.row.list_id == list.0).chain(live());
        of_list.filter_map(|account| account.row.phone.as_deref()).next()
    }

    /// Whether somebody may put whom they write to, or were told of, into a list: as the list says, and where it names
    /// nobody, as their profile does, whatever else they see of it.
    pub fn may_add(&self, viewer: &Viewer, list: ContactListId) -> bool {
        let named = self.lists.iter().any(|one| one.row.id == list.0 && !one.members.is_empty());
        viewer.rights(list).allows(Level::Add) || (!named && viewer.may(Permission::EditContacts))
    }

    /// What an interaction belongs to; `list` is its contact's, where it has one.
    pub fn belongs(&self, row: &store::interaction::Interaction, list: Option<i64>) -> Belongs {
        let account = AccountId(row.account_id);
        let own = self.accounts.get(&account).map_or(0, |account| account.row.list_id);
        Belongs { list: ContactListId(list.unwrap_or(own)), account, queue: row.queue_id.map(QueueId) }
    }

    /// Whether an interaction's account or queue wants to know how it ended.
    pub fn wants_disposition(&self, row: &store::interaction::Interaction) -> (bool, bool) {
        let account = self.accounts.get(&AccountId(row.account_id));
        let queue = row.queue_id.and_then(|queue| self.queues.get(&QueueId(queue)));
        (
            account.is_some_and(|account| account.rules.closing.disposition_required),
            queue.is_some_and(|queue| queue.row.disposition_required),
        )
    }

    /// To whom an account's interactions may be transferred, and how many seconds those who are asked have.
    pub fn handing(&self, account: AccountId) -> (Reach, i64) {
        let own = self.accounts.get(&account).map(|account| account.row.transfer.0).unwrap_or_default();
        (own.to.unwrap_or(self.settings.transfer_to), own.timeout_s.unwrap_or(self.settings.transfer_timeout_s))
    }

    pub fn user_name(&self, user: i64) -> String {
        self.users.get(&UserId(user)).map_or_else(String::new, |user| user.row.name.clone())
    }
}

impl Account {
    /// What signs its provider's deliveries: an app of it may serve several numbers.
    pub fn signing_secret(&self) -> Option<&Secret> {
        match (&self.app_secret, self.endpoint.provider()) {
            (None, Provider::Twilio) if self.row.app_id.is_none() => self.access_token.as_ref(),
            (secret, _) => secret.as_ref(),
        }
    }

    fn read(
        row: store::account::Account,
        user_ids: Vec<i64>,
        team_ids: Vec<i64>,
        members: BTreeSet<UserId>,
        sealer: &Sealer,
    ) -> Result<Self> {
        let open = |sealed: &Option<Vec<u8>>| -> Option<Secret> {
            // A value sealed under another key must not keep the desk from starting: the account shows as failing.
            sealed.as_deref().and_then(|sealed| sealer.open(sealed).ok()).map(Secret)
        };
        let window_rule: WindowRule = row.window_rule.parse()?;
        Ok(Self {
            rules: Rules {
                id: AccountId(row.id),
                flow: row.flow.0.clone(),
                default_queue: QueueId(row.default_queue_id),
                window_rule,
                grace_s: row.grace_s,
                take_from_bot: row.take_from_bot,
                closing: row.closing.0.clone(),
            },
            endpoint: endpoint(&row, &open)?,
            access_token: open(&row.access_token),
            app_secret: open(&row.app_secret),
            verify_token: open(&row.verify_token),
            second_token: open(&row.second_token),
            row,
            user_ids,
            team_ids,
            members,
        })
    }
}

fn disposition(row: &store::disposition::Disposition) -> Result<Disposition> {
    let scope = DispositionScope::read(&row.scope, row.scope_id);
    Ok(Disposition {
        id: DispositionId(row.id),
        parent: row.parent_id.map(DispositionId),
        scope: scope.ok_or_else(|| crate::Error::Damaged(format!("disposition {} is for {}", row.id, row.scope)))?,
        name: row.name.clone(),
        retired: row.retired_at.is_some(),
    })
}
