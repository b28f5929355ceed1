//! Search finds the same on both engines, and what reading every text would find.

use std::collections::BTreeSet;

use pronto_db::sql;
use pronto_domain::search::{Typed, typed, words};
use pronto_store as store;
use pronto_testkit::TestDesk;
use pronto_testkit::desk::Engine;
use proptest::strategy::{Strategy, ValueTree as _};
use proptest::test_runner::TestRunner;
use store::search::{Entry, account_token};

/// Words that differ in case, in accents, by their endings; numbers; and what is no word at all.
const WORDS: [&str; 20] = [
    "ordine", "Ordini", "ORDINARE", "perché", "perche", "già", "Straße", "strasse", "ﬁne", "Ñandú", "nandu", "12",
    "123", "1234567", "日本", "naïve", "a", "x2", "don't", "e-mail",
];
const BETWEEN: [&str; 6] = [" ", ", ", "! ", "\n", " 🎉 ", "…"];

fn text(most: usize) -> impl Strategy<Value = String> {
    let pair = (proptest::sample::select(WORDS.to_vec()), proptest::sample::select(BETWEEN.to_vec()));
    proptest::collection::vec(pair, 1..most)
        .prop_map(|pairs| pairs.into_iter().map(|(word, between)| format!("{word}{between}")).collect())
}

/// A question: some words, the last one perhaps only begun.
fn question() -> impl Strategy<Value = String> {
    (text(4), 0_usize..4).prop_map(|(text, off)| {
        let whole = text.trim_end().chars().count();
        text.chars().take(whole.saturating_sub(off).max(1)).collect()
    })
}

struct Corpus {
    /// One message for each interaction, and which account it is on.
    messages: Vec<(String, bool)>,
}

impl Corpus {
    /// Two accounts, customers who each wrote one text.
    async fn store(&self, test: &TestDesk) -> (Vec<i64>, [i64; 2]) {
        let agent = test.agent("ann").await;
        let accounts =
            [test.account("one", "http://127.0.0.1:9").await, test.account("two", "http://127.0.0.1:9").await];
        let mut interactions = Vec::new();
        for (number, (text, second)) in self.messages.iter().enumerate() {
            let address = test.customer(accounts[usize::from(*second)], &format!("3933399{number:05}")).await;
            let interaction = test.interaction(address, agent).await;
            let message = test.inbound(interaction, text).await;
            let entry =
                Entry { id: message.0, words: words(text), scope: account_token(accounts[usize::from(*second)].0) };
            let mut tx = test.tx().await;
            store::search::index_messages(&mut tx, &[entry]).await.expect("indexed");
            tx.commit().await.expect("committed");
            interactions.push(interaction.0);
        }
        (interactions, accounts.map(i64::from))
    }

    /// Reads every text.
    fn find(&self, typed: &Typed, accounts: Option<&[bool]>) -> BTreeSet<usize> {
        let Some((last, before)) = typed.words.split_last() else { return BTreeSet::new() };
        let says = |text: &str| {
            let text = words(text);
            let text: Vec<&str> = text.split(' ').collect();
            before.iter().all(|word| text.contains(&word.as_str())) && text.iter().any(|word| word.starts_with(last))
        };
        let found = self
            .messages
            .iter()
            .enumerate()
            .filter(|(_, (text, second))| accounts.is_none_or(|accounts| accounts.contains(second)) && says(text));
        found.map(|(index, _)| index).collect()
    }
}

async fn compare(test: &TestDesk, corpus: &Corpus, questions: &[String]) {
    let (interactions, accounts) = corpus.store(test).await;
    let mut found_some = 0;
    for question in questions {
        // A number may also be the number of an interaction; that is another matter.
        let mut read = typed(question);
        read.id = None;
        for seen in [None, Some(vec![false]), Some(vec![true]), Some(vec![false, true]), Some(vec![])] {
            let ids: Option<Vec<i64>> =
                seen.as_ref().map(|seen| seen.iter().map(|second| accounts[usize::from(*second)]).collect());
            let mut tx = test.look().await;
            let found = store::search::interactions(&mut tx, &read, ids.as_deref()).await.expect("found");
            let expected: BTreeSet<i64> = match &seen {
                Some(seen) if seen.is_empty() => BTreeSet::new(),
                seen => corpus.find(&read, seen.as_deref()).into_iter().map(|index| interactions[index]).collect(),
            };
            found_some += usize::from(!expected.is_empty());
            assert_eq!(
                found.into_iter().collect::<BTreeSet<_>>(),
                expected,
                "{question:?} as {:?} in {seen:?}",
                read.words
            );
        }
    }
    assert!(found_some > questions.len() / 2, "the questions are worth asking: {found_some}");
    // A text that was changed is found by what it says now.
    let mut tx = test.tx().await;
    let message: (i64,) =
        tx.query(sql!("SELECT max(id) AS id FROM message WHERE direction = 'in'")).one().await.expect("a message");
    let entry = Entry { id: message.0, words: words("Ganz etwas anderes"), scope: account_token(accounts[0]) };
    store::search::reindex_messages(&mut tx, &[entry]).await.expect("indexed");
    tx.commit().await.expect("committed");
    let mut tx = test.look().await;
    let found = store::search::interactions(&mut tx, &typed("etwas and"), None).await.expect("found");
    assert_eq!(found, [*interactions.last().expect("one")]);
}

fn corpus() -> (Corpus, Vec<String>) {
    let mut runner = TestRunner::deterministic();
    let messages = proptest::collection::vec((text(6), proptest::bool::ANY), 25)
        .new_tree(&mut runner)
        .expect("a corpus")
        .current();
    let questions = proptest::collection::vec(question(), 60).new_tree(&mut runner).expect("questions").current();
    (Corpus { messages }, questions)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_found_is_what_reading_finds_on_sqlite() {
    let (corpus, questions) = corpus();
    compare(&TestDesk::on(Engine::Sqlite).await.expect("SQLite is always there"), &corpus, &questions).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_found_is_what_reading_finds_on_postgres() {
    let (corpus, questions) = corpus();
    match TestDesk::on(Engine::Postgres).await {
        Some(test) => compare(&test, &corpus, &questions).await,
        None => eprintln!("skipped: PRONTO_TEST_POSTGRES is not set"),
    }
}
