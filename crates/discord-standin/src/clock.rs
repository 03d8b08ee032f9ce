//! Time as Discord writes it, and the clock a world carries so that expiries can be tested
//! without sleeping. No scheduling here.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The system's clock plus however far a test has moved it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock {
    ahead: Duration,
}

impl Clock {
    /// Milliseconds since the Unix epoch, as this world sees them.
    pub fn now_ms(&self) -> u64 {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default() + self.ahead;
        u64::try_from(now.as_millis()).unwrap_or(u64::MAX)
    }

    /// Moves the clock on.
    pub fn advance(&mut self, by: Duration) {
        self.ahead += by;
    }
}

/// `2026-11-20T16:45:10.250000+00:00`
pub fn iso8601(unix_ms: u64) -> String {
    let (days, in_day) = (unix_ms / 86_400_000, unix_ms % 86_400_000);
    let (year, month, day) = civil(days);
    let (hour, minute) = (in_day / 3_600_000, in_day / 60_000 % 60);
    let (second, micros) = (in_day / 1000 % 60, in_day % 1000 * 1000);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{micros:06}+00:00")
}

/// Year, month and day of a number of days since 1970, by walking years and months: a stand-in
/// has no need to be clever about calendars.
fn civil(mut days: u64) -> (u64, usize, u64) {
    let leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let mut year = 1970;
    loop {
        let length = if leap(year) { 366 } else { 365 };
        if days < length {
            break;
        }
        days -= length;
        year += 1;
    }
    let february = if leap(year) { 29 } else { 28 };
    let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 0;
    for length in lengths {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    (year, month + 1, days + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_with_microseconds_and_offset() {
        assert_eq!(iso8601(1526290212345), "2018-05-14T09:30:12.345000+00:00");
        assert_eq!(iso8601(1709164800000), "2024-02-29T00:00:00.000000+00:00");
        assert_eq!(iso8601(0), "1970-01-01T00:00:00.000000+00:00");
    }
}
