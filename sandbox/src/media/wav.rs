//! A melody of about five seconds: 16-bit mono at 22,050 Hz, in a scale that cannot sound wrong.

use super::rng::Rng;

const RATE: u32 = 22_050;
/// Semitones above the root: major and minor pentatonic, and a Japanese one.
const SCALES: [[i32; 5]; 3] = [[0, 2, 4, 7, 9], [0, 3, 5, 7, 10], [0, 2, 3, 7, 8]];

pub(crate) fn melody(rng: &mut Rng) -> Vec<u8> {
    let scale = rng.pick(&SCALES);
    let root = rng.range(196.0, 294.0);
    let beat = rng.range(0.17, 0.24);
    let mut samples = vec![0.0_f32; 1];
    let mut step = 2_usize;
    for note in 0..20 {
        // A walk: mostly by one step, and home at the end.
        step = if note == 19 { 5 } else { (step + rng.pick(&[0, 1, 1, 2, 4, 5, 5, 6])).saturating_sub(3).min(10) };
        if note % 4 == 0 {
            let bass = rng.pick(&[0, 0, 3, 4]);
            tone(&mut samples, at(note, beat), pitch(root / 2.0, scale[bass]), 1.1, 0.28);
        }
        if note % 4 != 3 || rng.chance(50) || note == 19 {
            let octave = i32::try_from(step / 5).unwrap_or_default() * 12;
            let long = if note == 19 { 1.2 } else { 0.6 };
            tone(&mut samples, at(note, beat), pitch(root, scale[step % 5] + octave), long, 0.42);
        }
    }
    file(&samples)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a few seconds of samples")]
fn at(note: usize, beat: f32) -> usize {
    (note as f32 * beat * RATE as f32) as usize
}

#[expect(clippy::cast_precision_loss, reason = "a few semitones")]
fn pitch(root: f32, semitones: i32) -> f32 {
    root * (semitones as f32 / 12.0).exp2()
}

/// Adds a plucked tone with one overtone; a resonator gives its samples without a sine for each.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few seconds of samples")]
fn tone(samples: &mut Vec<f32>, start: usize, hertz: f32, seconds: f32, loud: f32) {
    let count = (seconds * RATE as f32) as usize;
    if samples.len() < start + count {
        samples.resize(start + count, 0.0);
    }
    for (times, loud) in [(1.0, loud), (2.0, loud * 0.35), (3.0, loud * 0.12)] {
        let turn = 2.0 * std::f32::consts::PI * hertz * times / RATE as f32;
        let decay = (-4.5 * times.sqrt() / count as f32).exp();
        let factor = 2.0 * decay * turn.cos();
        let square = decay * decay;
        let (mut before, mut now) = (0.0, loud * turn.sin() * decay);
        for (index, sample) in samples[start..start + count].iter_mut().enumerate() {
            let fade = ((count - index) as f32 / 400.0).min(1.0).min(index as f32 / 60.0);
            *sample += now * fade;
            (before, now) = (now, factor * now - square * before);
        }
    }
}

fn file(samples: &[f32]) -> Vec<u8> {
    let size = u32::try_from(samples.len() * 2).unwrap_or_default();
    let mut out = Vec::with_capacity(samples.len() * 2 + 44);
    out.extend_from_slice(b"RIFF");
    out.extend_from_slice(&(size + 36).to_le_bytes());
    out.extend_from_slice(b"WAVEfmt ");
    out.extend_from_slice(&16_u32.to_le_bytes());
    out.extend_from_slice(&1_u16.to_le_bytes());
    out.extend_from_slice(&1_u16.to_le_bytes());
    out.extend_from_slice(&RATE.to_le_bytes());
    out.extend_from_slice(&(RATE * 2).to_le_bytes());
    out.extend_from_slice(&2_u16.to_le_bytes());
    out.extend_from_slice(&16_u16.to_le_bytes());
    out.extend_from_slice(b"data");
    out.extend_from_slice(&size.to_le_bytes());
    for sample in samples {
        #[expect(clippy::cast_possible_truncation, reason = "clamped to 16 bits")]
        let sample = (sample.clamp(-1.0, 1.0) * 28_000.0) as i16;
        out.extend_from_slice(&sample.to_le_bytes());
    }
    out
}
