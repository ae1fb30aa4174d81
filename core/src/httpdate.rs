//! The three date forms that HTTP allows (RFC 9110, section 5.6.7), and the one of RFC 3339 that JSON bodies have.

use crate::io::UnixMillis;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Reads `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or `Sun Nov  6 08:49:37 1994`.
pub(crate) fn parse(text: &str) -> Option<UnixMillis> {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let (day, month, year, time) = match words.as_slice() {
        [weekday, day, month, year, time, "GMT"] if weekday.ends_with(',') => (*day, *month, four_digits(year)?, *time),
        [weekday, date, time, "GMT"] if weekday.ends_with(',') => {
            let mut parts = date.split('-');
            let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
            if parts.next().is_some() {
                return None;
            }
            (day, month, two_digits(year)?, *time)
        }
        [_weekday, month, day, time, year] => (*day, *month, four_digits(year)?, *time),
        _ => return None,
    };
    let month = MONTHS.iter().position(|name| *name == month)?;
    let day = number(day, 1..=2).filter(|day| (1..=31).contains(day))?;
    let mut clock = time.split(':');
    let (hour, minute, second) = (number(clock.next()?, 2..=2)?, number(clock.next()?, 2..=2)?, number(clock.next()?, 2..=2)?);
    if clock.next().is_some() || hour > 23 || minute > 59 || second > 60 || !(1970..=9999).contains(&year) {
        return None;
    }
    let days = days_before(year, u64::try_from(month).ok()? + 1) + day - 1;
    Some((days * 86_400 + hour * 3_600 + minute * 60 + second) * 1_000)
}

/// Reads `1994-11-06T08:49:37Z`, also with a fraction of a second, an offset such as `+01:00` (or, as ISO 8601 has it, `+0100` and `+01`), or without
/// any (then it is UTC).
pub fn parse_rfc3339(text: &str) -> Option<UnixMillis> {
    let (date, time) = text.trim().split_once(['T', 't', ' '])?;
    let mut parts = date.split('-');
    let (year, month, day) = (four_digits(parts.next()?)?, number(parts.next()?, 2..=2)?, number(parts.next()?, 2..=2)?);
    let (clock, offset) = split_offset(time)?;
    let (clock, fraction) = clock.split_once(['.', ',']).unwrap_or((clock, "0"));
    let mut units = clock.split(':');
    let (hour, minute, second) = (number(units.next()?, 2..=2)?, number(units.next()?, 2..=2)?, number(units.next()?, 2..=2)?);
    let in_range = (1..=12).contains(&month) && hour <= 23 && minute <= 59 && second <= 60 && !fraction.is_empty();
    if parts.next().is_some() || units.next().is_some() || !in_range || !(1970..=9999).contains(&year) {
        return None;
    }
    let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    if !(1..=days_before(next_year, next_month) - days_before(year, month)).contains(&day) {
        return None;
    }
    let ms = fraction
        .bytes()
        .chain(*b"00")
        .take(3)
        .try_fold(0, |ms, digit| digit.is_ascii_digit().then(|| ms * 10 + u64::from(digit - b'0')))?;
    let seconds = (days_before(year, month) + day - 1) * 86_400 + hour * 3_600 + minute * 60 + second;
    let (is_east, away) = offset;
    let seconds = if is_east { seconds.checked_sub(away)? } else { seconds + away };
    Some(seconds * 1_000 + ms)
}

/// A time of day without its offset, and that offset: whether it is east of Greenwich, and by how many seconds.
fn split_offset(time: &str) -> Option<(&str, (bool, u64))> {
    if let Some(clock) = time.strip_suffix(['Z', 'z']) {
        return Some((clock, (true, 0)));
    }
    let Some(at) = time.find(['+', '-']) else { return Some((time, (true, 0))) };
    let (clock, offset) = time.split_at_checked(at)?;
    let offset_digits = offset.get(1..)?;
    let (hours, minutes) = match offset_digits.split_once(':') {
        Some(parts) => parts,
        None if offset_digits.len() == 2 => (offset_digits, "00"),
        None => offset_digits.split_at_checked(2)?,
    };
    let (hours, minutes) = (number(hours, 2..=2)?, number(minutes, 2..=2)?);
    (hours <= 23 && minutes <= 59).then_some((clock, (offset.starts_with('+'), hours * 3_600 + minutes * 60)))
}

fn number(text: &str, lengths: std::ops::RangeInclusive<usize>) -> Option<u64> {
    (lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

fn four_digits(text: &str) -> Option<u64> {
    number(text, 4..=4)
}

fn two_digits(text: &str) -> Option<u64> {
    number(text, 2..=2).map(|year| if year >= 70 { 1_900 + year } else { 2_000 + year })
}

/// Days from 1970-01-01 to the first of a month (1 to 12), for years from 1970.
fn days_before(year: u64, month: u64) -> u64 {
    // Years that begin in March put the leap day last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year / 4 - year / 100 + year / 400;
    year * 365 + leap_days + (month * 153 + 2) / 5 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_forms_name_the_same_instant() {
        for text in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(parse(text), Some(784_111_777_000), "{text}");
        }
        assert_eq!(parse("Thu, 29 Feb 2024 00:00:00 GMT"), Some(1_709_164_800_000));
        assert_eq!(parse("Thu, 01 Jan 1970 00:00:00 GMT"), Some(0));
    }

    #[test]
    fn what_is_no_http_date_is_refused() {
        for text in [
            "",
            "Sun, 06 Nov 1994 08:49:37 UTC",
            "Sun, 32 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:49:37 GMT",
            "1994-11-06T08:49:37Z",
            "Sun, 06 Nov +994 08:49:37 GMT",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn rfc_3339_with_fractions_and_offsets() {
        let whole = Some(784_111_777_000);
        for text in [
            "1994-11-06T08:49:37Z",
            "1994-11-06t08:49:37z",
            "1994-11-06 08:49:37",
            "1994-11-06T09:49:37+01:00",
            "1994-11-06T03:19:37-05:30",
            "1994-11-06T09:49:37+0100",
            "1994-11-06T09:49:37+01",
        ] {
            assert_eq!(parse_rfc3339(text), whole, "{text}");
        }
        assert_eq!(parse_rfc3339("1994-11-06T08:49:37.5Z"), Some(784_111_777_500));
        assert_eq!(parse_rfc3339("1994-11-06T08:49:37.123456Z"), Some(784_111_777_123));
        assert_eq!(parse_rfc3339("1994-11-06T08:49:37,5Z"), Some(784_111_777_500));
        assert_eq!(parse_rfc3339("2024-02-29T00:00:00Z"), Some(1_709_164_800_000));
        assert_eq!(parse_rfc3339("9999-12-31T23:59:59Z"), Some(253_402_300_799_000));
        for nonsense in [
            "",
            "1994-11-06",
            "1994-13-06T08:49:37Z",
            "1994-11-06T24:00:00Z",
            "1994-11-06T08:49Z",
            "1994-11-06T08:49:37+1",
            "1994-11-06T08:49:37+01000",
            "1994-11-06T08:49:37.Z",
            "1994-02-29T08:49:37Z",
            "1994-11-31T08:49:37Z",
            "1994-11-00T08:49:37Z",
            "1970-01-01T00:00:00+01:00",
        ] {
            assert_eq!(parse_rfc3339(nonsense), None, "{nonsense}");
        }
    }
}
