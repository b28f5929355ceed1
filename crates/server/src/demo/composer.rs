//! What helps the demo's agents write: canned answers in two languages, and a message that goes out later.

use anyhow::{Context as _, Result};
use jiff::{SignedDuration, ToSpan as _};
use pronto_desk::Desk;
use pronto_desk::act::{canned, schedule};
use pronto_domain::canned::Scope;
use pronto_domain::id::{InteractionId, UserId};
use pronto_store as store;
use uuid::Uuid;

use super::company::Company;

/// Whose an answer is.
enum For {
    Everybody,
    Account,
    Person(&'static str),
}

struct Answer {
    whose: For,
    shortcut: &'static str,
    title: &'static str,
    text: &'static str,
}

const fn answer(whose: For, shortcut: &'static str, title: &'static str, text: &'static str) -> Answer {
    Answer { whose, shortcut, title, text }
}

const ANSWERS: &[Answer] = &[
    answer(
        For::Everybody,
        "ciao",
        "Saluto",
        "Buongiorno {{contact.first_name|}}! Sono {{agent.alias}} di {{account.name}}. Come posso aiutarla?",
    ),
    answer(
        For::Everybody,
        "hello",
        "Greeting",
        "Hello {{contact.first_name|there}}, this is {{agent.alias}} from {{account.name}}. How can I help?",
    ),
    answer(
        For::Everybody,
        "grazie",
        "Congedo",
        "Grazie a lei, {{contact.first_name|}}. Per qualsiasi cosa citi il numero *#{{interaction.id}}*. Buona giornata!",
    ),
    answer(
        For::Everybody,
        "bye",
        "Closing words",
        "Thank you, {{contact.first_name|}}. If anything comes up, quote *#{{interaction.id}}*. Have a nice day!",
    ),
    answer(
        For::Account,
        "orari",
        "Orari del negozio",
        "Siamo aperti dal martedì al sabato, *9:30–13* e *15–19:30*. La domenica su appuntamento.",
    ),
    answer(
        For::Account,
        "hours",
        "Opening hours",
        "We are open Tuesday to Saturday, *9:30–13:00* and *15:00–19:30*, and on Sundays by appointment.",
    ),
    answer(
        For::Account,
        "consegna",
        "Tempi di consegna",
        "La consegna avviene entro *10 giorni lavorativi*. Il corriere chiama il giorno prima per concordare la fascia oraria.",
    ),
    answer(
        For::Account,
        "delivery",
        "Delivery times",
        "Delivery takes up to *10 working days*. The driver calls the day before to agree on a time.",
    ),
    answer(
        For::Account,
        "reso",
        "Come fare un reso",
        "Il reso è gratuito entro *30 giorni*. Mi mandi una foto dell'imballo e l'indirizzo di ritiro: al resto pensiamo noi.",
    ),
    answer(
        For::Account,
        "returns",
        "How to send it back",
        "Returns are free within *30 days*. Send me a photo of the box and the address to collect it from; we do the rest.",
    ),
    answer(
        For::Account,
        "fattura",
        "Dati per la fattura",
        "Per la fattura intestata a {{contact.company}} mi servono partita IVA e codice SDI.",
    ),
    answer(
        For::Account,
        "numero",
        "Numero cliente",
        "Il suo numero cliente è *{{contact.fields.customer_number|quello sulla conferma d'ordine}}*.",
    ),
    answer(
        For::Account,
        "number",
        "Customer number",
        "Your customer number is *{{contact.fields.customer_number|the one on your order confirmation}}*.",
    ),
    answer(
        For::Person("marta"),
        "misure",
        "Misure della stanza",
        "{{contact.first_name|Buongiorno}}, mi manda le misure della stanza e una foto della parete? Le preparo una proposta.",
    ),
    answer(
        For::Person("tom"),
        "photo",
        "Ask for a photo",
        "Could you send me a photo of it, {{contact.first_name|please}}? Then I can check with the workshop right away.",
    ),
];

/// Adds them.
pub(super) async fn make(desk: &Desk, company: &Company) -> Result<()> {
    let admin = *company.users.first().context("there is an administrator")?;
    for one in ANSWERS {
        let (by, scope) = match one.whose {
            For::Everybody => (admin, Scope::Global),
            For::Account => (admin, Scope::Account(company.account)),
            For::Person(login) => {
                let user = company.user(login)?;
                (user, Scope::Personal(user))
            }
        };
        let by = desk.config().viewer(by).context("they work here")?;
        let fields = canned::Fields {
            shortcut: Some(Some(one.shortcut.to_owned())),
            title: Some(one.title.to_owned()),
            text: Some(one.text.to_owned()),
        };
        let add = canned::Add { by, scope, fields };
        desk.run(&add, |tx, now, add| Box::pin(canned::add(tx, now, add))).await?;
    }
    plan(desk, company.user("marta")?).await
}

/// A message of Marta's that goes out in some hours, where the window is still open then.
async fn plan(desk: &Desk, user: UserId) -> Result<()> {
    let due = desk.now() + SignedDuration::from_hours(3);
    let mut tx = desk.db().read().await?;
    let held = store::interaction::held_by(&mut tx, user.0).await?;
    drop(tx);
    let open = |row: &&store::interaction::Interaction| {
        row.unread == 0 && row.window_expires_at.is_some_and(|ends| store::instant(ends) > due)
    };
    let Some(row) = held.iter().find(open) else { return Ok(()) };
    let plan = schedule::Plan {
        interaction: InteractionId(row.id),
        user,
        client_id: Uuid::new_v4(),
        text: "Ho sentito il magazzino: le confermo tutto entro stasera.".to_owned(),
        reply_to: None,
        seen_through: None,
        unless_written: true,
        due_at: due.checked_sub(due.subsec_nanosecond().nanoseconds())?,
    };
    desk.run(&plan, |tx, now, plan| Box::pin(schedule::plan(tx, now, plan))).await?;
    Ok(())
}
