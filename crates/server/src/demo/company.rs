//! Staff, queues and the account of the demo.

use anyhow::{Context as _, Result};
use pronto_desk::Desk;
use pronto_desk::act::{account, queue, user};
use pronto_desk::password::{Fresh, Passwords};
use pronto_domain::access::Role;
use pronto_domain::flow::Step;
use pronto_domain::id::{AccountId, DispositionId, QueueId, UserId};
use pronto_domain::routing::Strategy;

use super::care;
use super::play::{FIRST_STEP, SECOND_STEP};

/// Everybody's password in the demo.
pub(crate) const PASSWORD: &str = "Pronto-demo-1";

/// Somebody who works at the demo's company.
pub(crate) struct Person {
    pub(crate) login: &'static str,
    pub(crate) name: &'static str,
    pub(crate) role: Role,
    /// In *Orders & deliveries*, in *Returns & repairs*.
    queues: [bool; 2],
}

pub(crate) const STAFF: &[Person] = &[
    Person { login: "admin", name: "Elena Rinaldi", role: Role::Admin, queues: [false, false] },
    Person { login: "luca", name: "Luca Marchetti", role: Role::Supervisor, queues: [false, false] },
    Person { login: "marta", name: "Marta Bianchi", role: Role::Agent, queues: [true, true] },
    Person { login: "tom", name: "Tom Hughes", role: Role::Agent, queues: [true, false] },
    Person { login: "sofia", name: "Sofía Romero", role: Role::Agent, queues: [true, true] },
];

/// What was made, for the history to hang on.
pub(crate) struct Company {
    pub(crate) account: AccountId,
    pub(crate) queues: [QueueId; 2],
    pub(crate) users: Vec<UserId>,
    /// How conversations end: everywhere, and in the second queue.
    pub(super) endings: [Vec<(DispositionId, String)>; 2],
}

impl Company {
    pub(crate) fn user(&self, login: &str) -> Result<UserId> {
        let found = STAFF.iter().zip(&self.users).find(|(person, _)| person.login == login);
        found.map(|(_, user)| *user).with_context(|| format!("nobody is called {login}"))
    }

    /// How a conversation that was closed then ended; not every one says so.
    pub(super) fn ending(&self, returns: bool, at: i64) -> Option<&(DispositionId, String)> {
        let endings = if returns { &self.endings[1] } else { &self.endings[0] };
        let place = usize::try_from(at.rem_euclid(i64::try_from(endings.len()).ok()? + 1)).ok()?;
        endings.get(place)
    }

    fn person(&self, user: UserId) -> Option<&'static Person> {
        STAFF.iter().zip(&self.users).find(|(_, known)| **known == user).map(|(person, _)| person)
    }

    pub(crate) fn login(&self, user: UserId) -> &'static str {
        self.person(user).map_or("", |person| person.login)
    }

    pub(crate) fn name(&self, user: UserId) -> &'static str {
        self.person(user).map_or("", |person| person.name)
    }

    /// The first name of somebody who signs what they write.
    pub(crate) fn first_name(&self, login: &str) -> &'static str {
        let person = STAFF.iter().find(|person| person.login == login);
        person.and_then(|person| person.name.split(' ').next()).unwrap_or_default()
    }

    /// Those whom a note names with an @.
    pub(crate) fn named_in(&self, text: &str) -> Vec<i64> {
        let all = STAFF.iter().zip(&self.users);
        all.filter(|(person, _)| text.contains(&format!("@{}", person.name))).map(|(_, user)| user.0).collect()
    }

    /// Who works in a queue: the first or the second.
    pub(crate) fn members(&self, queue: usize) -> Vec<UserId> {
        let members = STAFF.iter().zip(&self.users).filter(|(person, _)| person.queues.get(queue) == Some(&true));
        members.map(|(_, user)| *user).collect()
    }
}

/// Makes the company.
pub(crate) async fn make(desk: &Desk, base: &str) -> Result<Company> {
    let password = Fresh::new(&Passwords::strong(), PASSWORD.to_owned()).await?;
    let mut users = Vec::with_capacity(STAFF.len());
    for person in STAFF {
        let new = user::Add {
            by: None,
            login: person.login.to_owned(),
            name: person.name.to_owned(),
            alias: None,
            email: Some(format!("{}@aurora-living.example", person.login)),
            role: person.role,
            profile_id: None,
            // Room for new work beside what the sample day has brought already.
            capacity: 8,
            team_ids: Vec::new(),
            password: password.clone(),
            must_change_password: false,
        };
        users.push(desk.run(&new, |tx, now, new| Box::pin(user::add(tx, now, new))).await?);
        // The next act looks people up in the configuration.
        desk.reload().await?;
    }
    let by = *users.first().context("there is an administrator")?;
    let mut queues = Vec::with_capacity(2);
    let kinds = [("Orders & deliveries", Strategy::BeepAll, 60), ("Returns & repairs", Strategy::RoundRobin, 120)];
    for (index, (name, strategy, service_level)) in kinds.into_iter().enumerate() {
        let members = STAFF.iter().zip(&users).filter(|(person, _)| person.queues[index]).map(|(_, id)| id.0);
        let new = queue::Add {
            by,
            fields: queue::Fields {
                name: Some(name.to_owned()),
                strategy: Some(strategy),
                service_level_s: Some(service_level),
                // After a repair there is something to write down.
                wrap_up_s: Some(if index == 1 { 10 } else { 0 }),
                user_ids: Some(members.collect()),
                ..queue::Fields::default()
            },
        };
        queues.push(desk.run(&new, |tx, now, new| Box::pin(queue::add(tx, now, new))).await?);
        desk.reload().await?;
    }
    let [orders, returns] = queues[..] else { anyhow::bail!("two queues") };
    let new = account::Add {
        by,
        fields: account::Fields {
            key: Some("demo".to_owned()),
            name: Some("Aurora Living".to_owned()),
            phone: Some(Some("+39 02 5550 1234".to_owned())),
            base_url: Some(provider_base(base)),
            phone_number_id: Some("100000000000001".to_owned()),
            business_account_id: Some("200000000000001".to_owned()),
            app_id: Some(Some("demo".to_owned())),
            credentials: account::Credentials {
                access_token: Some("demo-access-token".to_owned()),
                app_secret: Some("demo-app-secret".to_owned()),
                verify_token: Some("demo-verify-token".to_owned()),
                second_token: None,
            },
            flow: Some(vec![
                Step::Queue { queue_id: orders, timeout_s: FIRST_STEP / 1_000 },
                Step::Queue { queue_id: returns, timeout_s: SECOND_STEP / 1_000 },
            ]),
            default_queue: Some(returns),
            user_ids: Some(users.iter().skip(1).map(|user| user.0).collect()),
            ..account::Fields::default()
        },
        sealer: desk.sealer().clone(),
    };
    let account = desk.run(&new, |tx, now, new| Box::pin(account::add(tx, now, new))).await?;
    desk.reload().await?;
    let endings = care::endings(desk, by, returns).await?;
    Ok(Company { account, queues: [orders, returns], users, endings })
}

/// The simulator stands beside the desk, wherever that listens this time.
pub(crate) async fn move_to(desk: &Desk, base: &str) -> Result<()> {
    let config = desk.config();
    let Some(found) = config.account_by_key("demo") else { return Ok(()) };
    if found.row.base_url == provider_base(base) {
        return Ok(());
    }
    let by = config.users.keys().next().copied().context("there is an administrator")?;
    let change = account::Change {
        by,
        id: found.rules.id,
        version: found.row.version,
        fields: account::Fields { base_url: Some(provider_base(base)), ..account::Fields::default() },
        deleted: None,
        sealer: desk.sealer().clone(),
    };
    desk.run(&change, |tx, now, change| Box::pin(account::change(tx, now, change))).await?;
    desk.reload().await?;
    Ok(())
}

fn provider_base(base: &str) -> String {
    format!("{base}/simulator/meta/v23.0")
}
