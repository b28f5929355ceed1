//! Opus in Ogg (RFC 7845).

use ogg::writing::{PacketWriteEndInfo, PacketWriter};

use super::{Recording, Unplayable, Voice, packet};

/// One stream is in the file, so any number names it.
const SERIAL: u32 = 0x5052_4f4e;
/// Samples of a page: players jump from page to page.
const PAGE: u64 = 48_000;
/// Packets of a page: none of them needs more than a few of a page's 255 pieces.
const PACKETS: usize = 50;

/// One channel: a decoder mixes the two of a packet into it.
pub(super) fn ogg(recording: &Recording) -> Result<Voice, Unplayable> {
    let mut writer = PacketWriter::new(Vec::new());
    let mut put = |bytes: Vec<u8>, end, samples| {
        writer.write_packet(bytes, SERIAL, end, samples).map_err(|_| Unplayable::Damaged)
    };
    put(head(recording.pre_skip), PacketWriteEndInfo::EndPage, 0)?;
    put(tags(), PacketWriteEndInfo::EndPage, 0)?;
    let (mut samples, mut page, mut on_page) = (0, 0, 0);
    let mut packets = recording.packets.iter().peekable();
    while let Some(packet) = packets.next() {
        samples += packet::samples(packet).ok_or(Unplayable::Damaged)?;
        on_page += 1;
        let end = if packets.peek().is_none() {
            PacketWriteEndInfo::EndStream
        } else if samples - page >= PAGE || on_page >= PACKETS {
            (page, on_page) = (samples, 0);
            PacketWriteEndInfo::EndPage
        } else {
            PacketWriteEndInfo::NormalPacket
        };
        put(packet.clone(), end, samples)?;
    }
    let heard = samples.saturating_sub(u64::from(recording.pre_skip));
    Ok(Voice { bytes: writer.into_inner(), milliseconds: heard / 48 })
}

fn head(pre_skip: u16) -> Vec<u8> {
    let mut head = b"OpusHead\x01\x01".to_vec();
    head.extend(pre_skip.to_le_bytes());
    // What it was recorded at, for information; no gain; the plain order of channels.
    head.extend(48_000_u32.to_le_bytes());
    head.extend([0, 0, 0]);
    head
}

fn tags() -> Vec<u8> {
    const MAKER: &[u8] = b"Pronto";
    let mut tags = b"OpusTags".to_vec();
    tags.extend([MAKER.len() as u8, 0, 0, 0]);
    tags.extend(MAKER);
    tags.extend([0; 4]);
    tags
}
