//! Opus out of WebM (RFC 8794 and RFC 9559), as far as browsers write it: live, so clusters and the segment may be of
//! unknown length. Its parts are taken one after the other; those that hold others are stepped into.

use super::{Recording, Unplayable, pre_skip};

const SEGMENT: u64 = 0x1853_8067;
const TRACKS: u64 = 0x1654_ae6b;
const TRACK: u64 = 0xae;
const NUMBER: u64 = 0xd7;
const CODEC: u64 = 0x86;
const CODEC_PRIVATE: u64 = 0x63a2;
const ENCODINGS: u64 = 0x6d80;
const CLUSTER: u64 = 0x1f43_b675;
const GROUP: u64 = 0xa0;
const BLOCK: u64 = 0xa1;
const SIMPLE_BLOCK: u64 = 0xa3;

/// Several packets in one block: browsers do not.
const LACED: u8 = 0x06;

pub(super) fn is(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1a, 0x45, 0xdf, 0xa3])
}

pub(super) fn read(bytes: &[u8]) -> Result<Recording, Unplayable> {
    let mut left = bytes;
    let mut track: Option<(u64, u16)> = None;
    let mut others = false;
    let mut packets = Vec::new();
    while let Some((id, size)) = header(&mut left) {
        if matches!(id, SEGMENT | TRACKS | CLUSTER | GROUP) {
            continue;
        }
        let Some(body) = size.and_then(|size| take(&mut left, size)) else {
            // Broken off here; what came before is good.
            break;
        };
        match id {
            TRACK if track.is_none() => {
                track = opus(body)?;
                others |= track.is_none();
            }
            BLOCK | SIMPLE_BLOCK => {
                let Some((number, _)) = track else { continue };
                let mut block = body;
                if varying(&mut block) != Some(number) {
                    continue;
                }
                match block {
                    [_, _, flags, packet @ ..] if flags & LACED == 0 && !packet.is_empty() => {
                        packets.push(packet.to_vec());
                    }
                    _ => return Err(Unplayable::Damaged),
                }
            }
            _ => {}
        }
    }
    match track {
        Some((_, pre_skip)) => Ok(Recording { pre_skip, packets }),
        None if others => Err(Unplayable::NotOpus),
        None => Err(Unplayable::Silent),
    }
}

/// The number of a track with Opus, and the samples to leave out.
fn opus(mut track: &[u8]) -> Result<Option<(u64, u16)>, Unplayable> {
    let (mut number, mut codec, mut skip) = (None, None, None);
    while let Some((id, size)) = header(&mut track) {
        let body = size.and_then(|size| take(&mut track, size)).ok_or(Unplayable::Damaged)?;
        match id {
            NUMBER if body.len() <= 8 => number = Some(body.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte))),
            CODEC => codec = Some(body),
            CODEC_PRIVATE => skip = pre_skip(body),
            // Compressed or encrypted.
            ENCODINGS => return Err(Unplayable::Damaged),
            _ => {}
        }
    }
    if codec != Some(b"A_OPUS") {
        return Ok(None);
    }
    number.zip(skip).map(Some).ok_or(Unplayable::Damaged)
}

/// The id and the length of what comes next; no length where it is unknown.
fn header(left: &mut &[u8]) -> Option<(u64, Option<u64>)> {
    let length = left.first()?.leading_zeros() as usize + 1;
    if length > 4 {
        return None;
    }
    let id = take(left, length as u64)?.iter().fold(0, |id, byte| id << 8 | u64::from(*byte));
    let digits = left.first()?.leading_zeros() + 1;
    let size = varying(left)?;
    let unknown = (1_u64 << (7 * digits)) - 1;
    Some((id, Some(size).filter(|size| *size != unknown)))
}

/// A number whose first bits tell how many bytes it has.
fn varying(left: &mut &[u8]) -> Option<u64> {
    let first = *left.first()?;
    let length = first.leading_zeros() as usize + 1;
    if length > 8 {
        return None;
    }
    let bytes = take(left, length as u64)?;
    let bits = u64::from(first) & ((1 << (8 - length)) - 1);
    Some(bytes.iter().skip(1).fold(bits, |number, byte| number << 8 | u64::from(*byte)))
}

fn take<'a>(left: &mut &'a [u8], length: u64) -> Option<&'a [u8]> {
    let (body, rest) = left.split_at_checked(usize::try_from(length).ok()?)?;
    *left = rest;
    Some(body)
}
