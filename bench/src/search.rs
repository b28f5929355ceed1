//! Search, lists and threads over years of work, as an agent's desktop asks for them.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use jiff::Timestamp;
use pronto_domain::routing::Strategy;
use serde_json::Value;

use crate::agents::sign_in;
use crate::machine::{Percentiles, described, memory_mib};
use crate::server::{Server, Under};
use crate::years::{self, Dice};

#[derive(Debug, Args)]
pub(crate) struct Search {
    /// Messages there are, ten an interaction.
    #[arg(long, default_value_t = 1_000_000)]
    messages: usize,
    /// Questions of each sort.
    #[arg(long, default_value_t = 300)]
    queries: usize,
}

/// What is asked, and what the answer must hold.
struct Question {
    path: String,
    interaction: Option<usize>,
}

impl Search {
    pub(crate) async fn run(&self, under: &Under) -> Result<()> {
        let mut server = Server::furnish(under, 10, "http://127.0.0.1:9/", Strategy::BeepAll).await?;
        let db = server.look().await?;
        let place = server.place(&db).await?;
        let began = Instant::now();
        years::live(&db, &place, self.messages, Timestamp::now()).await?;
        server.settle(&db).await?;
        db.close().await;
        println!("search on {}: {}", under.name(), described());
        println!("  {} messages brought in and indexed in {:.0} s", self.messages, began.elapsed().as_secs_f64());
        let ready = server.start().await?;
        let desk = Desk {
            client: reqwest::Client::builder().build()?,
            base: server.base(),
            cookies: [sign_in(&server.base(), "boss").await?, sign_in(&server.base(), "agent0").await?],
        };
        println!("  ready in {:.0} ms", ready.as_secs_f64() * 1_000.0);
        for (what, question) in QUESTIONS {
            self.measure(&desk, what, *question).await?;
        }
        self.walk(&desk).await?;
        println!("  afterwards {:.1} MiB", memory_mib(server.pid().unwrap_or_default()));
        server.kill().await
    }

    /// Asks as the administrator, who sees all, and as an agent, who sees an account's.
    async fn measure(&self, desk: &Desk, what: &str, question: fn(&mut Dice, usize) -> Question) -> Result<()> {
        for (who, cookie) in ["admin", "agent"].into_iter().zip(&desk.cookies) {
            let mut dice = Dice::new(4711);
            let mut took = Vec::with_capacity(self.queries);
            for round in 0..self.queries + WARM {
                let question = question(&mut dice, self.messages);
                let (time, answer) = desk.get(&question.path, cookie).await?;
                if let Some(wanted) = question.interaction {
                    let items = answer["items"].as_array().context("a page")?;
                    if !items.iter().any(|item| item["id"] == wanted) {
                        bail!("{} did not lead to {wanted}", question.path);
                    }
                }
                if round >= WARM {
                    took.push(time);
                }
            }
            println!("  {what:<28} {who}  {}", Percentiles::of(took));
        }
        Ok(())
    }

    /// Page after page of the whole list: the last ones must cost what the first did.
    async fn walk(&self, desk: &Desk) -> Result<()> {
        let [cookie, _] = &desk.cookies;
        let (mut early, mut late) = (Vec::new(), Vec::new());
        let mut after = String::new();
        for page in 0..300 {
            let (time, answer) = desk.get(&format!("interactions?limit=50{after}"), cookie).await?;
            if page < 30 {
                early.push(time);
            } else if page >= 270 {
                late.push(time);
            }
            let Some(next) = answer["next"].as_str() else { break };
            after = format!("&after={next}");
        }
        println!("  pages 1 to 30 of the list           {}", Percentiles::of(early));
        println!("  pages 270 to 300                    {}", Percentiles::of(late));
        Ok(())
    }
}

/// Questions before those that count.
const WARM: usize = 20;

type Asking = fn(&mut Dice, usize) -> Question;

const QUESTIONS: &[(&str, Asking)] = &[
    ("search: reference number", |dice, messages| {
        let number = dice.below(messages);
        found(&format!("PR-{number:08}"), Some(number))
    }),
    ("search: three words", |dice, messages| {
        let text = years::text(dice.below(messages));
        let words: Vec<&str> = text.split(' ').skip(3).take(3).collect();
        found(&words.join(" "), None)
    }),
    ("search: a common word", |dice, _| found(&dice.word(), None)),
    ("search: as it is typed", |dice, messages| {
        let text = years::text(dice.below(messages));
        let begun: String = text.split(' ').nth(4).unwrap_or_default().chars().take(3).collect();
        found(&begun, None)
    }),
    ("search: a customer's name", |dice, messages| {
        let customer = dice.below(messages / years::THREAD / 2);
        let name = years::name(customer);
        found(name.split(' ').nth(1).unwrap_or_default(), Some(customer * 2 * years::THREAD))
    }),
    ("search: a phone number", |dice, messages| {
        let customer = dice.below(messages / years::THREAD / 2);
        found(&format!("%2B{}", years::phone(customer)), Some(customer * 2 * years::THREAD))
    }),
    ("list: everything", |_, _| list("")),
    ("list: open", |_, _| list("&state=open")),
    ("list: closed", |_, _| list("&state=closed")),
    ("list: mine", |_, _| list("&agent=me")),
    ("list: unread", |_, _| list("&read=unread")),
    ("list: started first", |_, _| list("&sort=started&order=asc")),
    ("list: open, started first", |_, _| list("&state=open&sort=started&order=asc")),
    ("list: by contact", |_, _| list("&sort=contact")),
    ("list: open, by contact", |_, _| list("&state=open&sort=contact")),
    ("list: mine, by contact", |_, _| list("&agent=me&sort=contact")),
    ("list: by status", |_, _| list("&sort=status")),
    ("list: by status, from the end", |_, _| list("&sort=status&order=desc")),
    ("list: closing soonest", |_, _| list("&sort=window")),
    ("a thread's newest page", |dice, messages| Question {
        path: format!("interactions/{}/messages", dice.below(messages / years::THREAD) + 1),
        interaction: None,
    }),
];

/// A search that must find the interaction of message `number`.
fn found(words: &str, number: Option<usize>) -> Question {
    let interaction = number.map(|number| number / years::THREAD + 1);
    Question { path: format!("interactions?search={}", words.replace(' ', "%20")), interaction }
}

fn list(filter: &str) -> Question {
    Question { path: format!("interactions?limit=50{filter}"), interaction: None }
}

/// The API, asked by two people.
struct Desk {
    client: reqwest::Client,
    base: String,
    cookies: [String; 2],
}

impl Desk {
    async fn get(&self, path: &str, cookie: &str) -> Result<(Duration, Value)> {
        let began = Instant::now();
        let answer = self.client.get(format!("{}/api/v1/{path}", self.base)).header("cookie", cookie).send().await?;
        let status = answer.status();
        let body = answer.bytes().await?;
        let took = began.elapsed();
        if !status.is_success() {
            bail!("{path}: {status}: {}", String::from_utf8_lossy(&body));
        }
        Ok((took, serde_json::from_slice(&body)?))
    }
}
