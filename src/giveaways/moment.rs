//! A moment as somebody types it: a date and a time where they are.

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};

use crate::clock::Millis;
use crate::web::words::Message;

/// Reads `2026-11-24T18:30` (or with a blank, or with seconds). What the clocks show twice is the first of the two.
///
/// # Errors
/// What is no such text; and what the clocks skip, with the moments around it.
pub(super) fn read(text: &str, zone: &TimeZone) -> Result<Millis, Message> {
    let text = text.trim().replacen(' ', "T", 1);
    let plain = text.len() <= 19 && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b':' | b'T'));
    let typed: Option<DateTime> = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        .into_iter()
        .find_map(|form| DateTime::strptime(form, &text).ok())
        .filter(|_| plain);
    // A sign in front would be read as a year before our era.
    let typed = typed.filter(|_| text.trim().starts_with(|first: char| first.is_ascii_digit()));
    let typed = typed.ok_or_else(|| Message::new("problem-moment"))?;
    let found = zone.to_ambiguous_timestamp(typed);
    if let AmbiguousOffset::Gap { .. } = found.offset() {
        return Err(skipped(typed, zone));
    }
    let moment = found.earlier().map_err(|_| Message::new("problem-moment"))?;
    Ok(moment.as_millisecond())
}

fn skipped(typed: DateTime, zone: &TimeZone) -> Message {
    let message = Message::new("problem-moment-skipped").text("typed", typed.strftime("%H:%M").to_string());
    // Behind the gap for certain: the change itself lies in front of it.
    let later = zone.to_ambiguous_timestamp(typed).later();
    let change = later.ok().and_then(|later| Some(zone.preceding(later).next()?.timestamp()));
    let clock = |at: Millis| written(at, zone).replacen('T', " ", 1);
    match change.map(jiff::Timestamp::as_millisecond) {
        Some(at) => message.text("before", clock(at - 60_000)).text("after", clock(at)),
        None => Message::new("problem-moment"),
    }
}

/// As the field holds it.
pub(super) fn written(at: Millis, zone: &TimeZone) -> String {
    jiff::Timestamp::from_millisecond(at)
        .map(|at| zone.to_datetime(at).strftime("%Y-%m-%dT%H:%M").to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::words::Words;

    fn berlin() -> TimeZone {
        TimeZone::get("Europe/Berlin").expect("a zone")
    }

    fn utc(text: &str) -> Millis {
        read(text, &TimeZone::UTC).expect("a moment")
    }

    #[test]
    fn a_time_is_where_the_person_is() {
        assert_eq!(read("2026-11-24T18:30", &berlin()), Ok(utc("2026-11-24T17:30")));
        assert_eq!(read("2026-07-24 18:30", &berlin()), Ok(utc("2026-07-24T16:30")));
        assert_eq!(written(utc("2026-07-24T16:30:59"), &berlin()), "2026-07-24T18:30");
    }

    #[test]
    fn a_time_that_is_skipped_names_both_neighbours() {
        let error = read("2027-03-28T02:30", &berlin()).expect_err("skipped");
        let said = Words::default().say(&error);
        assert!(
            said.contains("02:30") && said.contains("2027-03-28 01:59") && said.contains("2027-03-28 03:00"),
            "{said}"
        );
        assert_eq!(read("2027-03-28T03:00", &berlin()), Ok(utc("2027-03-28T01:00")));
        assert_eq!(read("2027-03-28T01:59", &berlin()), Ok(utc("2027-03-28T00:59")));
    }

    #[test]
    fn of_a_time_that_comes_twice_the_first_is_meant() {
        assert_eq!(read("2026-10-25T02:30", &berlin()), Ok(utc("2026-10-25T00:30")));
        assert_eq!(read("2026-10-25T03:00", &berlin()), Ok(utc("2026-10-25T02:00")));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in ["", "tomorrow", "2026-02-30T10:00", "2026-11-24", "2026-11-24T25:00", "10:00", "-2026-11-24T10:00"]
        {
            assert_eq!(read(text, &berlin()), Err(Message::new("problem-moment")), "{text:?}");
        }
    }
}
