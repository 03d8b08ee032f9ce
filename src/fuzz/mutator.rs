//! Inputs made of kept ones: bits turned, parts cut out, doubled and put together, and what parsers trip over put in.
//! The same seed gives the same inputs.

pub struct Mutator(u64);

/// An altered input is no longer.
const LONGEST: usize = 4 * 1024;

const TOKENS: &[&[u8]] = &[
    b"\0",
    b"\r\n",
    b"\n",
    b"%00",
    b"%ff",
    b"%F0%9F%8E%89",
    b"&",
    b"=",
    b"..",
    b"//",
    b"/\\",
    b"\\",
    b"\x22",
    b"'",
    b"<",
    b">",
    b"<script>",
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b",",
    b".0.",
    b".99999999999999999999.",
    b"-1",
    b"18446744073709551615",
    b"1e400",
    b"null",
    b"true",
    b"816370501973721107",
    b"200000000000000005",
    b"\xff",
    b"\xc0\x80",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    "\u{202e}".as_bytes(),
    "e\u{301}".as_bytes(),
    "🎉".as_bytes(),
    "{user}".as_bytes(),
    b"```",
    b"**",
    b"<t:1:R>",
];

impl Mutator {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// One of these, altered once to a few times.
    pub fn altered(&mut self, kept: &[Vec<u8>]) -> Vec<u8> {
        let mut data = self.one_of(kept);
        for _ in 0..=self.below(4) {
            self.alter(&mut data, kept);
        }
        data.truncate(LONGEST);
        data
    }

    fn alter(&mut self, data: &mut Vec<u8>, kept: &[Vec<u8>]) {
        let place = self.below(data.len() + 1);
        match self.below(8) {
            0 => {
                if let Some(byte) = data.get_mut(place) {
                    *byte ^= 1_u8 << self.below(8);
                }
            }
            1 => {
                if let Some(byte) = data.get_mut(place) {
                    *byte = u8::try_from(self.below(256)).unwrap_or_default();
                }
            }
            2 => data.truncate(place),
            3 => {
                let end = data.len().min(place + 1 + self.below(16));
                data.drain(place.min(end)..end);
            }
            4 => {
                let end = data.len().min(place + 1 + self.below(64));
                let part = data[place.min(end)..end].to_vec();
                self.put(data, &part);
            }
            5 => {
                let other = self.one_of(kept);
                data.truncate(place);
                data.extend_from_slice(&other[self.below(other.len() + 1)..]);
            }
            _ => {
                let token = TOKENS[self.below(TOKENS.len())];
                self.put(data, token);
            }
        }
    }

    fn put(&mut self, data: &mut Vec<u8>, part: &[u8]) {
        let place = self.below(data.len() + 1);
        data.splice(place..place, part.iter().copied());
    }

    fn one_of(&mut self, kept: &[Vec<u8>]) -> Vec<u8> {
        if kept.is_empty() { Vec::new() } else { kept[self.below(kept.len())].clone() }
    }

    /// A number from 0, smaller than `end`, which is not 0.
    fn below(&mut self, end: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let number = (mixed ^ (mixed >> 31)) % end.max(1) as u64;
        usize::try_from(number).unwrap_or_default()
    }
}
