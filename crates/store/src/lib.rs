//! The tables: one file for each family, one function for each statement. Functions that take `&mut Tx` run inside
//! somebody else's transaction and never commit.
pub mod account;
pub mod address;
pub mod archive;
pub mod attachment;
pub mod attempt;
pub mod audit;
pub mod block;
pub mod bucket;
pub mod canned;
pub mod catch_up;
pub mod company;
pub mod contact;
pub mod contact_consent;
pub mod contact_distinct;
pub mod contact_erasure;
pub mod contact_field;
pub mod contact_import;
pub mod contact_list;
pub mod contact_merge;
pub mod contact_note;
pub mod contact_number;
pub mod contact_worker;
pub mod delivery;
pub mod disposition;
pub mod event;
pub mod health;
pub mod history;
pub mod interaction;
pub mod job;
pub mod journey;
pub mod lease;
pub mod list;
pub mod message;
pub mod meta;
pub mod notice;
pub mod offer;
pub mod parked;
pub mod placeholder;
pub mod presence;
pub mod profile;
pub mod queue;
pub mod reaction;
pub mod saved_view;
pub mod scheduled;
pub mod search;
pub mod session;
pub mod setting;
pub mod tag;
pub mod team;
pub mod template;
pub mod tick;
pub mod timer;
pub mod upload;
pub mod user;
pub mod watching;
pub mod webhook;

use pronto_db::{FromRow, Migration};

macro_rules! migrations {
    ($($version:literal $name:literal $sqlite:literal $postgres:literal $(after $both:literal)?),* $(,)?) => {
        /// Every step of the schema, in order.
        pub const MIGRATIONS: &[Migration] = &[$(Migration {
            version: $version,
            name: $name,
            sqlite: concat!(
                $(include_str!(concat!("../migrations/", $both)),)? include_str!(concat!("../migrations/", $sqlite))
            ),
            postgres: concat!(
                $(include_str!(concat!("../migrations/", $both)),)? include_str!(concat!("../migrations/", $postgres))
            ),
        }),*];
    };
}
migrations! {
    1 "spine" "0001_spine.sql" "0001_spine.sql",
    2 "search" "0002_search.sqlite.sql" "0002_search.postgres.sql",
    3 "media" "0003_media.sql" "0003_media.sql",
    4 "templates" "0004_templates.sql" "0004_templates.sql",
    5 "care" "0005_care.sql" "0005_care.sql",
    6 "notices" "0006_notices.sql" "0006_notices.sql",
    7 "views" "0007_views.sql" "0007_views.sql",
    8 "composer" "0008_composer.sql" "0008_composer.sql",
    9 "lists" "0009_lists.sqlite.sql" "0009_lists.postgres.sql",
    10 "journey" "0010_journey.sql" "0010_journey.sql",
    11 "fields" "0011_fields.sql" "0011_fields.sql",
    12 "watching" "0012_watching.sql" "0012_watching.sql",
    13 "contacts" "0013_contacts.sqlite.sql" "0013_contacts.postgres.sql" after "0013_contacts.sql",
    14 "sentiment" "0014_sentiment.sql" "0014_sentiment.sql",
    15 "lapses" "0015_lapses.sql" "0015_lapses.sql",
    16 "headings" "0016_headings.sql" "0016_headings.sql",
    18 "providers" "0018_providers.sql" "0018_providers.sql",
    19 "account_checks" "0019_account_checks.sql" "0019_account_checks.sql",
    22 "catch_up" "0022_catch_up.sql" "0022_catch_up.sql",
    23 "template_news" "0023_template_news.sql" "0023_template_news.sql",
}

/// What a statement answers that tells only which rows it met.
#[derive(FromRow)]
struct Id {
    id: i64,
}

/// Where something stands among its like.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub struct Place {
    pub id: i64,
    pub place: i64,
}

impl Place {
    /// Those that are put in another order share out the places they have.
    pub fn shared_out<I: Into<i64>>(ids: impl IntoIterator<Item = I>, places: impl Iterator<Item = i64>) -> Vec<Self> {
        ids.into_iter().zip(places).map(|(id, place)| Self { id: id.into(), place }).collect()
    }
}

/// An instant as stored: milliseconds since 1970 in UTC.
pub fn millis(at: jiff::Timestamp) -> i64 {
    at.as_millisecond()
}

/// A stored instant. Outside jiff's range (the year 9999) it is the nearest end.
pub fn instant(millis: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(millis).unwrap_or(if millis < 0 {
        jiff::Timestamp::MIN
    } else {
        jiff::Timestamp::MAX
    })
}
