//! Equality and order of JSON values as mathematics has them: 1 is 1.0, and the order of an object's members means nothing.

use super::work::{Work, units};
use serde_json::{Number, Value};
use std::cmp::Ordering;

/// The units of work for a float.
const FLOAT: u64 = 4;

/// `digits * 10^exponent`, without trailing zeros in the digits: every JSON number that is read here, exactly as it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    negative: bool,
    digits: u64,
    exponent: i32,
}

impl Decimal {
    /// The decimal of a number; of a float, the shortest that is read back as it.
    pub(super) fn of(number: &Number) -> Self {
        if let Some(integer) = number.as_u64() {
            Self::normal(false, integer, 0)
        } else if let Some(integer) = number.as_i64() {
            Self::normal(true, integer.unsigned_abs(), 0)
        } else {
            Self::of_float(&number.to_string())
        }
    }

    /// From a float as JSON prints it: `-1.5e-7`.
    fn of_float(text: &str) -> Self {
        let (negative, magnitude) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (mantissa, exponent) = magnitude.split_once('e').unwrap_or((magnitude, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}").parse().unwrap_or_default();
        let places = i32::try_from(fraction.len()).unwrap_or_default();
        Self::normal(negative, digits, exponent.parse::<i32>().unwrap_or_default() - places)
    }

    fn normal(negative: bool, mut digits: u64, mut exponent: i32) -> Self {
        if digits == 0 {
            return Self { negative: false, digits: 0, exponent: 0 };
        }
        while digits % 10 == 0 {
            digits /= 10;
            exponent += 1;
        }
        Self { negative, digits, exponent }
    }

    pub(super) fn is_integer(self) -> bool {
        self.exponent >= 0
    }

    pub(super) fn is_positive(self) -> bool {
        !self.negative && self.digits > 0
    }

    /// Whether this is `unit` times an integer.
    pub(super) fn is_multiple_of(self, unit: Self, work: &Work) -> bool {
        if self.digits == 0 || unit.digits == 0 {
            return self.digits == 0;
        }
        let shift = self.exponent - unit.exponent;
        if shift < 0 {
            // A unit that is too large for this is larger than all the digits.
            let step = 10_u64.checked_pow(shift.unsigned_abs()).and_then(|power| unit.digits.checked_mul(power));
            return step.is_some_and(|step| self.digits % step == 0);
        }
        work.spend(u64::from(shift.unsigned_abs()) / 4);
        // Of a product only the remainders matter, so no power of ten is too large.
        let rest = (0..shift).fold(self.digits % unit.digits, |rest, _| ten_times(rest, unit.digits));
        rest == 0
    }

    fn cmp_magnitude(self, other: Self) -> Ordering {
        if self.digits == 0 || other.digits == 0 {
            return self.digits.cmp(&other.digits);
        }
        let top = |number: Self| i64::from(number.digits.ilog10()) + i64::from(number.exponent);
        // With equal tops the digits compare as texts do: neither ends in a zero.
        top(self).cmp(&top(other)).then_with(|| self.digits.to_string().cmp(&other.digits.to_string()))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => self.cmp_magnitude(*other),
            (true, true) => other.cmp_magnitude(*self),
            (negative, other) => other.cmp(&negative),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// `10 * rest mod modulus`, for a rest that is below the modulus.
fn ten_times(rest: u64, modulus: u64) -> u64 {
    (0..10).fold(0, |sum, _| if sum >= modulus - rest { sum - (modulus - rest) } else { sum + rest })
}

/// Whether two values are the same to JSON Schema. The answer means nothing once the work is spent.
pub(super) fn equal(a: &Value, b: &Value, work: &Work) -> bool {
    order(a, b, work).is_eq()
}

/// The indexes of two items that are equal, if any are.
pub(super) fn first_twins(items: &[Value], work: &Work) -> Option<(usize, usize)> {
    let of = |index: usize| items.get(index).unwrap_or(&Value::Null);
    let sorted = sorted(items.len(), &|a, b| order(of(a), of(b), work));
    sorted.iter().zip(sorted.iter().skip(1)).find(|(a, b)| equal(of(**a), of(**b), work)).map(|(a, b)| (*a, *b))
}

/// A total order in which exactly the equal values are equal.
fn order(a: &Value, b: &Value, work: &Work) -> Ordering {
    if !work.spend(1) {
        return Ordering::Equal;
    }
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::Number(a), Value::Number(b)) => {
            // A float is written down to be compared.
            work.spend(FLOAT * (u64::from(a.is_f64()) + u64::from(b.is_f64())));
            Decimal::of(a).cmp(&Decimal::of(b))
        }
        (Value::String(a), Value::String(b)) => {
            work.spend(units(a.len().min(b.len())));
            a.cmp(b)
        }
        (Value::Array(a), Value::Array(b)) => {
            let first = a.iter().zip(b).map(|(a, b)| order(a, b, work)).find(|order| order.is_ne());
            first.unwrap_or_else(|| a.len().cmp(&b.len()))
        }
        (Value::Object(a), Value::Object(b)) => {
            // serde_json's map is a BTreeMap here: both are in the order of their keys.
            let first = a.iter().zip(b).map(|(a, b)| a.0.cmp(b.0).then_with(|| order(a.1, b.1, work))).find(|order| order.is_ne());
            first.unwrap_or_else(|| a.len().cmp(&b.len()))
        }
        _ => rank(a).cmp(&rank(b)),
    }
}

/// The indexes of this many things in the order of the things; equal ones stay as they are. A merge sort: the standard library's are
/// quicker, and many times the code in what a browser downloads.
pub(super) fn sorted(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    sorted_range(0, count, compare)
}

fn sorted_range(from: usize, to: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    if to - from < 2 {
        return (from..to).collect();
    }
    let middle = from.midpoint(to);
    let (mut left, right) = (sorted_range(from, middle, compare).into_iter().peekable(), sorted_range(middle, to, compare));
    let mut merged = Vec::with_capacity(to - from);
    for index in right {
        while let Some(before) = left.next_if(|before| compare(*before, index).is_le()) {
            merged.push(before);
        }
        merged.push(index);
    }
    merged.extend(left);
    merged
}

fn rank(value: &Value) -> u8 {
    match value {
        Value::Null => 0,
        Value::Bool(_) => 1,
        Value::Number(_) => 2,
        Value::String(_) => 3,
        Value::Array(_) => 4,
        Value::Object(_) => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn decimal(text: &str) -> Decimal {
        Decimal::of(&text.parse().unwrap())
    }

    #[test]
    fn numbers_compare_as_they_are_written() {
        let ascending = ["-1e308", "-9007199254740993", "-9007199254740992", "-0.5", "0", "1e-320", "1", "1.5", "9007199254740993"];
        let more = ["9223372036854775808", "18446744073709551614", "18446744073709551615", "1.9e19", "1e308"];
        let all: Vec<_> = ascending.into_iter().chain(more).collect();
        for (i, a) in all.iter().enumerate() {
            for (j, b) in all.iter().enumerate() {
                assert_eq!(decimal(a).cmp(&decimal(b)), i.cmp(&j), "{a} and {b}");
            }
        }
        for (a, b) in [("1", "1.0"), ("-0.0", "0"), ("1e3", "1000"), ("-2", "-2.0"), ("9007199254740992", "9007199254740992.0")] {
            assert_eq!(decimal(a), decimal(b));
        }
    }

    #[test]
    fn multiples_are_exact() {
        for (number, unit) in [
            ("0.3", "0.1"),
            ("19.99", "0.01"),
            ("1.1", "0.01"),
            ("1e308", "0.5"),
            ("4.5", "1.5"),
            ("0", "7"),
            ("-6", "3"),
            ("18446744073709551615", "5"),
            ("1e30", "1e28"),
        ] {
            assert!(decimal(number).is_multiple_of(decimal(unit), &Work::unbounded()), "{number} of {unit}");
        }
        for (number, unit) in
            [("0.00751", "0.0001"), ("35", "1.5"), ("1e308", "0.123456789"), ("18446744073709551615", "2"), ("5", "1e300"), ("1e-300", "1")]
        {
            assert!(!decimal(number).is_multiple_of(decimal(unit), &Work::unbounded()), "{number} of {unit}");
        }
    }

    #[test]
    fn twins_are_found_in_any_shape() {
        assert_eq!(first_twins(&[json!({"a": 1, "b": [2.0]}), json!(1), json!({"b": [2], "a": 1.0})], &Work::unbounded()), Some((0, 2)));
        assert_eq!(
            first_twins(&[json!(1), json!(true), json!("1"), json!([1]), json!({"a": 1}), json!(null), json!(false)], &Work::unbounded()),
            None
        );
    }
}
