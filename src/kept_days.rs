//! For how many days an operator wants something kept, as a variable of the environment says it.

use std::str::FromStr;

use crate::clock::Millis;

const DAY: Millis = 24 * 60 * 60 * 1000;
/// A hundred years: beyond that a typing error is likelier than a wish.
const MOST: u32 = 36_500;

/// So many days: `LEAST` or more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptDays<const LEAST: u32>(u32);

impl<const LEAST: u32> KeptDays<LEAST> {
    pub fn get(self) -> u32 {
        self.0
    }

    pub fn span(self) -> Millis {
        Millis::from(self.0) * DAY
    }
}

impl<const LEAST: u32> FromStr for KeptDays<LEAST> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let days = text.parse().ok().filter(|days| (LEAST..=MOST).contains(days));
        days.map(Self).ok_or_else(|| format!("must be a number of days, {LEAST} or more; unset keeps for ever"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fewer_days_than_the_least_are_refused() {
        for wrong in ["89", "0", "-1", "90.5", "ninety", "", "36501", "99999999999"] {
            assert!(wrong.parse::<KeptDays<90>>().is_err(), "{wrong}");
        }
        assert_eq!("90".parse(), Ok(KeptDays::<90>(90)));
        assert_eq!("36500".parse(), Ok(KeptDays::<90>(36_500)));
        assert!("29".parse::<KeptDays<30>>().is_err());
        assert_eq!("30".parse(), Ok(KeptDays::<30>(30)));
    }
}
