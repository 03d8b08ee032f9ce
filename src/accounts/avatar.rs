//! The address of a person's picture, through our own `/cdn/`.

use crate::discord::cdn::CdnImage;
use crate::ids::UserId;

/// The person's own picture, or the one Discord gives to people without.
pub fn avatar_url(user: UserId, hash: Option<&str>) -> String {
    format!("/cdn/{}", CdnImage::avatar(user, hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_hash_becomes_part_of_an_address() {
        let user = UserId::new(445_518_183_798_022_151);
        let hash = "a_5f0c2d9be1a44376b8e01d3c77aa9f10";
        assert_eq!(avatar_url(user, Some(hash)), format!("/cdn/avatars/445518183798022151/{hash}"));
        for hash in [None, Some(""), Some("../../guilds"), Some("5f0c2d9be1a44376b8e01d3c77aa9f1")] {
            assert_eq!(avatar_url(user, hash), "/cdn/embed/avatars/3", "{hash:?}");
        }
    }
}
