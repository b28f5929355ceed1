//! Which files may be sent, and as what. The bytes decide, never the name; and WhatsApp's own limits are known before
//! anything leaves.

use crate::media::dimensions;
use crate::message::{Kind, words};

const KB: u64 = 1024;
const MB: u64 = 1024 * KB;
/// The side of a sticker, in pixels.
const STICKER_SIDE: u32 = 512;

/// The most bytes WhatsApp takes of a kind; `None` for what is no file.
pub const fn limit(kind: Kind, animated: bool) -> Option<u64> {
    match kind {
        Kind::Image => Some(5 * MB),
        Kind::Video | Kind::Audio | Kind::Voice => Some(16 * MB),
        Kind::Document => Some(100 * MB),
        Kind::Sticker if animated => Some(500 * KB),
        Kind::Sticker => Some(100 * KB),
        _ => None,
    }
}

/// Whether words can stand under a file of this kind.
pub const fn takes_caption(kind: Kind) -> bool {
    matches!(kind, Kind::Image | Kind::Video | Kind::Document)
}

/// What is known of a file from its name and its first bytes.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    pub name: Option<&'a str>,
    pub head: &'a [u8],
    /// The type that the first bytes name, where they do.
    pub sniffed: Option<&'a str>,
}

/// What a file is sent as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    pub kind: Kind,
    /// Without parameters.
    pub mime: &'static str,
    /// With an ending that says what the file is.
    pub name: Option<String>,
    pub animated: bool,
}

words! {
    /// What somebody wanted to send, where it is not taken.
    Family { Picture = "picture", Video = "video", Audio = "audio", Other = "other" }
}

/// Why a file is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("there is nothing in it")]
    Empty,
    /// It could run on the customer's device.
    #[error("programs, scripts and web pages are not sent")]
    Dangerous,
    #[error("WhatsApp does not take a {0} of this type")]
    NotTaken(Family),
    /// WhatsApp takes Ogg with Opus and one channel only.
    #[error("the sound in it is not Opus with one channel")]
    NotOpus,
}

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const PPTX: &str = "application/vnd.openxmlformats-officedocument.presentationml.presentation";

/// Endings that open programs, whatever is in the file.
const RUNS: &[&str] = &[
    "apk", "app", "bat", "cmd", "com", "cpl", "dll", "dmg", "exe", "gadget", "hta", "htm", "html", "inf", "ins", "iso",
    "jar", "js", "jse", "lnk", "mht", "mhtml", "msc", "msi", "msp", "pif", "pkg", "ps1", "reg", "scf", "scr", "sh",
    "svg", "svgz", "url", "vb", "vbe", "vbs", "wsf", "wsh", "xhtml", "xht",
];

/// Types that run, as their first bytes name them.
const PROGRAMS: &[&str] = &[
    "application/vnd.microsoft.portable-executable",
    "application/x-executable",
    "application/x-mach-binary",
    "application/java",
    "application/llvm",
    "application/wasm",
    "application/x-sh",
    "application/vnd.android.dex",
    "application/vnd.android.dey",
    "application/vnd.debian.binary-package",
    "application/x-rpm",
    "text/html",
    "text/x-shellscript",
    "text/xml",
];

/// What a file is sent as.
pub fn fit(seen: &Seen<'_>) -> Result<Fit, Unfit> {
    if seen.head.is_empty() {
        return Err(Unfit::Empty);
    }
    let ending = seen.name.and_then(ending);
    if ending.as_deref().is_some_and(|ending| RUNS.contains(&ending)) {
        return Err(Unfit::Dangerous);
    }
    let document = |mime, right: &[&str]| Ok(as_document(mime, seen.name, ending.as_deref(), right));
    let plain = |kind, mime| Ok(Fit { kind, mime, name: None, animated: false });
    // 3GP and sound alone are told from MP4 by its brand.
    match seen.head.get(4..11) {
        Some(b"ftyp3gp" | b"ftyp3g2") => return plain(Kind::Video, "video/3gpp"),
        Some([b'f', b't', b'y', b'p', b'M', b'4', b'A' | b'B']) => return plain(Kind::Audio, "audio/mp4"),
        _ => {}
    }
    match seen.sniffed.unwrap_or_default() {
        "image/jpeg" => plain(Kind::Image, "image/jpeg"),
        "image/png" => plain(Kind::Image, "image/png"),
        "image/webp" if dimensions(seen.head) == Some((STICKER_SIDE, STICKER_SIDE)) => {
            let animated = animated(seen.head);
            Ok(Fit { kind: Kind::Sticker, mime: "image/webp", name: None, animated })
        }
        "video/mp4" | "video/x-m4v" => plain(Kind::Video, "video/mp4"),
        "audio/mpeg" => plain(Kind::Audio, "audio/mpeg"),
        "audio/m4a" | "audio/mp4" => plain(Kind::Audio, "audio/mp4"),
        "audio/aac" => plain(Kind::Audio, "audio/aac"),
        "audio/amr" => plain(Kind::Audio, "audio/amr"),
        "audio/ogg" | "audio/opus" | "video/ogg" | "application/ogg" => {
            if one_channel_of_opus(seen.head) {
                plain(Kind::Audio, "audio/ogg")
            } else {
                Err(Unfit::NotOpus)
            }
        }
        "application/pdf" => document("application/pdf", &["pdf"]),
        "application/msword" => document("application/msword", &["doc", "dot"]),
        "application/vnd.ms-excel" => document("application/vnd.ms-excel", &["xls", "xlt"]),
        "application/vnd.ms-powerpoint" => document("application/vnd.ms-powerpoint", &["ppt", "pps"]),
        DOCX => document(DOCX, &["docx"]),
        XLSX => document(XLSX, &["xlsx"]),
        PPTX => document(PPTX, &["pptx"]),
        // What is in these containers, their endings say: neither runs by itself.
        "application/zip" => match ending.as_deref() {
            Some("docx") => document(DOCX, &["docx"]),
            Some("xlsx") => document(XLSX, &["xlsx"]),
            Some("pptx") => document(PPTX, &["pptx"]),
            _ => document("application/zip", &["zip"]),
        },
        other if PROGRAMS.contains(&other) => Err(Unfit::Dangerous),
        _ if seen.head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") => match ending.as_deref() {
            Some("doc" | "dot") => document("application/msword", &["doc", "dot"]),
            Some("xls" | "xlt") => document("application/vnd.ms-excel", &["xls", "xlt"]),
            Some("ppt" | "pps") => document("application/vnd.ms-powerpoint", &["ppt", "pps"]),
            _ => Err(Unfit::NotTaken(Family::Other)),
        },
        "" if is_text(seen.head) => {
            if runs_as_text(seen.head) {
                return Err(Unfit::Dangerous);
            }
            document("text/plain", &["txt", "csv", "log", "md", "json", "ics", "vcf", "tsv"])
        }
        other => Err(Unfit::NotTaken(family(other))),
    }
}

/// The least bytes from which [`fit`] can tell a file, and how large a picture is past a phone's thumbnail in it.
pub const HEAD: usize = 128 * 1024;

fn as_document(mime: &'static str, name: Option<&str>, ending: Option<&str>, right: &[&str]) -> Fit {
    let usual = right.first().copied().unwrap_or("bin");
    let name = match name.map(clean).filter(|name| !name.is_empty()) {
        Some(name) if ending.is_some_and(|ending| right.contains(&ending)) => name,
        // A name that promises something else gets the ending of what it is.
        Some(name) => format!("{name}.{usual}"),
        None => format!("document.{usual}"),
    };
    Fit { kind: Kind::Document, mime, name: Some(name), animated: false }
}

/// A name without folders, without what cannot be printed, and not longer than phones show.
fn clean(name: &str) -> String {
    const CHARACTERS: usize = 200;
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    // Marks that turn the direction of writing hide endings.
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let shown: Vec<char> = base.trim().chars().filter(|c| !c.is_control() && !turns(*c)).collect();
    // The end of a long name says what the file is.
    let begin = shown.len().saturating_sub(CHARACTERS);
    shown.get(begin..).unwrap_or_default().iter().collect()
}

fn ending(name: &str) -> Option<String> {
    let name = clean(name);
    let (stem, ending) = name.rsplit_once('.')?;
    let plain = !stem.is_empty() && (1..=10).contains(&ending.len()) && ending.chars().all(char::is_alphanumeric);
    plain.then(|| ending.to_lowercase())
}

fn family(mime: &str) -> Family {
    match mime.split('/').next() {
        Some("image") => Family::Picture,
        Some("video") => Family::Video,
        Some("audio") => Family::Audio,
        _ => Family::Other,
    }
}

fn animated(webp: &[u8]) -> bool {
    webp.get(12..16) == Some(b"VP8X") && webp.get(20).is_some_and(|flags| flags & 0x02 != 0)
}

fn one_channel_of_opus(head: &[u8]) -> bool {
    let found =
        head.get(..512.min(head.len())).unwrap_or_default().windows(10).find(|ten| ten.starts_with(b"OpusHead"));
    found.and_then(|ten| ten.get(9)) == Some(&1)
}

/// Text in any encoding that is written without NUL and without other controls than blanks.
fn is_text(head: &[u8]) -> bool {
    !head.iter().any(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127))
}

fn runs_as_text(head: &[u8]) -> bool {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    // A page, a drawing or a feed; a script.
    text.starts_with(b"<") || text.starts_with(b"#!")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(name: &str, head: &[u8], sniffed: Option<&str>) -> Result<(Kind, &'static str, Option<String>), Unfit> {
        fit(&Seen { name: Some(name), head, sniffed }).map(|fit| (fit.kind, fit.mime, fit.name))
    }

    fn webp(width: u32, height: u32, flags: u8) -> Vec<u8> {
        let mut bytes = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0".to_vec();
        bytes.extend([flags, 0, 0, 0]);
        bytes.extend(&(width - 1).to_le_bytes()[..3]);
        bytes.extend(&(height - 1).to_le_bytes()[..3]);
        bytes
    }

    #[test]
    fn the_bytes_say_what_it_is_sent_as() {
        let jpeg = Some("image/jpeg");
        assert_eq!(told("a.pdf", b"\xff\xd8\xff", jpeg), Ok((Kind::Image, "image/jpeg", None)));
        assert_eq!(told("a.mp4", b"....ftypisom", Some("video/mp4")), Ok((Kind::Video, "video/mp4", None)));
        assert_eq!(told("a.m4a", b"\0\0\0\x20ftypM4A ", Some("audio/m4a")), Ok((Kind::Audio, "audio/mp4", None)));
        assert_eq!(told("a.3gp", b"\0\0\0\x20ftyp3gp4", None), Ok((Kind::Video, "video/3gpp", None)));
        let mono = b"OggS\0\x02\0\0\0\0\0\0\0\0aaaabbbbcccc\x01\x13OpusHead\x01\x01";
        assert_eq!(told("a.ogg", mono, Some("audio/ogg")), Ok((Kind::Audio, "audio/ogg", None)));
        let named = |name: &str| Some(name.to_owned());
        assert_eq!(
            told("bill.pdf", b"%PDF", Some("application/pdf")),
            Ok((Kind::Document, "application/pdf", named("bill.pdf")))
        );
        assert_eq!(told("list.csv", b"a;b\n1;2", None), Ok((Kind::Document, "text/plain", named("list.csv"))),);
        assert_eq!(
            told("Angebot.docx", b"PK\x03\x04", Some("application/zip")),
            Ok((Kind::Document, DOCX, named("Angebot.docx")))
        );
    }

    #[test]
    fn a_webp_is_a_sticker_where_it_has_the_size_of_one() {
        let sticker = fit(&Seen { name: None, head: &webp(512, 512, 0x02), sniffed: Some("image/webp") });
        assert_eq!(sticker, Ok(Fit { kind: Kind::Sticker, mime: "image/webp", name: None, animated: true }));
        assert_eq!(told("a.webp", &webp(512, 300, 0), Some("image/webp")), Err(Unfit::NotTaken(Family::Picture)));
    }

    #[test]
    fn a_name_cannot_promise_what_the_bytes_are_not() {
        let name = |name: &str| told(name, b"%PDF", Some("application/pdf")).ok().and_then(|(_, _, name)| name);
        assert_eq!(name("bill.doc").as_deref(), Some("bill.doc.pdf"));
        assert_eq!(name("bill").as_deref(), Some("bill.pdf"));
        assert_eq!(name("../../etc/bill.PDF").as_deref(), Some("bill.PDF"));
        assert_eq!(name("C:\\temp\\bill.pdf").as_deref(), Some("bill.pdf"));
        assert_eq!(name("bill\u{202e}fdp.pdf").as_deref(), Some("billfdp.pdf"));
        assert_eq!(name("  ").as_deref(), Some("document.pdf"));
    }

    #[test]
    fn what_runs_is_refused_under_any_name() {
        for (name, head, sniffed) in [
            ("a.txt", &b"MZ\x90"[..], Some("application/vnd.microsoft.portable-executable")),
            ("a.txt", b"<!doctype html><script>", Some("text/html")),
            ("a.txt", b"  <svg onload=x>", None),
            ("a.txt", b"\xef\xbb\xbf<html>", None),
            ("a.txt", b"#!/bin/sh", None),
            ("a.svg", b"<?xml version='1.0'?><svg/>", Some("text/xml")),
            ("bill.pdf.exe", b"%PDF", Some("application/pdf")),
            ("photo.jpg\u{202e}gpj.scr", b"\xff\xd8\xff", Some("image/jpeg")),
            ("a.JS", b"alert(1)", None),
            ("a.jar", b"PK\x03\x04", Some("application/zip")),
        ] {
            assert_eq!(told(name, head, sniffed), Err(Unfit::Dangerous), "{name}");
        }
    }

    #[test]
    fn what_whatsapp_does_not_take_is_said_to_be_so() {
        assert_eq!(told("a.gif", b"GIF89a", Some("image/gif")), Err(Unfit::NotTaken(Family::Picture)));
        assert_eq!(told("a.mov", b"....ftypqt", Some("video/quicktime")), Err(Unfit::NotTaken(Family::Video)));
        assert_eq!(told("a.wav", b"RIFF", Some("audio/x-wav")), Err(Unfit::NotTaken(Family::Audio)));
        assert_eq!(told("a.bin", b"\0\x01\x02", None), Err(Unfit::NotTaken(Family::Other)));
        assert_eq!(told("a.ogg", b"OggS...vorbis", Some("audio/ogg")), Err(Unfit::NotOpus));
        assert_eq!(told("a.txt", b"", None), Err(Unfit::Empty));
    }

    #[test]
    fn every_kind_that_is_sent_has_a_limit() {
        for kind in [Kind::Image, Kind::Video, Kind::Audio, Kind::Voice, Kind::Document, Kind::Sticker] {
            assert!(limit(kind, false).is_some_and(|limit| limit > 0));
        }
        assert_eq!(limit(Kind::Text, false), None);
    }

    proptest! {
        #[test]
        fn a_name_of_any_kind_stays_a_name(name in "\\PC{0,300}") {
            if let Ok(fit) = fit(&Seen { name: Some(&name), head: b"%PDF-1.4", sniffed: Some("application/pdf") }) {
                let name = fit.name.unwrap_or_default();
                prop_assert!(name.to_lowercase().ends_with(".pdf"), "{name}");
                prop_assert!(!name.contains(['/', '\\']) && !name.chars().any(char::is_control));
                prop_assert!(name.chars().count() <= 210);
            }
        }

        #[test]
        fn no_bytes_upset_it(head in prop::collection::vec(any::<u8>(), 0..80), name in ".{0,20}") {
            for sniffed in [None, Some("audio/ogg"), Some("image/webp"), Some("application/zip")] {
                drop(fit(&Seen { name: Some(&name), head: &head, sniffed }));
            }
        }
    }
}
