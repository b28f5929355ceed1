//! What a file is called in an archive: as whoever sent it called it, and so that every system can unpack it.

/// The most bytes of a name; file systems end at 255, and a folder stands before it.
const BYTES_AT_MOST: usize = 180;
/// The most letters of what stands after the last dot.
const ENDING_AT_MOST: usize = 10;

/// The name of a file in an archive. The number in front makes it the only one of its name, and no name of a device;
/// what is left of `name` is a name on Windows too, and says what it seems to say.
pub fn file_name(id: i64, name: Option<&str>, mime: &str) -> String {
    let name = name.map(plain).unwrap_or_default();
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if is_ending(ending) => (stem, ending.to_owned()),
        _ => (name.as_str(), ending_of(mime)),
    };
    let mut whole = format!("{id} ");
    let room = BYTES_AT_MOST.saturating_sub(whole.len() + ending.len() + 1);
    let mut end = stem.len().min(room);
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    whole.push_str(&stem[..end]);
    whole.truncate(whole.trim_end_matches([' ', '.']).len());
    format!("{whole}.{ending}")
}

/// Without what a file system, a shell or an eye takes for something else.
fn plain(name: &str) -> String {
    let kept: String = name
        .chars()
        .filter(|c| !is_hidden(*c))
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| !c.is_control())
        .map(|c| if "<>:\"/\\|?*".contains(c) { '_' } else { c })
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ").trim_matches([' ', '.']).to_owned()
}

/// Marks that nobody sees, some of which turn the order of what one reads.
const fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn is_ending(text: &str) -> bool {
    (1..=ENDING_AT_MOST).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The usual ending of a type.
fn ending_of(mime: &str) -> String {
    let mime = mime.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let known = match mime.as_str() {
        "image/jpeg" => "jpg",
        "video/3gpp" => "3gp",
        "audio/mpeg" => "mp3",
        "audio/mp4" => "m4a",
        "text/plain" => "txt",
        other => other.rsplit('/').next().unwrap_or_default(),
    };
    if is_ending(known) { known.to_owned() } else { "bin".to_owned() }
}
