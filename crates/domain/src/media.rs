//! What is known of a file from its bytes, and how patiently it is fetched.

use jiff::SignedDuration;

/// Files larger than this are not fetched: more than WhatsApp lets anyone send.
pub const LARGEST: u64 = 100 * 1024 * 1024;

/// How long to wait after `tries` tries that went wrong (1 for the first); `None` once a day has been spent on it.
pub fn again(tries: i64) -> Option<SignedDuration> {
    const MINUTE: i64 = 60;
    const HOUR: i64 = 60 * MINUTE;
    let waits = [1, 5, 30, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 8 * HOUR];
    let place = usize::try_from(tries.max(1) - 1).ok()?;
    waits.get(place).copied().map(SignedDuration::from_secs)
}

/// The type to serve a file under: what its bytes say, where they say it more exactly than the sender did.
pub fn mime(declared: &str, sniffed: Option<&str>) -> String {
    let essence = declared.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    let well_formed = essence.split_once('/').is_some_and(|(kind, name)| {
        let plain = |part: &str| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b))
        };
        plain(kind) && plain(name)
    });
    let declared = if well_formed { essence } else { "application/octet-stream".to_owned() };
    match sniffed {
        None => declared,
        // A container says less than what is in it, when the sender names a kind of that container.
        Some("application/zip") if declared.starts_with("application/") && declared != "application/octet-stream" => {
            declared
        }
        Some("application/x-ole-storage") if declared.starts_with("application/") => declared,
        // The same container with and without pictures.
        Some("video/mp4" | "video/webm" | "video/3gpp" | "audio/mp4" | "audio/m4a")
            if declared.starts_with("audio/") =>
        {
            declared
        }
        Some(sniffed) => sniffed.to_owned(),
    }
}

/// Width and height of a PNG, JPEG, GIF or WebP picture, from its first bytes.
pub fn dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    let size = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        (big(bytes, 16, 4)?, big(bytes, 20, 4)?)
    } else if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        (little(bytes, 6, 2)?, little(bytes, 8, 2)?)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12)? == b"WEBP" {
        webp(bytes)?
    } else if bytes.starts_with(&[0xff, 0xd8]) {
        jpeg(bytes)?
    } else {
        return None;
    };
    (size.0 > 0 && size.1 > 0).then_some(size)
}

fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    match bytes.get(12..16)? {
        b"VP8X" => Some((little(bytes, 24, 3)? + 1, little(bytes, 27, 3)? + 1)),
        b"VP8L" => {
            let bits = little(bytes, 21, 4)?;
            Some(((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1))
        }
        b"VP8 " => Some((little(bytes, 26, 2)? & 0x3fff, little(bytes, 28, 2)? & 0x3fff)),
        _ => None,
    }
}

/// Walks the segments to the frame header.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        match *bytes.get(at + 1)? {
            // Filling before a marker.
            0xff => at += 1,
            // Markers without a body.
            0x01 | 0xd0..=0xd8 => at += 2,
            // Frame headers; c4, c8 and cc are something else.
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Some((big(bytes, at + 7, 2)?, big(bytes, at + 5, 2)?));
            }
            // The picture itself, or its end: no frame header came.
            0xd9 | 0xda => return None,
            _ => {
                let length = usize::try_from(big(bytes, at + 2, 2)?).ok()?;
                at += 2 + length.max(2);
            }
        }
    }
}

fn big(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    Some(bytes.get(at..at + length)?.iter().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}

fn little(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    Some(bytes.get(at..at + length)?.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn pictures_tell_their_size() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x06";
        assert_eq!(dimensions(png), Some((640, 480)));
        assert_eq!(dimensions(b"GIF89a\x40\x01\xf0\x00\x00"), Some((320, 240)));
        let jpeg = b"\xff\xd8\xff\xe0\0\x04JF\xff\xdb\0\x03\0\xff\xc2\0\x11\x08\x01\xe0\x02\x80\x03";
        assert_eq!(dimensions(jpeg), Some((640, 480)));
        let extended = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x3f\x01\0\xef\0\0";
        assert_eq!(dimensions(extended), Some((320, 240)));
        let lossless = b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x3f\xc1\x3b\x00";
        assert_eq!(dimensions(lossless), Some((320, 240)));
        let lossy = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x40\x01\xf0\0";
        assert_eq!(dimensions(lossy), Some((320, 240)));
        assert_eq!(dimensions(b"OggS"), None);
        assert_eq!(dimensions(b"\xff\xd8\xff\xd9"), None);
    }

    proptest! {
        #[test]
        fn no_bytes_upset_it(magic in 0usize..5, bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            let magics: [&[u8]; 5] =
                [b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\0\0\0\0WEBPVP8 ", &[0xff, 0xd8, 0xff]];
            dimensions(&[magics[magic], &bytes].concat());
        }
    }

    #[test]
    fn the_bytes_decide_what_a_file_is() {
        assert_eq!(mime("image/jpeg", Some("image/png")), "image/png");
        assert_eq!(mime("audio/ogg; codecs=opus", Some("audio/ogg")), "audio/ogg");
        assert_eq!(mime("audio/ogg; codecs=opus", None), "audio/ogg");
        assert_eq!(mime("audio/mp4", Some("video/mp4")), "audio/mp4");
        assert_eq!(mime("text/html\r\nx: y", None), "application/octet-stream");
        assert_eq!(mime("", Some("application/pdf")), "application/pdf");
        let docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        assert_eq!(mime(docx, Some("application/zip")), docx);
        assert_eq!(mime("image/png", Some("application/zip")), "application/zip");
    }

    #[test]
    fn patience_ends_after_a_day() {
        assert_eq!(again(1), Some(SignedDuration::from_secs(1)));
        let all: i64 = (1..).map_while(again).map(|wait| wait.as_secs()).sum();
        assert!((20 * 3600..=25 * 3600).contains(&all), "{all}");
    }
}
