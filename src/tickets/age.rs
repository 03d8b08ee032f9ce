//! How long ago something was, as people say it.

use crate::clock::Millis;
use crate::web::words::Message;

const MINUTE: Millis = 60_000;
const HOUR: Millis = 60 * MINUTE;
const DAY: Millis = 24 * HOUR;

/// In whole minutes, then hours, then days; what lies ahead is no age yet.
pub(super) fn age(from: Millis, now: Millis) -> Message {
    let passed = now.saturating_sub(from).max(0);
    match passed {
        0..MINUTE => Message::new("ticket-age-none"),
        MINUTE..HOUR => Message::new("amount-minutes").number("count", passed / MINUTE),
        _ if passed < 2 * DAY => Message::new("amount-hours").number("count", passed / HOUR),
        _ => Message::new("amount-days").number("count", passed / DAY),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::words::Words;

    #[test]
    fn an_age_is_told_in_the_unit_that_fits() {
        let said = |passed| Words::default().say(&age(1_000, 1_000 + passed));
        let all = [-5, MINUTE - 1, MINUTE, HOUR - 1, HOUR, 2 * DAY - 1, 2 * DAY].map(said);
        let wanted =
            ["less than a minute", "less than a minute", "1 minute", "59 minutes", "1 hour", "47 hours", "2 days"];
        assert_eq!(all, wanted);
    }
}
