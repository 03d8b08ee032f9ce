//! Approvals, codes and tokens: what OAuth gives out, how it dies. The HTTP around it is in
//! `oauth`.

use std::collections::BTreeSet;

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

use super::World;
use crate::id::Id;

/// Codes are good for this long.
const CODE_LIFETIME_MS: u64 = 100_000;

/// An authorization code.
#[derive(Clone, Debug)]
pub struct Code {
    /// The opaque text.
    pub code: String,
    /// Whose approval it stands for.
    pub user_id: Id,
    /// Granted scopes.
    pub scopes: BTreeSet<String>,
    /// The redirect it was sent to.
    pub redirect_uri: String,
    /// The S256 challenge, if PKCE was used.
    pub challenge: Option<String>,
    /// The guild the bot was added to on the way.
    pub guild_id: Option<Id>,
    /// Unix milliseconds.
    pub expires_ms: u64,
    /// Every attempt to exchange it uses it up.
    pub used: bool,
}

/// An access token and the refresh token that came with it.
#[derive(Clone, Debug)]
pub struct Token {
    /// The opaque access token.
    pub access: String,
    /// The opaque refresh token.
    pub refresh: String,
    /// Whose.
    pub user_id: Id,
    /// Granted scopes.
    pub scopes: BTreeSet<String>,
    /// When the access token ends, in Unix milliseconds.
    pub expires_ms: u64,
    /// Refreshed away or revoked.
    pub dead: bool,
}

/// Why a code or a refresh token was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrantRefused {
    /// Unknown, used or expired code.
    Code,
    /// Another redirect than the code was sent to.
    Redirect,
    /// A challenge was sent, no verifier came.
    VerifierMissing,
    /// The verifier is malformed or not the challenge's.
    VerifierWrong,
    /// Unknown, rotated or revoked refresh token.
    RefreshToken,
}

impl World {
    /// Records a person's approval and gives the code for it. `granted` is cut by
    /// [`super::Options::grant_only`].
    pub fn approve(
        &mut self,
        user_id: Id,
        asked: &BTreeSet<String>,
        redirect_uri: &str,
        challenge: Option<String>,
        guild_id: Option<Id>,
    ) -> String {
        self.approvals.entry(user_id).or_default().extend(asked.iter().cloned());
        let code = self.opaque("code");
        let scopes = match &self.options.grant_only {
            Some(only) => asked.intersection(only).cloned().collect(),
            None => asked.clone(),
        };
        self.codes.push(Code {
            code: code.clone(),
            user_id,
            scopes,
            redirect_uri: redirect_uri.to_owned(),
            challenge,
            guild_id,
            expires_ms: self.now_ms() + CODE_LIFETIME_MS,
            used: false,
        });
        code
    }

    /// Whether a person has approved all of these before.
    pub fn has_approved(&self, user_id: Id, asked: &BTreeSet<String>) -> bool {
        self.approvals.get(&user_id).is_some_and(|approved| approved.is_superset(asked))
    }

    /// Trades a code for tokens. The guild is the one the bot was added to on the way.
    pub fn exchange(
        &mut self,
        code: &str,
        redirect_uri: Option<&str>,
        verifier: Option<&str>,
    ) -> Result<(Token, Option<Id>), GrantRefused> {
        let now = self.now_ms();
        let found = self.codes.iter_mut().find(|known| known.code == code);
        let found = found.filter(|known| !known.used && known.expires_ms > now);
        let known = found.ok_or(GrantRefused::Code)?;
        known.used = true;
        if redirect_uri != Some(known.redirect_uri.as_str()) {
            return Err(GrantRefused::Redirect);
        }
        if let Some(challenge) = &known.challenge {
            check_verifier(challenge, verifier)?;
        }
        let (user_id, scopes, guild_id) = (known.user_id, known.scopes.clone(), known.guild_id);
        Ok((self.issue_token(user_id, scopes), guild_id))
    }

    /// Gives a person's tokens out without the browser's part.
    pub fn issue_token(&mut self, user_id: Id, scopes: BTreeSet<String>) -> Token {
        let token = Token {
            access: self.opaque("access"),
            refresh: self.opaque("refresh"),
            user_id,
            scopes,
            expires_ms: self.now_ms() + self.options.token_lifetime * 1000,
            dead: false,
        };
        self.tokens.push(token.clone());
        token
    }

    /// Trades a refresh token for a new pair; the old pair dies.
    pub fn refresh(&mut self, refresh: &str) -> Result<Token, GrantRefused> {
        let known = self.tokens.iter_mut().find(|token| token.refresh == refresh && !token.dead);
        let known = known.ok_or(GrantRefused::RefreshToken)?;
        known.dead = true;
        let (user_id, scopes) = (known.user_id, known.scopes.clone());
        Ok(self.issue_token(user_id, scopes))
    }

    /// Kills every token of the person this one (access or refresh) belongs to, if it is known.
    pub fn revoke(&mut self, token: &str) {
        let known = self.tokens.iter().find(|known| known.access == token || known.refresh == token);
        if let Some(user_id) = known.map(|known| known.user_id) {
            self.revoke_all(user_id);
        }
    }

    /// What a person does by removing the app: approvals, codes and tokens are gone.
    pub fn revoke_all(&mut self, user_id: Id) {
        self.approvals.remove(&user_id);
        self.codes.iter_mut().filter(|code| code.user_id == user_id).for_each(|code| code.used = true);
        self.tokens.iter_mut().filter(|token| token.user_id == user_id).for_each(|token| token.dead = true);
    }

    /// The living token behind an access token.
    pub fn token(&self, access: &str) -> Option<&Token> {
        let now = self.now_ms();
        self.tokens.iter().find(|token| token.access == access && !token.dead && token.expires_ms > now)
    }

    /// Text nobody can read anything from. Unguessable enough for a loopback stand-in.
    fn opaque(&mut self, what: &str) -> String {
        self.made += 1;
        let seed = format!("{what} {} {} {}", self.made, self.now_ms(), std::process::id());
        let mut text = BASE64URL_NOPAD.encode(&Sha256::digest(seed.as_bytes()));
        text.truncate(30);
        text
    }
}

fn check_verifier(challenge: &str, verifier: Option<&str>) -> Result<(), GrantRefused> {
    let verifier = verifier.ok_or(GrantRefused::VerifierMissing)?;
    let legal = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    let well_formed = (43..=128).contains(&verifier.len()) && verifier.bytes().all(legal);
    let expected = BASE64URL_NOPAD.encode(&Sha256::digest(verifier.as_bytes()));
    if well_formed && expected == challenge { Ok(()) } else { Err(GrantRefused::VerifierWrong) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verifier_is_checked_against_its_challenge() {
        let verifier = "w1PzN0f4c3L7q9-kTxYb2mHsRjUeVdGa5oQ8iBnCy_E";
        let challenge = "zNwYU3KoO9te3XG1mBvk5-wK9ils-zDNXpOn74nfJD4";
        assert_eq!(check_verifier(challenge, Some(verifier)), Ok(()));
        assert_eq!(check_verifier(challenge, None), Err(GrantRefused::VerifierMissing));
        assert_eq!(check_verifier(challenge, Some("short")), Err(GrantRefused::VerifierWrong));
    }
}
