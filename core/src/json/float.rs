//! From decimal digits to the nearest float, ties to the even one: exact, by plain long arithmetic. Numbers that people write take the
//! short way.

/// More digits than this only say whether there is a rest: no two neighbouring floats are told apart by later ones.
const DIGITS: usize = 800;

/// `whole.fraction * 10^exponent`; `None` where that is beyond the largest float.
pub(super) fn float(whole: &[u8], fraction: &[u8], exponent: i64) -> Option<f64> {
    let digits = || whole.iter().chain(fraction).copied().skip_while(|digit| *digit == b'0');
    let count = digits().count();
    let length = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let kept = count.min(DIGITS);
    // Of the last digit that is kept.
    let mut exponent = exponent - length(fraction.len()) + length(count - kept);
    // Where the first digit stands.
    let top = exponent.saturating_add(length(kept));
    if count == 0 || top < -330 {
        return Some(0.0);
    }
    if top > 310 {
        return None;
    }
    let mut number = vec![0_u32];
    for digit in digits().take(kept) {
        multiply(&mut number, 10, u32::from(digit - b'0'));
    }
    if digits().skip(kept).any(|digit| digit != b'0') {
        multiply(&mut number, 10, 1);
        exponent -= 1;
    }
    let short = match number.as_slice() {
        [low] => Some(u64::from(*low)),
        [low, high] => Some(u64::from(*high) << 32 | u64::from(*low)),
        _ => None,
    };
    // Both are exact floats, so that the one operation rounds once.
    if let Some(short) = short.filter(|short| *short < 1 << 53 && exponent.abs() <= 22) {
        #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
        let short = short as f64;
        let power = (0..exponent.abs()).fold(1.0, |power, _| power * 10.0);
        return Some(if exponent < 0 { short / power } else { short * power });
    }
    let float = if exponent < 0 { divided(number, exponent.unsigned_abs()) } else { multiplied(number, exponent) };
    Some(float).filter(|float| float.is_finite())
}

/// `number * factor + more`.
fn multiply(number: &mut Vec<u32>, factor: u32, more: u32) {
    let mut carry = u64::from(more);
    for word in number.iter_mut() {
        let product = u64::from(*word) * u64::from(factor) + carry;
        *word = low(product);
        carry = product >> 32;
    }
    if carry > 0 {
        number.push(low(carry));
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the low half is meant")]
const fn low(long: u64) -> u32 {
    long as u32
}

fn multiplied(mut number: Vec<u32>, exponent: i64) -> f64 {
    for _ in 0..exponent {
        multiply(&mut number, 10, 0);
    }
    rounded(&number, 0, false)
}

fn divided(number: Vec<u32>, exponent: u64) -> f64 {
    // Room for the quotient's 64 bits: a factor of ten is less than four bits.
    let words = exponent / 8 + 3;
    let mut quotient: Vec<u32> = (0..words).map(|_| 0).chain(number).collect();
    let mut has_rest = false;
    for _ in 0..exponent {
        let mut rest = 0;
        for word in quotient.iter_mut().rev() {
            let part = rest << 32 | u64::from(*word);
            *word = low(part / 10);
            rest = part % 10;
        }
        has_rest |= rest > 0;
    }
    rounded(&quotient, -32 * i64::try_from(words).unwrap_or(i64::MAX), has_rest)
}

/// The float nearest to `number * 2^exponent`, and a bit more where there is a rest.
fn rounded(number: &[u32], mut exponent: i64, mut has_rest: bool) -> f64 {
    // The 64 highest bits, the first of which is set.
    let mut bits = 0_u64;
    for word in number.iter().rev() {
        let free = bits.leading_zeros().min(32);
        bits = bits.checked_shl(free).unwrap_or(0) | u64::from(*word).checked_shr(32 - free).unwrap_or(0);
        has_rest |= free < 32 && *word << free > 0;
        exponent += i64::from(32 - free);
    }
    let shift = bits.leading_zeros();
    bits = bits.checked_shl(shift).unwrap_or(0);
    exponent += 63 - i64::from(shift);
    // `exponent` is the first bit's now.
    if exponent > 1023 {
        return f64::INFINITY;
    }
    // A float has 53 bits, and below 2^-1022 fewer.
    let missing = (-1022 - exponent).max(0);
    let Some(spare) = u32::try_from(11 + missing).ok().filter(|spare| *spare <= 64) else { return 0.0 };
    let kept = bits.checked_shr(spare).unwrap_or(0);
    let rest = bits << (64 - spare);
    let up = rest > 1 << 63 || rest == 1 << 63 && (has_rest || kept % 2 == 1);
    // The first bit counts the exponent up by one, and so does a carry into it.
    let biased = u64::try_from(exponent + 1022).unwrap_or(0);
    f64::from_bits((biased << 52) + kept + u64::from(up))
}

#[cfg(test)]
mod tests {
    use super::float;
    use crate::backoff::split_mix_64;

    fn is_nearest(text: &str) {
        let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let read = float(whole.as_bytes(), fraction.as_bytes(), exponent.parse().unwrap());
        let expected = text.parse::<f64>().ok().filter(|float| float.is_finite());
        assert_eq!(read.map(f64::to_bits), expected.map(f64::to_bits), "{text}");
    }

    #[test]
    fn every_float_is_read_back_and_every_tie_goes_to_the_even_one() {
        for counter in 0..1_000 {
            let bits = split_mix_64(1, counter);
            let float = f64::from_bits(bits & !(1 << 63));
            if float.is_finite() {
                is_nearest(&format!("{float:e}"));
                // Halfway to the next one, and a bit beside it, with all its digits.
                let half = if float > 1e-290 { float * (1.0 + f64::EPSILON / 2.0) } else { float };
                is_nearest(&format!("{half:.780e}"));
            }
            let digits = split_mix_64(2, counter);
            is_nearest(&format!("{digits}e{}", i64::try_from(bits % 700).unwrap() - 360));
            is_nearest(&format!("{}.{digits}", bits % 1000));
        }
    }

    #[test]
    fn the_ends_of_the_range_are_exact() {
        for text in [
            "0",
            "0.000",
            "0e999",
            "1e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "4.9e-324",
            "2.2250738585072011e-308",
            "2.2250738585072014e-308",
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.7976931348623159e308",
            "1e309",
            "9007199254740993",
            "9007199254740992.999999999999999999999",
            "9007199254740993.000000000000000000001",
            "1e22",
            "1e23",
            "8.5e22",
            "123456789e-30",
        ] {
            is_nearest(text);
        }
        let middle = "2.47032822920623272088284396434110686182529901307162382212792841250337753635104375932649918180817996189898282347722858865463328355177969898199387398005390939063150356595155702263922908583924491051844359318028499365361525003193704576782492193656236698636584807570015857692699037063119282795585513329278343384093519780155312465972635795746227664652728272200563740064854999770965994704540208281662262378573934507363390079677305775067501763246736009689513405355374585166611342237666786041621596804619144672918403005300575308490487653917113865916462395249126236538818796362393732804238910186723484976682350898633885879256283027559956575244555072551893136908362547791869486679949683240497058210285131854513962138377228261454376934125320985913276672363281251";
        for digits in [middle.len(), middle.len() - 1, 700] {
            is_nearest(&format!("{}e-324", &middle[..digits]));
            is_nearest(&format!("{}{}1e-324", &middle[..digits], "0".repeat(2000)));
        }
    }
}
