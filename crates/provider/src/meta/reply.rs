//! A customer's answer to buttons, a list, a form or a question of ours.

use pronto_domain::message::{Answer, Content, Kind};

use super::message::Shown;
use crate::facts::flatten;
use crate::json::{Raw, Text, Within, inside};

object!(struct Interactive<'a> {
    kind = "type": Text<'a>,
    button_reply: Within<Choice<'a>>,
    list_reply: Within<Choice<'a>>,
    nfm_reply: Within<Form<'a>>,
    call_permission_reply: Option<Raw<'a>>,
});
object!(
    struct Choice<'a> {
        id: Text<'a>,
        title: Text<'a>,
        description: Text<'a>,
    }
);
object!(
    struct Form<'a> {
        name: Text<'a>,
        response_json: Option<Raw<'a>>,
    }
);
object!(
    struct Button<'a> {
        payload: Text<'a>,
        text: Text<'a>,
    }
);

/// Answers kept of one form.
const ANSWER_LIMIT: usize = 500;

pub(crate) fn interactive(raw: Option<Raw<'_>>) -> Option<Shown> {
    let reply: Interactive<'_> = inside(raw)?;
    match reply.kind.filled()? {
        "button_reply" => choice(&reply.button_reply.0?),
        "list_reply" => choice(&reply.list_reply.0?),
        "nfm_reply" => Some(form(&reply.nfm_reply.0?)),
        "call_permission_reply" => {
            let answers = answers(reply.call_permission_reply?.get());
            Some(filled(Some("call_permission_reply".into()), answers))
        }
        _ => None,
    }
}

/// A tap on a quick reply of a template.
pub(crate) fn button(raw: Option<Raw<'_>>) -> Option<Shown> {
    let button: Button<'_> = inside(raw)?;
    let title = button.text.filled().or(button.payload.filled())?.to_owned();
    let content = Content::Reply { title: title.clone(), description: None, id: button.payload.owned() };
    Some(Shown::new(Kind::Button, content).with_text(Some(title)))
}

fn choice(choice: &Choice<'_>) -> Option<Shown> {
    let title = choice.title.filled().or(choice.id.filled())?.to_owned();
    let description = choice.description.owned();
    let content = Content::Reply { title: title.clone(), description, id: choice.id.owned() };
    Some(Shown::new(Kind::Interactive, content).with_text(Some(title)))
}

/// `response_json` is JSON inside a string; where it is not, its words are the answer.
fn form(form: &Form<'_>) -> Shown {
    let response = form.response_json;
    let answers = match response.map(|raw| (raw.get(), Text::of(raw.get()))) {
        Some((_, Text(Some(text)))) => match serde_json::from_str::<Raw<'_>>(&text) {
            Ok(inner) => answers(inner.get()),
            Err(_) => vec![Answer { key: "response".into(), value: text.into_owned() }],
        },
        Some((json, _)) => answers(json),
        None => Vec::new(),
    };
    filled(form.name.owned(), answers)
}

fn filled(name: Option<String>, answers: Vec<Answer>) -> Shown {
    Shown::new(Kind::Interactive, Content::Form { name, answers }).with_raw()
}

/// Every answer in the order of the form, without the token that says which form it was.
fn answers(json: &str) -> Vec<Answer> {
    let mut answers = Vec::new();
    flatten("", json, &mut |key, value| {
        if key != "flow_token" && answers.len() < ANSWER_LIMIT {
            answers.push(Answer { key: if key.is_empty() { "response" } else { key }.to_owned(), value });
        }
    });
    answers
}
