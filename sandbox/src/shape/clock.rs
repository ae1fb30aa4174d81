//! Times in the form that a sample has.

use serde_json::{Value, json};

/// The last second that has a year of four digits.
const LAST: u64 = 253_402_300_799;

/// A time written as `sample` is: milliseconds or seconds as a number, ISO 8601 with or without milliseconds and zone as a text.
pub(crate) fn like(sample: &Value, millis: u64) -> Value {
    match sample {
        Value::Number(number) if number.as_f64().is_some_and(|number| number > 1e11) => json!(millis),
        Value::Number(_) => json!(millis / 1000),
        Value::String(text) => {
            let part = if text.is_empty() || text.contains('.') { format!(".{:03}", millis % 1000) } else { String::new() };
            let zone = if text.is_empty() || text.ends_with('Z') { "Z" } else { "" };
            json!(format!("{}{part}{zone}", iso(millis / 1000)))
        }
        other => other.clone(),
    }
}

/// `2026-04-19T21:19:42`. The calendar by Howard Hinnant's `civil_from_days`.
fn iso(seconds: u64) -> String {
    let seconds = seconds.min(LAST);
    let (days, second) = (seconds / 86_400 + 719_468, seconds % 86_400);
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let date = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{date:02}T{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60)
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`: the date header of an answer.
#[cfg(any(test, feature = "server"))]
pub(crate) fn http_date(millis: u64) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let seconds = millis / 1000;
    let iso = iso(seconds);
    let day = DAYS[usize::try_from(seconds / 86_400 % 7).unwrap_or_default()];
    let month = MONTHS[iso[5..7].parse::<usize>().unwrap_or(1) - 1];
    format!("{day}, {} {month} {} {} GMT", &iso[8..10], &iso[..4], &iso[11..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_keep_their_form() {
        assert_eq!(like(&json!(1_790_000_000_000_u64), 1_000_500), json!(1_000_500));
        assert_eq!(like(&json!(1_790_000_000), 1_000_500), json!(1000));
        assert_eq!(like(&json!("2026-09-01T10:00:00.000Z"), 1_709_210_096_007), json!("2024-02-29T12:34:56.007Z"));
        assert_eq!(like(&json!("2026-04-19T21:19:42"), 0), json!("1970-01-01T00:00:00"));
        assert_eq!(http_date(784_111_777_000), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!((http_date(u64::MAX).len(), like(&json!("2026-04-19T21:19:42"), u64::MAX)), (29, json!("9999-12-31T23:59:59")));
    }
}
