//! Where a second factor is asked of whoever changes something, and who it is that asks: the server, at Discord, or the
//! operator, of everybody.
//!
//! What comes of it is said in `rights.rs`.

use std::str::FromStr;

use crate::discord::Guild;

/// What the operator chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFactor {
    /// It is for each server to ask for it.
    Servers,
    /// It is asked for on all of them.
    Always,
}

/// Who asks for it. People are told, because they may want to talk about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    Server,
    /// This dashboard, whether the server does so too or not.
    Dashboard,
}

impl SecondFactor {
    /// Who asks for it on this server, if anybody.
    pub fn asker(self, guild: &Guild) -> Option<Asker> {
        match self {
            Self::Servers => guild.asks_for_second_factor().then_some(Asker::Server),
            Self::Always => Some(Asker::Dashboard),
        }
    }
}

impl FromStr for SecondFactor {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "servers" => Ok(Self::Servers),
            "always" => Ok(Self::Always),
            _ => Err("must be servers or always".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_neither_of_the_two_choices_is_refused() {
        assert_eq!("servers".parse(), Ok(SecondFactor::Servers));
        assert_eq!("always".parse(), Ok(SecondFactor::Always));
        for wrong in ["", "Always", "on", "server", "always,servers"] {
            assert!(wrong.parse::<SecondFactor>().is_err(), "{wrong}");
        }
    }
}
