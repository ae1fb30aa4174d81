//! A picture of red, green and blue bytes, and the few strokes that the scenes are made of.

/// A colour, 0 to 255 each.
pub(crate) type Colour = [f32; 3];

/// `a` at 0, `b` at 1.
pub(crate) fn mix(a: Colour, b: Colour, part: f32) -> Colour {
    let part = part.clamp(0.0, 1.0);
    [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part, a[2] + (b[2] - a[2]) * part]
}

/// A colour from its six hexadecimal digits.
#[expect(clippy::cast_precision_loss, reason = "a byte fits a float")]
pub(crate) const fn hex(rgb: u32) -> Colour {
    [((rgb >> 16) & 255) as f32, ((rgb >> 8) & 255) as f32, (rgb & 255) as f32]
}

/// The picture: rows from the top, three bytes a pixel.
#[derive(Clone)]
pub(crate) struct Canvas {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) rgb: Vec<u8>,
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a byte; casts saturate")]
fn byte(value: f32) -> u8 {
    value as u8
}

/// The pixels of one axis that `from..=to` touches, cut at the edge.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts of floats saturate, and the end is cut")]
fn span(from: f32, to: f32, end: usize) -> std::ops::Range<usize> {
    (from.max(0.0) as usize)..((to.max(-1.0) + 1.0) as usize).min(end)
}

#[expect(clippy::cast_precision_loss, reason = "pictures are small")]
pub(crate) const fn float(n: usize) -> f32 {
    n as f32
}

impl Canvas {
    pub(crate) fn new(width: usize, height: usize) -> Self {
        Self { width, height, rgb: vec![0; width * height * 3] }
    }

    pub(crate) fn set(&mut self, x: usize, y: usize, colour: Colour) {
        let at = (y * self.width + x) * 3;
        self.rgb[at..at + 3].copy_from_slice(&[byte(colour[0]), byte(colour[1]), byte(colour[2])]);
    }

    pub(crate) fn at(&self, x: usize, y: usize) -> Colour {
        let at = (y * self.width + x) * 3;
        [f32::from(self.rgb[at]), f32::from(self.rgb[at + 1]), f32::from(self.rgb[at + 2])]
    }

    /// Lays a colour over a pixel, `alpha` from 0 to 1.
    pub(crate) fn blend(&mut self, x: usize, y: usize, colour: Colour, alpha: f32) {
        if alpha >= 0.995 {
            self.set(x, y, colour);
        } else if alpha > 0.004 {
            self.set(x, y, mix(self.at(x, y), colour, alpha));
        }
    }

    /// A sky: three colours from top to bottom, dithered by rows of 4 x 4 so that no bands show.
    pub(crate) fn gradient(&mut self, top: Colour, middle: Colour, bottom: Colour, split: f32, end: usize) {
        const BAYER: [[f32; 4]; 4] = [[0.0, 8.0, 2.0, 10.0], [12.0, 4.0, 14.0, 6.0], [3.0, 11.0, 1.0, 9.0], [15.0, 7.0, 13.0, 5.0]];
        for y in 0..self.height {
            let down = (float(y) / float(end)).min(1.0);
            let colour = if down < split { mix(top, middle, down / split) } else { mix(middle, bottom, (down - split) / (1.0 - split)) };
            // One tile of four pixels, repeated: quick also in an unoptimised build.
            let tile: Vec<u8> =
                BAYER[y % 4].iter().flat_map(|add| colour.map(|part| byte((part + add / 16.0).clamp(0.0, 255.0)))).collect();
            let row = y * self.width * 3;
            for piece in self.rgb[row..row + self.width * 3].chunks_mut(12) {
                piece.copy_from_slice(&tile[..piece.len()]);
            }
        }
    }

    /// A disc with a soft edge of one pixel.
    pub(crate) fn disc(&mut self, cx: f32, cy: f32, radius: f32, colour: Colour, alpha: f32) {
        for y in span(cy - radius - 1.0, cy + radius + 1.0, self.height) {
            let dy = float(y) + 0.5 - cy;
            for x in span(cx - radius - 1.0, cx + radius + 1.0, self.width) {
                let dx = float(x) + 0.5 - cx;
                let cover = (radius + 0.5 - (dx * dx + dy * dy).sqrt()).clamp(0.0, 1.0);
                self.blend(x, y, colour, cover * alpha);
            }
        }
    }

    /// Light around a point that falls off to nothing at `radius`.
    pub(crate) fn glow(&mut self, cx: f32, cy: f32, radius: f32, colour: Colour, strength: f32) {
        for y in span(cy - radius, cy + radius, self.height) {
            let dy = float(y) + 0.5 - cy;
            for x in span(cx - radius, cx + radius, self.width) {
                let dx = float(x) + 0.5 - cx;
                let near = 1.0 - (dx * dx + dy * dy) / (radius * radius);
                if near > 0.0 {
                    self.blend(x, y, colour, strength * near * near * near);
                }
            }
        }
    }

    /// Discs that melt into one shape with a flat foot at `cy`, denser towards the top; sizes are parts of `scale`.
    pub(crate) fn cloud(&mut self, cx: f32, cy: f32, scale: f32, puffs: &[(f32, f32, f32)], colour: Colour) {
        let reach = |of: fn(&(f32, f32, f32)) -> f32| puffs.iter().map(of).fold(0.0, f32::max) * scale + 1.0;
        let (wide, high) = (reach(|puff| puff.0.abs() + puff.2), reach(|puff| puff.1 + puff.2));
        for y in span(cy - high, cy, self.height) {
            let foot = (cy - float(y)).clamp(0.0, 1.0);
            let dense = 0.30 + 0.55 * ((cy - float(y)) / high).clamp(0.0, 1.0);
            for x in span(cx - wide, cx + wide, self.width) {
                let cover = puffs.iter().fold(0.0_f32, |most, (aside, above, radius)| {
                    let (dx, dy) = (float(x) + 0.5 - cx - aside * scale, float(y) + 0.5 - cy + above * scale);
                    let square = (radius * scale + 0.5).powi(2) - dx * dx - dy * dy;
                    if square <= 0.0 { most } else { most.max((square / (radius * scale)).min(1.0)) }
                });
                self.blend(x, y, colour, cover * foot * dense);
            }
        }
    }

    /// Fills a column from `top` (its first pixel softened) to `bottom`.
    pub(crate) fn column(&mut self, x: usize, top: f32, bottom: f32, colour: impl Fn(f32) -> Colour) {
        for y in span(top, bottom, self.height) {
            let cover = (float(y) + 1.0 - top).clamp(0.0, 1.0);
            self.blend(x, y, colour(float(y)), cover);
        }
    }

    /// A thin line, softened.
    pub(crate) fn line(&mut self, from: (f32, f32), to: (f32, f32), colour: Colour, thick: f32) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let square = (dx * dx + dy * dy).max(0.01);
        for y in span(from.1.min(to.1) - thick, from.1.max(to.1) + thick, self.height) {
            for x in span(from.0.min(to.0) - thick, from.0.max(to.0) + thick, self.width) {
                let (px, py) = (float(x) + 0.5 - from.0, float(y) + 0.5 - from.1);
                let along = ((px * dx + py * dy) / square).clamp(0.0, 1.0);
                let (ox, oy) = (px - along * dx, py - along * dy);
                let cover = (thick * 0.5 + 0.5 - (ox * ox + oy * oy).sqrt()).clamp(0.0, 1.0);
                self.blend(x, y, colour, cover);
            }
        }
    }

    /// The picture as a PNG file.
    pub(crate) fn to_png(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.rgb.len() / 4);
        let side = |n: usize| u32::try_from(n).unwrap_or_default();
        let mut encoder = png::Encoder::new(&mut out, side(self.width), side(self.height));
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        // Writing to memory does not fail, and the header fits the data.
        let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&self.rgb));
        debug_assert!(written.is_ok(), "a picture of {} x {} bytes", self.width, self.height);
        out
    }
}
