//! What somebody could make of a text that we gave them.

/// Some bytes of `ours` changed, and perhaps its end cut off, as `data` says.
pub fn edited(ours: &[u8], data: &[u8]) -> Vec<u8> {
    let mut bytes = ours.to_vec();
    let mut triples = data.chunks_exact(3);
    for triple in triples.by_ref().take(8) {
        let place = usize::from(triple[0]) * 256 + usize::from(triple[1]);
        if let Some(byte) = bytes.get_mut(place % ours.len().max(1)) {
            *byte ^= triple[2];
        }
    }
    if let [cut] = triples.remainder() {
        bytes.truncate(bytes.len().saturating_sub(usize::from(*cut)));
    }
    bytes
}
