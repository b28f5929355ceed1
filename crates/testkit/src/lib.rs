//! What tests stand on: a desk on either engine, a clock they turn, and people to act.
#[cfg(feature = "app")]
pub mod app;
pub mod desk;

#[cfg(feature = "app")]
pub use app::{Answer, Person, TestApp};
pub use desk::TestDesk;

/// Runs each test on SQLite and on PostgreSQL.
///
/// The argument's type says how it is opened: `async fn on(Engine) -> Option<Self>`, `None` where there is no such
/// engine to test on. PostgreSQL is tested where `PRONTO_TEST_POSTGRES` holds its URL; elsewhere that half is skipped.
#[macro_export]
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($bench:ident: $type:ty) $body:block)*) => { $(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn body($bench: $type) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                let bench = <$type>::on($crate::desk::Engine::Sqlite).await.expect("SQLite is always there");
                body(bench).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                match <$type>::on($crate::desk::Engine::Postgres).await {
                    Some(bench) => body(bench).await,
                    None => eprintln!("skipped: PRONTO_TEST_POSTGRES is not set"),
                }
            }
        }
    )* };
}
