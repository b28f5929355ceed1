//! Opus out of MP4 (ISO 14496-12 and *Encapsulation of Opus in ISO Base Media File Format*): whole files with a table
//! of their samples, and files in fragments, as recorders write them.

use super::{Recording, Unplayable};

/// More packets than an hour has are not counted on.
const PACKETS_AT_MOST: usize = 1 << 20;

pub(super) fn is(bytes: &[u8]) -> bool {
    bytes.get(4..8) == Some(b"ftyp")
}

/// The track with Opus.
struct Track<'a> {
    id: u32,
    pre_skip: u16,
    table: &'a [u8],
}

pub(super) fn read(bytes: &[u8]) -> Result<Recording, Unplayable> {
    let movie = find(bytes, b"moov").ok_or(Unplayable::Damaged)?;
    let track = track(movie)?;
    let mut packets = Vec::new();
    whole(bytes, track.table, &mut packets)?;
    fragments(bytes, movie, track.id, &mut packets)?;
    Ok(Recording { pre_skip: track.pre_skip, packets })
}

fn track(movie: &[u8]) -> Result<Track<'_>, Unplayable> {
    let mut others = false;
    for (_, body) in boxes(movie).filter(|(kind, _)| *kind == b"trak") {
        let id = find(body, b"tkhd").and_then(|header| {
            let version = *header.first()?;
            number(header, if version == 1 { 20 } else { 12 }, 4)
        });
        let table = find(body, b"mdia").and_then(|media| find(find(media, b"minf")?, b"stbl"));
        let (Some(id), Some(table)) = (id, table) else { continue };
        let entry = find(table, b"stsd").and_then(|entries| boxes(entries.get(8..)?).next());
        match entry {
            Some((b"Opus", entry)) => {
                // An audio entry's own fields are before the boxes in it.
                let skip = entry.get(28..).and_then(|inner| number(find(inner, b"dOps")?, 2, 2));
                let pre_skip = skip.and_then(|skip| u16::try_from(skip).ok()).ok_or(Unplayable::Damaged)?;
                let id = u32::try_from(id).map_err(|_| Unplayable::Damaged)?;
                return Ok(Track { id, pre_skip, table });
            }
            Some(_) => others = true,
            None => {}
        }
    }
    Err(if others { Unplayable::NotOpus } else { Unplayable::Silent })
}

/// The samples that a table names: how long each is, how many are in a chunk, and where the chunks are.
fn whole(bytes: &[u8], table: &[u8], packets: &mut Vec<Vec<u8>>) -> Result<(), Unplayable> {
    let damaged = Unplayable::Damaged;
    let Some(sizes) = find(table, b"stsz") else { return Ok(()) };
    let same = number(sizes, 4, 4).ok_or(damaged)?;
    let count = count(number(sizes, 8, 4))?;
    let runs = find(table, b"stsc").unwrap_or_default();
    let (chunks, wide) = match (find(table, b"stco"), find(table, b"co64")) {
        (Some(chunks), _) => (chunks, 4),
        (None, Some(chunks)) => (chunks, 8),
        (None, None) => return if count == 0 { Ok(()) } else { Err(damaged) },
    };
    let (mut sample, mut run) = (0, 0);
    for chunk in 0..self::count(number(chunks, 4, 4))? {
        let mut at = number(chunks, 8 + chunk * wide, wide).ok_or(damaged)?;
        // The next run begins with this chunk.
        if number(runs, 8 + (run + 1) * 12, 4) == Some(chunk as u64 + 1) {
            run += 1;
        }
        let in_chunk = number(runs, 8 + run * 12 + 4, 4).ok_or(damaged)?;
        for _ in 0..in_chunk {
            if sample >= count {
                return Ok(());
            }
            let length = if same > 0 { same } else { number(sizes, 12 + sample * 4, 4).ok_or(damaged)? };
            packets.push(slice(bytes, at, length).ok_or(damaged)?.to_vec());
            at += length;
            sample += 1;
        }
    }
    Ok(())
}

/// The samples of fragments: each names its own.
fn fragments(bytes: &[u8], movie: &[u8], track: u32, packets: &mut Vec<Vec<u8>>) -> Result<(), Unplayable> {
    let usual = find(movie, b"mvex").and_then(|extends| {
        boxes(extends)
            .find(|(kind, body)| *kind == b"trex" && number(body, 4, 4) == Some(u64::from(track)))
            .and_then(|(_, body)| number(body, 16, 4))
    });
    for (place, kind, fragment) in placed(bytes) {
        if kind != b"moof" {
            continue;
        }
        let mut after = place;
        for (_, run) in boxes(fragment).filter(|(kind, _)| *kind == b"traf") {
            let Some(header) = find(run, b"tfhd") else { continue };
            let flags = number(header, 1, 3).ok_or(Unplayable::Damaged)?;
            let mut field = 8;
            let mut optional = |flag: u64, length: usize| {
                let here = (flags & flag != 0).then(|| number(header, field, length));
                field += if flags & flag != 0 { length } else { 0 };
                here.flatten()
            };
            let base = optional(0x01, 8);
            optional(0x02, 4);
            optional(0x08, 4);
            let size = optional(0x10, 4).or(usual);
            let base = base.unwrap_or(place as u64);
            if number(header, 4, 4) != Some(u64::from(track)) {
                continue;
            }
            for (_, samples) in boxes(run).filter(|(kind, _)| *kind == b"trun") {
                match samples_of(bytes, samples, base, &mut after, size, packets) {
                    Ok(()) => {}
                    // Broken off here; what came before is good.
                    Err(_) if !packets.is_empty() => return Ok(()),
                    Err(error) => return Err(error),
                }
            }
        }
    }
    Ok(())
}

fn samples_of(
    bytes: &[u8],
    run: &[u8],
    base: u64,
    after: &mut usize,
    usual: Option<u64>,
    packets: &mut Vec<Vec<u8>>,
) -> Result<(), Unplayable> {
    let damaged = Unplayable::Damaged;
    let flags = number(run, 1, 3).ok_or(damaged)?;
    let count = count(number(run, 4, 4))?;
    let mut field = 8;
    let mut at = *after as u64;
    if flags & 0x001 != 0 {
        let offset = number(run, field, 4).and_then(|offset| u32::try_from(offset).ok()).ok_or(damaged)?;
        at = base.checked_add_signed(i64::from(offset.cast_signed())).ok_or(damaged)?;
        field += 4;
    }
    field += if flags & 0x004 != 0 { 4 } else { 0 };
    for _ in 0..count {
        field += if flags & 0x100 != 0 { 4 } else { 0 };
        let length = if flags & 0x200 == 0 {
            usual
        } else {
            field += 4;
            number(run, field - 4, 4)
        };
        field += if flags & 0x400 != 0 { 4 } else { 0 };
        field += if flags & 0x800 != 0 { 4 } else { 0 };
        let length = length.ok_or(damaged)?;
        packets.push(slice(bytes, at, length).ok_or(damaged)?.to_vec());
        at += length;
    }
    *after = usize::try_from(at).map_err(|_| damaged)?;
    Ok(())
}

fn count(number: Option<u64>) -> Result<usize, Unplayable> {
    let count = number.and_then(|number| usize::try_from(number).ok());
    count.filter(|count| *count <= PACKETS_AT_MOST).ok_or(Unplayable::Damaged)
}

/// A sample; an empty one is no packet.
fn slice(bytes: &[u8], at: u64, length: u64) -> Option<&[u8]> {
    let at = usize::try_from(at).ok()?;
    bytes.get(at..at.checked_add(usize::try_from(length).ok()?)?).filter(|slice| !slice.is_empty())
}

/// The body of the first box of a kind.
fn find<'a>(bytes: &'a [u8], kind: &[u8; 4]) -> Option<&'a [u8]> {
    boxes(bytes).find(|(found, _)| *found == kind).map(|(_, body)| body)
}

fn boxes(bytes: &[u8]) -> impl Iterator<Item = (&[u8; 4], &[u8])> {
    placed(bytes).map(|(_, kind, body)| (kind, body))
}

/// Boxes with the place where each begins.
fn placed(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8; 4], &[u8])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let left = bytes.get(at..)?;
        let kind = left.get(4..8)?.try_into().ok()?;
        let (header, size) = match number(left, 0, 4)? {
            // To the end of the file.
            0 => (8, left.len()),
            1 => (16, usize::try_from(number(left, 8, 8)?).ok()?),
            size => (8, usize::try_from(size).ok()?),
        };
        // The last one may be broken off.
        let body = left.get(header..size.min(left.len()))?;
        let place = at;
        at = at.checked_add(size)?;
        Some((place, kind, body))
    })
}

fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(length)?)?;
    Some(bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}
