//! What an Opus packet says of itself (RFC 6716, section 3.1).

/// The longest packet there is: 120 ms.
const LONGEST: u64 = 5_760;

/// How many samples it holds, at 48 kHz; `None` for what is no packet.
pub(super) fn samples(packet: &[u8]) -> Option<u64> {
    let first = *packet.first()?;
    let length = match first >> 3 {
        // Speech: 10, 20, 40, 60 ms.
        config @ 0..12 => [480, 960, 1_920, 2_880][usize::from(config & 3)],
        // Both: 10, 20 ms.
        config @ 12..16 => [480, 960][usize::from(config & 1)],
        // Music: 2.5, 5, 10, 20 ms.
        config => [120, 240, 480, 960][usize::from(config & 3)],
    };
    let count = match first & 3 {
        0 => 1,
        1 | 2 => 2,
        _ => u64::from(*packet.get(1)? & 0x3f),
    };
    Some(length * count).filter(|samples| (1..=LONGEST).contains(samples))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packets_tell_their_length() {
        for (packet, length) in [
            (&[0b0000_0000][..], Some(480)),
            (&[0b0000_1001], Some(1_920)),
            (&[0b0110_1000], Some(960)),
            (&[0b1000_0000], Some(120)),
            (&[0b1111_1010], Some(1_920)),
            (&[0b1111_1011, 3], Some(2_880)),
            (&[0b1111_1011, 0], None),
            (&[0b1111_1011, 7], None),
            (&[0b1111_1011], None),
            (&[], None),
        ] {
            assert_eq!(samples(packet), length, "{packet:?}");
        }
    }
}
