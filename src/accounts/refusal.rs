//! Why a sign-in came to nothing, each with a page of its own (`locales/…/accounts.ftl`).

use crate::error::{AppError, Trouble};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The person said no at Discord.
    Cancelled,
    /// Discord refused what we asked for.
    RefusedByDiscord,
    NoCode,
    NoState,
    /// The state belongs to no try of this browser: another browser, no cookies, or too long ago.
    UnknownAttempt,
    Expired,
    /// The answer was used before.
    Used,
    /// A parameter came twice, so that nobody can say which one counts.
    Repeated,
    /// The answer names somebody else than our Discord as its sender.
    WrongIssuer,
    /// Discord does not take the code: used, too old, or not its own.
    CodeRefused,
    /// Not everything that was asked for was granted.
    TooFewScopes,
}

impl Refusal {
    #[cfg(test)]
    const ALL: [Self; 11] = [
        Self::Cancelled,
        Self::RefusedByDiscord,
        Self::NoCode,
        Self::NoState,
        Self::UnknownAttempt,
        Self::Expired,
        Self::Used,
        Self::Repeated,
        Self::WrongIssuer,
        Self::CodeRefused,
        Self::TooFewScopes,
    ];

    fn code(self) -> &'static str {
        match self {
            Self::Cancelled => "sign-in-cancelled",
            Self::RefusedByDiscord => "sign-in-refused-by-discord",
            Self::NoCode => "sign-in-no-code",
            Self::NoState => "sign-in-no-state",
            Self::UnknownAttempt => "sign-in-unknown",
            Self::Expired => "sign-in-expired",
            Self::Used => "sign-in-used",
            Self::Repeated => "sign-in-repeated",
            Self::WrongIssuer => "sign-in-wrong-issuer",
            Self::CodeRefused => "sign-in-code-refused",
            Self::TooFewScopes => "sign-in-scopes",
        }
    }

    fn status(self) -> u16 {
        match self {
            Self::Cancelled | Self::TooFewScopes => 403,
            _ => 400,
        }
    }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        Trouble::SignIn { code: refusal.code(), status: refusal.status() }.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::words::Words;

    #[test]
    fn every_refusal_has_words() {
        let words = Words::default();
        for refusal in Refusal::ALL {
            for part in ["title", "advice"] {
                let key = format!("error-{}-{part}", refusal.code());
                assert!(words.find(&key).is_some(), "{key}");
            }
        }
        for key in ["signed-out", "invite-cancelled", "invite-unfinished"] {
            assert!(words.find(key).is_some(), "{key}");
        }
    }
}
