//! Voice messages: what a browser recorded, put into the Ogg with Opus that WhatsApp plays as one. The sound itself is
//! never touched: its packets move from one container to the other.

mod mp4;
mod packet;
mod webm;
mod write;

use std::io::Cursor;

use ogg::PacketReader;

/// The type of what [`remux`] makes.
pub const MIME: &str = "audio/ogg";

/// Why a recording is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unplayable {
    /// A container we do not know.
    #[error("it is neither WebM, MP4 nor Ogg")]
    Container,
    /// The sound is of another kind: it can be sent, but not as a voice message.
    #[error("the sound in it is not Opus")]
    NotOpus,
    #[error("it is broken off or damaged")]
    Damaged,
    #[error("there is no sound in it")]
    Silent,
}

/// A recording in a container of any kind.
#[derive(Debug, PartialEq, Eq)]
struct Recording {
    /// Samples to leave out at the beginning.
    pre_skip: u16,
    packets: Vec<Vec<u8>>,
}

/// What a recording became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// Ogg with Opus, one channel.
    pub bytes: Vec<u8>,
    pub milliseconds: u64,
}

/// Puts a recording with Opus in it into Ogg.
pub fn remux(bytes: &[u8]) -> Result<Voice, Unplayable> {
    let recording = if webm::is(bytes) {
        webm::read(bytes)?
    } else if mp4::is(bytes) {
        mp4::read(bytes)?
    } else if bytes.starts_with(b"OggS") {
        ogg(bytes)?
    } else {
        return Err(Unplayable::Container);
    };
    if recording.packets.is_empty() {
        return Err(Unplayable::Silent);
    }
    write::ogg(&recording)
}

fn ogg(bytes: &[u8]) -> Result<Recording, Unplayable> {
    let mut reader = PacketReader::new(Cursor::new(bytes));
    let mut next = || reader.read_packet().map_err(|_| Unplayable::Damaged);
    let head = next()?.ok_or(Unplayable::Silent)?;
    if !head.data.starts_with(b"OpusHead") {
        return Err(Unplayable::NotOpus);
    }
    let pre_skip = pre_skip(&head.data).ok_or(Unplayable::Damaged)?;
    // The tags say who made it.
    next()?.ok_or(Unplayable::Silent)?;
    let mut packets = Vec::new();
    while let Some(packet) = next()? {
        if packet.stream_serial() == head.stream_serial() {
            packets.push(packet.data);
        }
    }
    Ok(Recording { pre_skip, packets })
}

/// The samples to leave out, from an `OpusHead`.
fn pre_skip(head: &[u8]) -> Option<u16> {
    if !head.starts_with(b"OpusHead") {
        return None;
    }
    head.get(10..12).and_then(|two| two.try_into().ok()).map(u16::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WEBM: &[u8] = include_bytes!("../../tests/voice/sound.webm");
    const LIVE: &[u8] = include_bytes!("../../tests/voice/live.webm");
    const MP4: &[u8] = include_bytes!("../../tests/voice/sound.mp4");
    const PIECES: &[u8] = include_bytes!("../../tests/voice/pieces.mp4");
    const OGG: &[u8] = include_bytes!("../../tests/voice/stereo.ogg");
    const AAC: &[u8] = include_bytes!("../../tests/voice/aac.mp4");
    const VORBIS: &[u8] = include_bytes!("../../tests/voice/vorbis.ogg");

    fn packets(bytes: &[u8]) -> Recording {
        ogg(bytes).expect("an Ogg file with Opus")
    }

    #[test]
    fn whatever_the_browser_recorded_is_the_same_sound_in_ogg() {
        // One sound, in every container a browser records in.
        let sound = packets(&remux(WEBM).expect("made").bytes);
        for (name, bytes) in [("live", LIVE), ("mp4", MP4), ("pieces", PIECES)] {
            let made = remux(bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(packets(&made.bytes).packets, sound.packets, "{name}");
            assert!(made.milliseconds.abs_diff(1_000) <= 40, "{name}: {} ms", made.milliseconds);
        }
        assert_eq!(sound.pre_skip, 312);
    }

    #[test]
    fn it_is_one_channel_whatever_came() {
        for bytes in [WEBM, MP4, OGG] {
            let made = remux(bytes).expect("made").bytes;
            let head = made.windows(8).position(|eight| eight == b"OpusHead").expect("a head");
            assert_eq!((made[head + 8], made[head + 9]), (1, 1), "version 1, one channel");
        }
    }

    #[test]
    fn pages_are_marked_at_both_ends_and_count_every_sample() {
        let made = remux(WEBM).expect("made");
        let mut reader = PacketReader::new(Cursor::new(&made.bytes));
        let (mut last, mut first, mut counted) = (None, true, 0);
        while let Some(packet) = reader.read_packet().expect("well-formed") {
            assert_eq!(packet.first_in_stream(), first);
            first = false;
            if !packet.data.starts_with(b"Opus") {
                counted += packet::samples(&packet.data).expect("an Opus packet");
            }
            last = Some((packet.last_in_stream(), packet.absgp_page()));
        }
        assert_eq!(last, Some((true, counted)));
    }

    #[test]
    fn other_sounds_are_told_apart_from_damage() {
        assert_eq!(remux(AAC), Err(Unplayable::NotOpus));
        assert_eq!(remux(VORBIS), Err(Unplayable::NotOpus));
        assert_eq!(remux(b"\x89PNG\r\n\x1a\n"), Err(Unplayable::Container));
        assert_eq!(remux(b""), Err(Unplayable::Container));
        assert_eq!(remux(&WEBM[..300]), Err(Unplayable::Silent));
        assert!(remux(&MP4[..MP4.len() / 2]).is_err());
    }

    #[test]
    fn what_was_broken_off_is_sent_as_far_as_it_goes() {
        let whole = packets(&remux(LIVE).expect("made").bytes).packets;
        let part = packets(&remux(&LIVE[..LIVE.len() / 2]).expect("made").bytes).packets;
        assert!(!part.is_empty() && part.len() < whole.len());
        assert_eq!(part, whole[..part.len()]);
    }

    proptest! {
        #[test]
        fn no_bytes_upset_it(
            which in 0usize..5,
            at in 0usize..4_000,
            patch in prop::collection::vec(any::<u8>(), 0..16),
            cut in 0usize..8_000,
        ) {
            let mut bytes = [WEBM, LIVE, MP4, PIECES, OGG][which].to_vec();
            for (place, byte) in bytes.iter_mut().skip(at).zip(patch) {
                *place = byte;
            }
            bytes.truncate(cut.max(8));
            if let Ok(made) = remux(&bytes) {
                // Whatever it makes can be read again, and is the same when made again.
                let again = remux(&made.bytes).expect("what was made is well-formed");
                prop_assert_eq!(again.bytes, made.bytes);
            }
        }

        #[test]
        fn any_packets_come_out_as_they_went_in(
            pre_skip in any::<u16>(),
            packets in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..700), 1..300),
        ) {
            let playable: Vec<Vec<u8>> =
                packets.into_iter().filter(|packet| packet::samples(packet).is_some()).collect();
            prop_assume!(!playable.is_empty());
            let recording = Recording { pre_skip, packets: playable };
            let made = write::ogg(&recording).expect("written");
            prop_assert_eq!(ogg(&made.bytes).expect("read"), recording);
        }
    }
}
