//! Reads an expression, and says of each condition that makes no sense which it is and why.

use jiff::Timestamp;
use serde_json::{Map, Number, Value};

use super::{
    About, CHOICES_AT_MOST, CONDITIONS_AT_MOST, Choice, Condition, DAYS_AT_MOST, DEPTH_AT_MOST, Expression, Field,
    Kind, ME, OF_CONTACT, Op, Person, Subject, TEXT_AT_MOST, Test, digits,
};
use crate::access::Masking;
use crate::field::Field as Own;
use crate::search::words;

/// Something of it that must be other than it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Where it stands: `all[1].any[0].value`; nothing for the whole.
    pub path: String,
    pub code: &'static str,
    pub detail: String,
}

/// Reads what somebody asks from whom this is hidden, where contacts have these custom fields; or tells everything that
/// is wrong.
pub fn read(subject: Subject, value: &Value, own: &[Own], hidden: &Masking) -> Result<Expression, Vec<Wrong>> {
    let mut reader = Reader { subject, own, hidden, wrong: Vec::new(), conditions: 0 };
    let read = reader.expression(value, "", 0);
    if reader.conditions > CONDITIONS_AT_MOST {
        reader.tell("", "too_many", format!("at most {CONDITIONS_AT_MOST} conditions altogether"));
    }
    match read {
        Some(expression) if reader.wrong.is_empty() => Ok(expression),
        _ => Err(reader.wrong),
    }
}

struct Reader<'a> {
    subject: Subject,
    own: &'a [Own],
    hidden: &'a Masking,
    wrong: Vec<Wrong>,
    conditions: usize,
}

impl Reader<'_> {
    fn tell(&mut self, path: &str, code: &'static str, detail: impl Into<String>) {
        // One that is wrong everywhere need not be told everywhere.
        if self.wrong.len() < CONDITIONS_AT_MOST {
            self.wrong.push(Wrong { path: path.to_owned(), code, detail: detail.into() });
        }
    }

    fn expression(&mut self, value: &Value, path: &str, depth: usize) -> Option<Expression> {
        let Some(object) = value.as_object() else {
            self.tell(path, "format", "a group {\"all\" or \"any\": […]} or a condition {field, op, value}");
            return None;
        };
        let group = ["all", "any"].into_iter().find_map(|name| Some((name, object.get(name)?)));
        let Some((name, members)) = group else { return self.condition(object, path).map(Expression::Is) };
        if object.len() > 1 {
            self.tell(path, "unknown_field", "a group has nothing beside its members");
            return None;
        }
        let path = inside(path, name);
        if depth == DEPTH_AT_MOST {
            self.tell(&path, "too_deep", format!("at most {DEPTH_AT_MOST} groups in each other"));
            return None;
        }
        let members = match members.as_array() {
            Some(members) if !members.is_empty() => members,
            Some(_) => {
                self.tell(&path, "required", "a group has at least one condition");
                return None;
            }
            None => {
                self.tell(&path, "format", "a list of conditions and groups");
                return None;
            }
        };
        if members.len() > CONDITIONS_AT_MOST {
            self.tell(&path, "too_many", format!("at most {CONDITIONS_AT_MOST} conditions altogether"));
            return None;
        }
        let mut read = Vec::with_capacity(members.len());
        for (index, member) in members.iter().enumerate() {
            read.extend(self.expression(member, &format!("{path}[{index}]"), depth + 1));
        }
        Some(if name == "all" { Expression::All(read) } else { Expression::Any(read) })
    }

    fn condition(&mut self, object: &Map<String, Value>, path: &str) -> Option<Condition> {
        self.conditions += 1;
        if let Some(unknown) = object.keys().find(|name| !["field", "op", "value"].contains(&name.as_str())) {
            self.tell(&inside(path, unknown), "unknown_field", "a condition has field, op and value");
            return None;
        }
        let about = self.about(object, path)?;
        let ops = about.ops();
        let op: Op = self.word(object, path, "op", &ops)?;
        let value = object.get("value").unwrap_or(&Value::Null);
        let path = inside(path, "value");
        match test(about.kind(), op, value) {
            Ok(test) => Some(Condition { about, test }),
            Err((code, detail)) => {
                self.tell(&path, code, detail);
                None
            }
        }
    }

    fn about(&mut self, object: &Map<String, Value>, path: &str) -> Option<About> {
        let Some(key) = object.get("field").and_then(Value::as_str).and_then(|name| name.strip_prefix(OF_CONTACT))
        else {
            return match self.subject {
                Subject::Interactions => self.word(object, path, "field", Field::ALL).map(About::Row),
                Subject::Contacts => self.word(object, path, "field", Person::ALL).map(About::Person),
            };
        };
        match self.own.iter().find(|own| own.key == key) {
            Some(own) if own.is_hidden_by(self.hidden) => {
                self.tell(&inside(path, "field"), "masked", "this field is hidden from you and cannot be searched");
                None
            }
            Some(own) => Some(own.clone().into()),
            None => {
                self.tell(&inside(path, "field"), "unknown", "contacts have no such field");
                None
            }
        }
    }

    /// One of a few words.
    fn word<T: std::str::FromStr + Copy + PartialEq + std::fmt::Display>(
        &mut self,
        object: &Map<String, Value>,
        path: &str,
        name: &str,
        known: &[T],
    ) -> Option<T> {
        let path = inside(path, name);
        let Some(word) = object.get(name) else {
            self.tell(&path, "required", "this is missing");
            return None;
        };
        let read = word.as_str().and_then(|word| word.parse().ok()).filter(|read| known.contains(read));
        if read.is_none() {
            let known: Vec<String> = known.iter().map(T::to_string).collect();
            self.tell(&path, "unknown", format!("one of {}", known.join(", ")));
        }
        read
    }
}

fn inside(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

type Misfit = (&'static str, String);

fn test(kind: Kind, op: Op, value: &Value) -> Result<Test, Misfit> {
    Ok(match op {
        Op::Empty | Op::Filled if !value.is_null() => return Err(("unknown_field", format!("{op} takes no value"))),
        Op::Empty => Test::Empty,
        Op::Filled => Test::Filled,
        Op::Contains => Test::Contains(text(kind, value)?),
        Op::StartsWith => Test::StartsWith(text(kind, value)?),
        Op::Is => match kind {
            Kind::Number | Kind::Decimal => Test::Equals(number(kind, value)?),
            Kind::Flag => Test::Flag(value.as_bool().ok_or_else(|| format_of("true or false"))?),
            _ => Test::Is(text(kind, value)?),
        },
        Op::Above => Test::Above(number(kind, value)?),
        Op::Below => Test::Below(number(kind, value)?),
        Op::Before => Test::Before(instant(value)?),
        Op::After => Test::After(instant(value)?),
        Op::Between => {
            let (from, to) = match value.as_array().map(Vec::as_slice) {
                Some([from, to]) => (from, to),
                _ => return Err(format_of("the first and the last, as a list of two")),
            };
            let backwards = || ("out_of_range", "the first must not be after the last".to_owned());
            if kind == Kind::Date {
                let (from, to) = (instant(from)?, instant(to)?);
                if from > to {
                    return Err(backwards());
                }
                Test::Between(from, to)
            } else {
                let (from, to) = (number(kind, from)?, number(kind, to)?);
                if from.as_f64() > to.as_f64() {
                    return Err(backwards());
                }
                Test::Among(from, to)
            }
        }
        Op::LastDays => match whole(value)? {
            days @ 1..=DAYS_AT_MOST => Test::LastDays(days),
            _ => return Err(("out_of_range", format!("1 to {DAYS_AT_MOST} days"))),
        },
        Op::AnyOf => Test::AnyOf(choices(kind, value)?),
        Op::NoneOf => Test::NoneOf(choices(kind, value)?),
    })
}

fn format_of(wanted: &str) -> Misfit {
    ("format", wanted.to_owned())
}

fn text(kind: Kind, value: &Value) -> Result<String, Misfit> {
    let text = value.as_str().ok_or_else(|| format_of("a text"))?;
    if text.chars().count() > TEXT_AT_MOST {
        return Err(("too_long", format!("at most {TEXT_AT_MOST} characters")));
    }
    let nothing = if kind == Kind::Digits { digits(text).is_empty() } else { words(text).is_empty() };
    if nothing || text.contains('\0') {
        let wanted = if kind == Kind::Digits { "digits to look for" } else { "words to look for" };
        return Err(("required", wanted.to_owned()));
    }
    Ok(text.to_owned())
}

fn whole(value: &Value) -> Result<i64, Misfit> {
    value.as_i64().ok_or_else(|| format_of("a whole number"))
}

fn number(kind: Kind, value: &Value) -> Result<Number, Misfit> {
    if kind == Kind::Number {
        return whole(value).map(Number::from);
    }
    value.as_number().cloned().ok_or_else(|| format_of("a number, such as 12.5"))
}

fn instant(value: &Value) -> Result<Timestamp, Misfit> {
    value.as_str().and_then(|text| text.parse().ok()).ok_or_else(|| format_of("an instant, as 2026-03-01T00:00:00Z"))
}

fn choices(kind: Kind, value: &Value) -> Result<Vec<Choice>, Misfit> {
    let list = value.as_array().ok_or_else(|| format_of("a list"))?;
    if list.is_empty() {
        return Err(("required", "at least one".to_owned()));
    }
    if list.len() > CHOICES_AT_MOST {
        return Err(("too_many", format!("at most {CHOICES_AT_MOST}")));
    }
    list.iter().map(|one| choice(kind, one)).collect()
}

fn choice(kind: Kind, value: &Value) -> Result<Choice, Misfit> {
    match kind {
        Kind::OneOf(known) => match value.as_str().filter(|word| known.contains(word)) {
            Some(word) => Ok(Choice::Word(word.to_owned())),
            None => Err(("unknown", format!("some of {}", known.join(", ")))),
        },
        Kind::Choices => match value.as_str() {
            Some(choice) if choice.chars().count() > TEXT_AT_MOST => {
                Err(("too_long", format!("at most {TEXT_AT_MOST} characters")))
            }
            Some(choice) if !choice.contains('\0') => Ok(Choice::Word(choice.to_owned())),
            _ => Err(format_of("choices of the field")),
        },
        Kind::Users if value == ME => Ok(Choice::Word(ME.to_owned())),
        Kind::Users => value.as_i64().map(Choice::Id).ok_or_else(|| format_of("ids of users, or me")),
        _ => value.as_i64().map(Choice::Id).ok_or_else(|| format_of("ids")),
    }
}
