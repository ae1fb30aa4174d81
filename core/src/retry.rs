//! What an answer or its absence means for trying again. Pure: the contract's rules, the status, Retry-After.
//!
//! A code is found in this order: the contract's rules on codes and statuses, the statuses that leave no doubt (401, 402, 403, 404,
//! 429), its rules on the wording of a message alone, then the status's class.

use crate::contract::condition::Subject;
use crate::contract::{Contract, ErrorRule, SubmitClass, pointer};
use crate::error::ErrorCode;
use crate::httpdate;
use crate::io::{HttpResponse, Operation, UnixMillis};
use crate::pause::RETRY_AFTER_CAP_MS;
use crate::record::{Billing, Fault};
use crate::search::shorten;

/// The longest Retry-After that somebody who waits is made to wait for: 2 minutes.
pub(crate) const FOREGROUND_RETRY_AFTER_MS: u64 = 120_000;

/// What a failed request is, whatever was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) code: ErrorCode,
    /// The contract's own word on what it means for a submit.
    pub(crate) submit: Option<SubmitClass>,
    /// The status that counts: the one in the body of a 2xx, where the contract says so.
    pub(crate) status: u16,
}

/// The status in the body of a 2xx, where the contract knows one and it is no success. `Err`: it is no HTTP status.
pub(crate) fn in_band_error(contract: &Contract, subject: &Subject<'_>) -> Option<Result<u16, String>> {
    let rule = contract.parts().in_band.as_ref()?;
    let text = pointer::first_text(&rule.at, subject.body)?;
    if rule.ok.contains(&text) {
        return None;
    }
    Some(text.parse::<u16>().ok().filter(|code| (100..600).contains(code)).ok_or(text))
}

/// Names the code of a failed request.
pub(crate) fn classify(contract: &Contract, own: &[ErrorRule], operation: Operation, subject: &Subject<'_>) -> Verdict {
    let in_band = if subject.response.is_success() { in_band_error(contract, subject).and_then(Result::ok) } else { None };
    let status = in_band.unwrap_or(subject.response.status);
    let rules = || own.iter().chain(&contract.parts().errors);
    let found = |by_wording: bool| rules().find(|rule| rule.when.is_wording_alone() == by_wording && rule.when.holds(subject));
    if let Some(rule) = found(false) {
        return Verdict { code: rule.code, submit: rule.submit, status };
    }
    let certain = match status {
        401 | 403 => Some(ErrorCode::AuthFailed),
        402 => Some(ErrorCode::InsufficientCredits),
        404 if operation == Operation::Submit => Some(ErrorCode::InvalidModel),
        404 => Some(ErrorCode::TaskNotFound),
        429 => Some(ErrorCode::RateLimited),
        _ => None,
    };
    // Credits that ran out are said in words even with a 429, and no pause mends that.
    let by_wording = found(true);
    if let Some(rule) = by_wording.filter(|rule| certain.is_none() || (status == 429 && rule.code == ErrorCode::InsufficientCredits)) {
        return Verdict { code: rule.code, submit: rule.submit, status };
    }
    let code = certain.unwrap_or(match status {
        500..=599 => ErrorCode::UpstreamError,
        408 | 425 => ErrorCode::NetworkError,
        400..=499 => ErrorCode::InvalidPayload,
        _ => ErrorCode::UnknownError,
    });
    Verdict { code, submit: None, status }
}

/// The fault of a failed request, in the provider's own words where it has some.
pub(crate) fn fault(contract: &Contract, code: ErrorCode, billing: Billing, subject: &Subject<'_>, what: &str) -> Fault {
    let at = &contract.parts().fault_at;
    let status = subject.response.status;
    let own = pointer::first_text(&at.message, subject.body).map(|text| shorten(&text, 500));
    let message = match own {
        Some(own) => format!("{what} (HTTP {status}): {own}"),
        None => format!("{what} (HTTP {status})"),
    };
    Fault {
        code,
        message,
        provider_code: pointer::first_text(&at.code, subject.body).map(|text| shorten(&text, 100)),
        http_status: Some(status),
        billing,
        retry_after: None,
    }
}

/// How long the server asks to wait, in milliseconds: `retry-after-ms`, else `retry-after` as whole or decimal seconds or as a date
/// against the response's own `Date`. Rounded up, at most a day.
pub(crate) fn retry_after_ms(response: &HttpResponse, now: UnixMillis) -> Option<u64> {
    let exact = response.header("retry-after-ms").and_then(|text| decimal_ms(text.trim(), 1));
    let wait = exact.or_else(|| {
        let text = response.header("retry-after")?.trim();
        decimal_ms(text, 1_000).or_else(|| {
            let sent = response.header("date").and_then(|date| httpdate::parse(date.trim())).unwrap_or(now);
            httpdate::parse(text).map(|until| until.saturating_sub(sent))
        })
    })?;
    Some(wait.min(RETRY_AFTER_CAP_MS))
}

/// A decimal number times `unit`, rounded up to the next whole number. No sign, no exponent.
pub(crate) fn decimal_ms(text: &str, unit: u64) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || (text.contains('.') && fraction.is_empty()) {
        return None;
    }
    // Longer than any day: the caller's clamp decides.
    let whole = whole.parse::<u64>().unwrap_or(RETRY_AFTER_CAP_MS).saturating_mul(unit);
    let (mut part, mut scale) = (0_u64, 1_u64);
    for digit in fraction.bytes().take(6) {
        part = part * 10 + u64::from(digit - b'0');
        scale *= 10;
    }
    let rest_is_zero = fraction.bytes().skip(6).all(|digit| digit == b'0');
    let scaled = part * unit;
    let up = u64::from(scaled % scale != 0 || !rest_is_zero);
    Some(whole.saturating_add(scaled / scale + up))
}

/// Milliseconds as whole seconds, rounded up.
pub(crate) fn whole_seconds(ms: u64) -> u64 {
    ms.div_ceil(1_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::BodyEnd;

    fn wait(headers: &[(&str, &str)]) -> Option<u64> {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        retry_after_ms(&HttpResponse { status: 429, headers, body: Vec::new(), end: BodyEnd::Whole }, 784_111_770_000)
    }

    #[test]
    fn retry_after_in_every_form() {
        assert_eq!(wait(&[("retry-after", "7")]), Some(7_000));
        assert_eq!(wait(&[("Retry-After", "1.5")]), Some(1_500));
        assert_eq!(wait(&[("retry-after", "0.0001")]), Some(1));
        assert_eq!(wait(&[("retry-after-ms", "250"), ("retry-after", "9")]), Some(250));
        assert_eq!(wait(&[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"), ("date", "Sun Nov  6 08:49:00 1994")]), Some(37_000));
        assert_eq!(wait(&[("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")]), Some(7_000));
        assert_eq!(wait(&[("retry-after", "Sun, 06 Nov 1994 08:00:00 GMT")]), Some(0));
        assert_eq!(wait(&[("retry-after", "99999999999999999999")]), Some(RETRY_AFTER_CAP_MS));
        for nonsense in ["", "-1", "+1", "1e3", "soon", ".5", "5.", "1 2"] {
            assert_eq!(wait(&[("retry-after", nonsense)]), None, "{nonsense}");
        }
    }
}
