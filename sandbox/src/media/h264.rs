//! The smallest H.264 that every player reads: each macroblock is either sent as plain bytes (`I_PCM`) or skipped, which
//! means "as in the picture before". ITU-T H.264, sections 7.3 and 9.1.

use super::canvas::Canvas;

/// Bits, most significant first.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    free: u32,
}

impl Bits {
    fn put(&mut self, value: u32, count: u32) {
        for bit in (0..count).rev() {
            if self.free == 0 {
                self.bytes.push(0);
                self.free = 8;
            }
            self.free -= 1;
            if let Some(last) = self.bytes.last_mut() {
                *last |= u8::from((value >> bit) & 1 == 1) << self.free;
            }
        }
    }

    /// An Exp-Golomb number.
    fn golomb(&mut self, value: u32) {
        let length = 32 - (value + 1).leading_zeros();
        self.put(0, length - 1);
        self.put(value + 1, length);
    }

    fn numbers<const N: usize>(&mut self, values: [u32; N]) {
        for value in values {
            self.golomb(value);
        }
    }

    /// Closes the unit: its header byte first, a stop bit last, and a 3 wherever two zeros would be misread as a start code.
    fn unit(mut self, header: u8) -> Vec<u8> {
        self.put(1, 1);
        let mut out = vec![header];
        let mut zeros = 0;
        for byte in self.bytes {
            if zeros == 2 && byte <= 3 {
                out.push(3);
                zeros = 0;
            }
            zeros = if byte == 0 { zeros + 1 } else { 0 };
            out.push(byte);
        }
        out
    }
}

/// An encoder that keeps what the decoder sees.
pub(crate) struct Encoder {
    width: usize,
    height: usize,
    shown: Vec<u8>,
    frame: u32,
}

fn side(n: usize) -> u32 {
    u32::try_from(n).unwrap_or_default()
}

impl Encoder {
    /// For pictures of this size: a multiple of 16 wide, an even number high.
    pub(crate) fn new(width: usize, height: usize) -> Self {
        Self { width, height, shown: Vec::new(), frame: 0 }
    }

    /// The sequence parameters: constrained baseline, level 3, one reference picture, decoded in the order shown.
    pub(crate) fn sequence(&self) -> Vec<u8> {
        let mut bits = Bits::default();
        bits.put(66, 8);
        bits.put(0xc0, 8);
        bits.put(30, 8);
        let rows = self.height.div_ceil(16);
        bits.numbers([0, 0, 2, 1]);
        bits.put(0, 1);
        bits.numbers([side(self.width / 16) - 1, side(rows) - 1]);
        bits.put(0b111, 3); // whole frames, direct 8 x 8, cropped:
        bits.numbers([0, 0, 0, side(rows * 16 - self.height) / 2]);
        bits.put(0, 1);
        bits.unit(0x67)
    }

    /// The picture parameters: CAVLC, and a switch for the deblocking filter.
    pub(crate) fn picture() -> Vec<u8> {
        let mut bits = Bits::default();
        bits.numbers([0, 0]);
        bits.put(0, 2);
        bits.numbers([0, 0, 0]);
        bits.put(0, 3);
        bits.numbers([0, 0, 0]);
        bits.put(0b100, 3);
        bits.unit(0x68)
    }

    /// One picture as one slice: the first whole, a later one only where it differs visibly from what is shown.
    pub(crate) fn frame(&mut self, picture: &Canvas) -> Vec<u8> {
        let first = self.frame == 0;
        let mut bits = Bits::default();
        bits.numbers([0, if first { 7 } else { 5 }, 0]);
        bits.put(self.frame % 16, 4);
        if first {
            self.shown.clone_from(&picture.rgb);
            bits.golomb(0);
        }
        // First: two marks of the reference. Later: no reference override, no reordering, no marking.
        bits.put(0, if first { 2 } else { 3 });
        bits.numbers([0, 1]);
        let mut skipped = 0;
        for row in (0..self.height).step_by(16) {
            for column in (0..self.width).step_by(16) {
                if !first && !self.take(picture, column, row) {
                    skipped += 1;
                    continue;
                }
                if !first {
                    bits.golomb(skipped);
                    skipped = 0;
                }
                bits.golomb(if first { 25 } else { 30 });
                bits.free = 0;
                plain(picture, column, row, &mut bits.bytes);
            }
        }
        if skipped > 0 {
            bits.golomb(skipped);
        }
        self.frame += 1;
        bits.unit(if first { 0x65 } else { 0x61 })
    }

    /// Whether this macroblock differs visibly from what is shown; then it is shown from now on.
    fn take(&mut self, picture: &Canvas, column: usize, row: usize) -> bool {
        let lines = || (row..(row + 16).min(self.height)).map(|y| (y * self.width + column) * 3);
        let differs = lines().any(|at| {
            let (new, old) = (&picture.rgb[at..at + 48], &self.shown[at..at + 48]);
            new != old && new.iter().zip(old).any(|(new, old)| new.abs_diff(*old) > 5)
        });
        if differs {
            for at in lines().collect::<Vec<_>>() {
                self.shown[at..at + 48].copy_from_slice(&picture.rgb[at..at + 48]);
            }
        }
        differs
    }
}

/// A macroblock's 256 luma and 2 x 64 chroma bytes (BT.601, 16 to 235); rows below the picture repeat its last.
fn plain(picture: &Canvas, column: usize, row: usize, out: &mut Vec<u8>) {
    let mut chroma = [[0_i32; 64]; 2];
    for y in 0..16 {
        let line = (row + y).min(picture.height - 1);
        let at = (line * picture.width + column) * 3;
        for (x, pixel) in picture.rgb[at..at + 48].chunks_exact(3).enumerate() {
            let [red, green, blue] = [i32::from(pixel[0]), i32::from(pixel[1]), i32::from(pixel[2])];
            out.push(clamp((66 * red + 129 * green + 25 * blue + 128) / 256 + 16));
            let cell = y / 2 * 8 + x / 2;
            chroma[0][cell] += -38 * red - 74 * green + 112 * blue;
            chroma[1][cell] += 112 * red - 94 * green - 18 * blue;
        }
    }
    out.extend(chroma.iter().flatten().map(|sum| clamp(sum / 1024 + 128)));
}

fn clamp(value: i32) -> u8 {
    u8::try_from(value.clamp(16, 240)).unwrap_or_default()
}
