//! Which column of a file is what.

use serde::{Deserialize, Serialize};

use crate::field::Field;
use crate::message::UnknownWord;
use crate::search::words;

/// What a column is of a contact, written as `phone` or `field:tier`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Column {
    Of(Part),
    /// A custom field, by its key.
    Field(String),
}

crate::message::words! {
    /// What every contact has.
    Part {
        FirstName = "first_name",
        LastName = "last_name",
        /// First and last name in one.
        Name = "name",
        Phone = "phone",
        Mobile = "mobile",
        /// Further numbers. Several columns may be.
        Number = "number",
        Email = "email",
        Company = "company",
        Address = "address",
        DateOfBirth = "date_of_birth",
        Description = "description",
        Url = "url",
        Language = "language",
        /// Tags, with commas or semicolons between them. Several columns may be.
        Tags = "tags",
    }
}

impl Part {
    /// Whether more than one column may be it.
    pub const fn is_repeatable(self) -> bool {
        matches!(self, Self::Number | Self::Tags)
    }

    /// What columns are called that are it, folded, in the languages of the desktop.
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::FirstName => &[
                "first name",
                "first",
                "firstname",
                "given name",
                "forename",
                "nome",
                "nome di battesimo",
                "nombre",
                "prenom",
                "vorname",
                "primeiro nome",
            ],
            Self::LastName => &[
                "last name",
                "last",
                "lastname",
                "surname",
                "family name",
                "cognome",
                "apellido",
                "apellidos",
                "sobrenome",
                "apelido",
                "nom",
                "nom de famille",
                "nachname",
                "familienname",
            ],
            Self::Name => &[
                "name",
                "full name",
                "fullname",
                "contact",
                "contact name",
                "customer",
                "customer name",
                "nominativo",
                "nome e cognome",
                "nome cognome",
                "cliente",
                "nombre completo",
                "nome completo",
                "nom complet",
                "kunde",
                "kundenname",
            ],
            Self::Phone => &[
                "phone",
                "phone number",
                "telephone",
                "tel",
                "telefono",
                "numero di telefono",
                "telefone",
                "telephone 1",
                "phone 1",
                "telefon",
                "telefonnummer",
                "numero de telefono",
                "numero de telephone",
            ],
            Self::Mobile => &[
                "mobile",
                "mobile phone",
                "mobile number",
                "cell",
                "cell phone",
                "cellphone",
                "whatsapp",
                "whatsapp number",
                "cellulare",
                "movil",
                "celular",
                "telemovel",
                "portable",
                "mobil",
                "handy",
                "mobiltelefon",
                "handynummer",
            ],
            Self::Number => &[
                "other phone",
                "additional phone",
                "work phone",
                "home phone",
                "fax",
                "phone 2",
                "phone 3",
                "telefono 2",
                "altro telefono",
                "telefono ufficio",
                "telefono casa",
                "otro telefono",
                "outro telefone",
                "autre telephone",
                "weitere nummer",
                "telefon 2",
            ],
            Self::Email => &[
                "email",
                "e mail",
                "mail",
                "email address",
                "e mail address",
                "indirizzo email",
                "indirizzo e mail",
                "posta elettronica",
                "correo",
                "correo electronico",
                "courriel",
                "adresse e mail",
                "e mail adresse",
            ],
            Self::Company => &[
                "company",
                "company name",
                "organisation",
                "organization",
                "azienda",
                "societa",
                "ditta",
                "ragione sociale",
                "empresa",
                "compania",
                "entreprise",
                "societe",
                "firma",
                "unternehmen",
            ],
            Self::Address => &[
                "address",
                "postal address",
                "street",
                "indirizzo",
                "via",
                "direccion",
                "domicilio",
                "endereco",
                "morada",
                "adresse",
                "anschrift",
                "strasse",
            ],
            Self::DateOfBirth => &[
                "date of birth",
                "birth date",
                "birthdate",
                "birthday",
                "dob",
                "data di nascita",
                "nascita",
                "compleanno",
                "fecha de nacimiento",
                "data de nascimento",
                "date de naissance",
                "geburtsdatum",
                "geburtstag",
            ],
            Self::Description => &[
                "description",
                "note",
                "notes",
                "comment",
                "comments",
                "descrizione",
                "commento",
                "descripcion",
                "notas",
                "descricao",
                "remarque",
                "remarques",
                "beschreibung",
                "bemerkung",
                "notiz",
            ],
            Self::Url => {
                &["url", "website", "web", "web site", "site", "sito", "sito web", "sitio web", "site web", "webseite"]
            }
            Self::Language => &["language", "lang", "locale", "lingua", "idioma", "langue", "sprache"],
            Self::Tags => {
                &["tags", "tag", "label", "labels", "etichette", "etichetta", "etiquetas", "etiquettes", "schlagworte"]
            }
        }
    }
}

impl Column {
    fn is_repeatable(&self) -> bool {
        matches!(self, Self::Of(part) if part.is_repeatable())
    }
}

impl std::fmt::Display for Column {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Of(part) => part.fmt(f),
            Self::Field(key) => write!(f, "field:{key}"),
        }
    }
}

impl From<Column> for String {
    fn from(column: Column) -> Self {
        column.to_string()
    }
}

impl TryFrom<String> for Column {
    type Error = UnknownWord;

    fn try_from(text: String) -> Result<Self, UnknownWord> {
        match text.strip_prefix("field:") {
            Some(key) => Ok(Self::Field(key.to_owned())),
            None => text.parse().map(Self::Of),
        }
    }
}

/// What each column probably is, by its heading, else by what stands in it; `None` where nothing speaks for anything.
/// `rows` are the first of the file, `fields` the custom fields of the list.
pub fn guess(headings: &[String], rows: &[Vec<String>], fields: &[Field]) -> Vec<Option<Column>> {
    let mut guessed: Vec<Option<Column>> = vec![None; headings.len()];
    let mut taken: Vec<Column> = Vec::new();
    let mut take = |place: &mut Option<Column>, column: Column| {
        if place.is_none() && (column.is_repeatable() || !taken.contains(&column)) {
            taken.push(column.clone());
            *place = Some(column);
        }
    };
    for (place, heading) in guessed.iter_mut().zip(headings) {
        let heading = words(heading);
        let own = fields.iter().find(|field| words(&field.name) == heading || words(&field.key) == heading);
        let part = || Part::ALL.iter().find(|part| part.names().contains(&heading.as_str()));
        let own = own.map(|field| Column::Field(field.key.clone()));
        if let Some(column) = own.or_else(|| part().map(|part| Column::Of(*part))) {
            take(place, column);
        }
    }
    for (index, place) in guessed.iter_mut().enumerate() {
        let cells = || rows.iter().filter_map(|row| row.get(index)).map(|cell| cell.trim()).filter(|it| !it.is_empty());
        let all = cells().count();
        // Four of five, so that a few odd ones do not hide what the rest is.
        let mostly = |is: fn(&str) -> bool| all > 0 && cells().filter(|cell| is(cell)).count() * 5 >= all * 4;
        if mostly(is_email) {
            take(place, Column::Of(Part::Email));
        } else if mostly(is_number) {
            take(place, Column::Of(Part::Phone));
        }
    }
    // A column called so beside one for the last name holds the first.
    let named = |guessed: &[Option<Column>], part| guessed.iter().position(|it| *it == Some(Column::Of(part)));
    if let Some(name) = named(&guessed, Part::Name)
        && named(&guessed, Part::LastName).is_some()
        && named(&guessed, Part::FirstName).is_none()
    {
        guessed[name] = Some(Column::Of(Part::FirstName));
    }
    guessed
}

/// Whether a file's first row names its columns: none of it looks like what stands below.
pub fn has_heading(row: &[String]) -> bool {
    row.iter().all(|cell| !is_email(cell.trim()) && !is_number(cell.trim()))
}

fn is_email(cell: &str) -> bool {
    cell.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains(' '))
}

/// It looks like a phone number with its country, or like a long one.
fn is_number(cell: &str) -> bool {
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    let plain = cell.chars().all(|c| c.is_ascii_digit() || " +-().\u{a0}/".contains(c));
    plain && (9..=15).contains(&digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(headings: &[&str], rows: &[&[&str]]) -> Vec<Option<String>> {
        let own = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let rows: Vec<Vec<String>> = rows.iter().map(|row| own(row)).collect();
        guess(&own(headings), &rows, &[]).into_iter().map(|column| column.map(String::from)).collect()
    }

    fn some(columns: &[&str]) -> Vec<Option<String>> {
        columns.iter().map(|column| Some((*column).to_owned()).filter(|it| !it.is_empty())).collect()
    }

    #[test]
    fn headings_are_known_in_every_language() {
        assert_eq!(
            guessed(&["Nome", "COGNOME", "Cellulare", "E-Mail", "Ragione sociale", "Codice"], &[]),
            some(&["first_name", "last_name", "mobile", "email", "company", ""])
        );
        assert_eq!(
            guessed(&["Vorname", "Nachname", "Telefon", "Telefon 2"], &[]),
            some(&["first_name", "last_name", "phone", "number"])
        );
        assert_eq!(guessed(&["Name", "Nachname"], &[]), some(&["first_name", "last_name"]));
        assert_eq!(guessed(&["Customer", "Tel."], &[]), some(&["name", "phone"]));
    }

    #[test]
    fn what_is_called_nothing_is_known_by_what_it_holds() {
        let rows: &[&[&str]] = &[&["Anna", "+39 333 1234567", "anna@example.com"], &["Ugo", "+39 333 7654321", ""]];
        assert_eq!(guessed(&["A", "B", "C"], rows), some(&["", "phone", "email"]));
    }

    #[test]
    fn nothing_is_taken_twice() {
        assert_eq!(guessed(&["email", "mail", "tag", "tags"], &[]), some(&["email", "", "tags", "tags"]));
    }
}
