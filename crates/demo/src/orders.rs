//! What a person at the terminal may tell the example bot, so that every state of a change can be seen.

use std::time::Duration;

use crate::bot::Behaviour;
use crate::world::Pace;

/// How long a slow bot works on each change.
const SLOW: Duration = Duration::from_secs(5);

/// One line typed at the terminal, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// Treat changes like this from now on.
    Behave(Behaviour),
    /// Let so much happen on the servers.
    Pace(Pace),
    /// End without a word, as a process that crashes.
    Die,
    /// Be there again.
    Start,
}

/// What can be typed, for who types something else.
pub const HELP: &str = "Tell the bot:  pace calm|lively|wild|off | slow | refuse [reason] | normal | die | start";

impl Order {
    /// None: nothing the bot knows.
    #[must_use]
    pub fn parse(line: &str) -> Option<Self> {
        let (word, rest) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
        match word {
            "slow" => Some(Self::Behave(Behaviour { takes: SLOW, refuses: None })),
            "refuse" => {
                let reason = if rest.trim().is_empty() { "the example bot was told to refuse" } else { rest.trim() };
                Some(Self::Behave(Behaviour { takes: Duration::ZERO, refuses: Some(reason.to_owned()) }))
            }
            "normal" => Some(Self::Behave(Behaviour::default())),
            "pace" => rest.trim().parse().ok().map(Self::Pace),
            "die" => Some(Self::Die),
            "start" => Some(Self::Start),
            _ => None,
        }
    }

    /// What is said once it is done.
    #[must_use]
    pub fn said(&self) -> String {
        match self {
            Self::Behave(Behaviour { refuses: Some(reason), .. }) => {
                format!("The bot refuses changes and commands: {reason}")
            }
            Self::Behave(Behaviour { takes, .. }) if !takes.is_zero() => {
                format!("The bot takes {} seconds for each change and command.", takes.as_secs())
            }
            Self::Behave(_) => "The bot applies changes and obeys commands at once.".to_owned(),
            Self::Pace(Pace::Off) => "Nothing happens on the servers by itself; commands are obeyed.".to_owned(),
            Self::Pace(pace) => format!("Things happen on the servers: {}.", pace.as_str()),
            Self::Die => "The bot has died. Pages say so after three missed beats, about 45 seconds.".to_owned(),
            Self::Start => "The bot is there, and reads what it missed.".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_typed_is_what_the_help_names() {
        for word in ["slow", "refuse", "normal", "die", "start"] {
            assert!(Order::parse(word).is_some() && HELP.contains(word), "{word}");
        }
        for pace in Pace::ALL {
            assert_eq!(Order::parse(&format!("pace {}", pace.as_str())), Some(Order::Pace(pace)));
            assert!(HELP.contains(pace.as_str()));
        }
        assert_eq!((Order::parse("hello"), Order::parse("pace"), Order::parse("pace x")), (None, None, None));
        let Some(Order::Behave(behaviour)) = Order::parse(" refuse no such  channel \n") else { panic!("an order") };
        assert_eq!(behaviour.refuses.as_deref(), Some("no such  channel"));
    }
}
