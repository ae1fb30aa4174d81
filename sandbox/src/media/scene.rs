//! A landscape: what is in it is chosen once (from the prompt's words, then by chance) and can be drawn at any size and moment.

use super::canvas::{Canvas, Colour, float, hex, mix};
use super::rng::Rng;

/// The colours of one hour of the day.
#[derive(Clone, Copy)]
struct Palette {
    sky: [Colour; 3],
    sun: Colour,
    glow: Colour,
    far: Colour,
    near: Colour,
    cloud: Colour,
    stars: usize,
}

const fn palette(sky: [u32; 3], sun: u32, glow: u32, far: u32, near: u32, cloud: u32, stars: usize) -> Palette {
    Palette {
        sky: [hex(sky[0]), hex(sky[1]), hex(sky[2])],
        sun: hex(sun),
        glow: hex(glow),
        far: hex(far),
        near: hex(near),
        cloud: hex(cloud),
        stars,
    }
}

const SUNSET: Palette = palette([0x2b_2a5c, 0xd2_5a6e, 0xff_c069], 0xff_f1c4, 0xff_b25e, 0xc0_6a74, 0x2a_1b3d, 0xff_9e80, 40);
const DAWN: Palette = palette([0x4a_6fa5, 0xe8_b4b8, 0xff_e5c4], 0xff_fbe8, 0xff_dca8, 0xb5_a0b8, 0x34_4a5e, 0xff_f0ec, 0);
const DAY: Palette = palette([0x2f_7fd0, 0x7d_bdea, 0xdc_f1f7], 0xff_fde0, 0xff_f6c8, 0x9c_bfcf, 0x2e_6b4a, 0xff_ffff, 0);
const NIGHT: Palette = palette([0x06_0b20, 0x14_2350, 0x3d_4f86], 0xf4_f2e4, 0x9f_b4e8, 0x2c_3a6b, 0x06_0a18, 0x50_64a0, 240);
const AURORA: Palette = palette([0x04_1018, 0x0c_3a48, 0x2c_8a78], 0xe6_fff4, 0x78_ffc8, 0x1d_5a60, 0x03_1014, 0x3c_9c8c, 200);
const VIOLET: Palette = palette([0x1a_1440, 0x6a_3d9a, 0xf0_8fb0], 0xff_e8f4, 0xff_a8d8, 0x8a_5aa0, 0x20_1238, 0xd8_90c8, 120);

/// Words of a prompt and the hour they mean.
const HOURS: [(&[&str], Palette); 6] = [
    (&["aurora", "northern", "emerald"], AURORA),
    (&["night", "star", "moon", "space", "dark"], NIGHT),
    (&["sunset", "dusk", "evening", "autumn", "fire"], SUNSET),
    (&["dawn", "morning", "sunrise", "spring", "mist"], DAWN),
    (&["violet", "purple", "neon", "dream", "fantasy", "magic"], VIOLET),
    (&["day", "noon", "summer", "blue", "green", "meadow"], DAY),
];

/// One range of hills: a sum of waves.
#[derive(Clone)]
struct Ridge {
    base: f32,
    waves: [(f32, f32, f32); 5],
    sharp: bool,
}

impl Ridge {
    /// Where the ridge begins at `x`, both as parts of the picture.
    fn top(&self, x: f32) -> f32 {
        let sum: f32 = self
            .waves
            .iter()
            .map(|(height, turns, shift)| {
                let wave = (x * turns + shift).sin();
                height * if self.sharp { 1.0 - 2.0 * wave.abs() } else { wave }
            })
            .sum();
        self.base - sum
    }
}

/// A tree: where it stands, how tall.
type Tree = (f32, f32);

/// A cloud: its middle, and its puffs around it (aside, above, radius) as parts of the picture's height.
struct Cloud {
    x: f32,
    y: f32,
    puffs: Vec<(f32, f32, f32)>,
}

/// What the picture shows.
pub(crate) struct Scene {
    hour: Palette,
    sun: (f32, f32, f32),
    crescent: bool,
    stars: Vec<(f32, f32, f32)>,
    clouds: Vec<Cloud>,
    birds: Vec<(f32, f32, f32)>,
    ridges: Vec<Ridge>,
    trees: Vec<Tree>,
    snow: bool,
    water: Option<f32>,
}

impl Scene {
    pub(crate) fn choose(prompt: &str, rng: &mut Rng) -> Self {
        let prompt = prompt.to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| prompt.contains(word));
        let chance = rng.below(HOURS.len());
        let hour = HOURS.iter().find(|(words, _)| says(words)).map_or(HOURS[chance].1, |(_, palette)| *palette);
        let water = rng.chance(45) | says(&["sea", "ocean", "lake", "river", "water", "beach", "coast", "boat", "island"]);
        let snow = rng.chance(35) | says(&["snow", "winter", "mountain", "alps", "ice", "peak"]);
        let forest = rng.chance(55) | says(&["forest", "tree", "wood", "pine", "jungle"]);
        let horizon = rng.range(0.56, 0.64);
        let mut ridges = Vec::new();
        let count = if water { 3 } else { 5 };
        for index in 0..count {
            let step = float(index) / float(count - 1);
            let sharp = snow && index < 2;
            let size = if sharp { 0.085 } else { 0.045 } * (1.1 - 0.35 * step);
            let reach = if water { 0.10 } else { 0.36 };
            let waves = [1.0_f32, 2.1, 4.3, 8.9, 17.0].map(|turns| {
                let height = size / turns.powf(0.85) * rng.range(0.6, 1.2);
                (height, turns * rng.range(2.2, 3.4), rng.range(0.0, std::f32::consts::TAU))
            });
            ridges.push(Ridge { base: horizon + reach * step - 0.01, waves, sharp });
        }
        let trees = if forest { (0..26).map(|_| (rng.range(-0.02, 1.02), rng.range(0.035, 0.10))).collect() } else { Vec::new() };
        let clouds = (0..rng.below(4) + usize::from(hour.stars < 100))
            .map(|_| {
                let (x, y, size) = (rng.range(0.05, 0.95), rng.range(0.10, 0.40), rng.range(0.6, 1.2));
                let puffs = (0..7)
                    .map(|puff| {
                        let off = float(puff) - 3.0;
                        let radius = (0.050 - 0.0085 * off.abs()) * size * rng.range(0.75, 1.2);
                        (off * 0.036 * size, radius * rng.range(0.1, 0.8), radius)
                    })
                    .collect();
                Cloud { x, y, puffs }
            })
            .collect();
        let (flock_x, flock_y) = (rng.range(0.15, 0.7), rng.range(0.18, 0.36));
        let birds =
            (0..rng.below(6)).map(|_| (flock_x + rng.range(0.0, 0.2), flock_y + rng.range(-0.05, 0.08), rng.range(0.010, 0.018))).collect();
        Self {
            hour,
            sun: (rng.range(0.22, 0.78), rng.range(0.20, 0.42), rng.range(0.055, 0.085)),
            crescent: hour.stars >= 200 && rng.chance(50),
            stars: (0..hour.stars).map(|_| (rng.range(0.0, 1.0), rng.range(0.0, 0.6), rng.range(0.15, 1.0))).collect(),
            clouds,
            birds: if hour.stars < 100 { birds } else { Vec::new() },
            ridges,
            trees,
            snow,
            water: water.then_some(horizon + 0.12),
        }
    }

    /// The whole picture, at its best moment.
    pub(crate) fn picture(&self, width: usize, height: usize) -> Canvas {
        let mut canvas = self.backdrop(width, height);
        self.moving(&mut canvas, 1.0);
        self.land(&mut canvas);
        canvas
    }

    /// What stands still behind the sun: sky and stars.
    pub(crate) fn backdrop(&self, width: usize, height: usize) -> Canvas {
        let mut canvas = Canvas::new(width, height);
        let [top, middle, bottom] = self.hour.sky;
        canvas.gradient(top, middle, bottom, 0.55, height * 7 / 10);
        let (w, h) = (float(width), float(height));
        for (x, y, bright) in &self.stars {
            let fade = bright * (1.0 - y / 0.75);
            canvas.disc(x * w, y * h, 0.35 + 0.0011 * h * bright, hex(0xff_fff4), fade);
            if *bright > 0.95 {
                canvas.glow(x * w, y * h, 0.014 * h, hex(0xff_ffff), 0.5 * fade);
            }
        }
        canvas
    }

    /// What moves: the sun climbs, clouds and birds drift. `part` of the way, 0 to 1.
    pub(crate) fn moving(&self, canvas: &mut Canvas, part: f32) {
        let (w, h) = (float(canvas.width), float(canvas.height));
        let (x, y, radius) = self.sun;
        let (x, y, radius) = (x * w, (y + 0.34 * (1.0 - part)) * h, radius * h);
        canvas.glow(x, y, radius * 4.2, self.hour.glow, 0.55);
        canvas.glow(x, y, radius * 2.0, self.hour.sun, 0.45);
        if self.crescent {
            let behind = canvas.clone();
            canvas.disc(x, y, radius, self.hour.sun, 1.0);
            let (bite_x, bite_y) = (x + radius * 0.45, y - radius * 0.18);
            for py in 0..canvas.height {
                let dy = float(py) + 0.5 - bite_y;
                if dy.abs() > radius {
                    continue;
                }
                for px in 0..canvas.width {
                    let dx = float(px) + 0.5 - bite_x;
                    let cover = (radius * 0.92 + 0.5 - (dx * dx + dy * dy).sqrt()).clamp(0.0, 1.0);
                    canvas.blend(px, py, behind.at(px, py), cover);
                }
            }
        } else {
            canvas.disc(x, y, radius, self.hour.sun, 1.0);
        }
        for cloud in &self.clouds {
            canvas.cloud((cloud.x + 0.05 * (part - 1.0)) * w, cloud.y * h, h, &cloud.puffs, self.hour.cloud);
        }
        let flap = (part * 40.0).sin();
        for (x, y, size) in &self.birds {
            let (x, y, size) = ((x + 0.15 * (part - 1.0)) * w, y * h, size * w);
            let lift = size * (0.45 + 0.35 * flap);
            for side in [-1.0, 1.0] {
                let elbow = (x + side * size * 0.55, y - lift);
                canvas.line((x, y), elbow, self.hour.near, 1.2);
                canvas.line(elbow, (x + side * size, y - lift * 0.55), self.hour.near, 1.0);
            }
        }
    }

    /// What stands still in front: hills, snow, trees and water.
    pub(crate) fn land(&self, canvas: &mut Canvas) {
        let (w, h) = (float(canvas.width), float(canvas.height));
        let end = self.water.map_or(h, |line| line * h);
        let last = self.ridges.len() - 1;
        for (index, ridge) in self.ridges.iter().enumerate() {
            let step = float(index) / float(last);
            let colour = mix(mix(self.hour.far, self.hour.sky[2], 0.25), self.hour.near, step);
            // Mist gathers at the foot of each range.
            let foot = mix(colour, self.hour.sky[2], 0.42 * (1.0 - step));
            let white = mix(hex(0xff_ffff), self.hour.sky[2], 0.3);
            for x in 0..canvas.width {
                let at = float(x) / w;
                let top = ridge.top(at);
                let jag = (at * 90.0).sin() * 0.008 + (at * 210.0).sin() * 0.004;
                let cap = (ridge.base - 0.055 + jag) * h;
                let capped = self.snow && ridge.sharp;
                canvas.column(x, top * h, end, |y| {
                    let rock = mix(colour, foot, (y / h - top) / 0.16);
                    if capped { mix(white, rock, (y - cap) * 0.5 + 0.5) } else { rock }
                });
            }
        }
        for (x, size) in &self.trees {
            let foot = self.ridges[last].top(*x).min(self.water.unwrap_or(1.2)) + 0.012;
            pine(canvas, x * w, foot * h, size * h, mix(self.hour.near, hex(0), 0.25));
        }
        if let Some(line) = self.water {
            self.mirror(canvas, line);
        }
    }

    /// Water from `line` down: the picture above, upside down, broken by ripples.
    fn mirror(&self, canvas: &mut Canvas, line: f32) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a row of the picture")]
        let first = (line * float(canvas.height)) as usize;
        for y in first..canvas.height {
            let deep = float(y - first) / float(canvas.height - first);
            let source = first - 1 - (y - first).min(first - 1);
            let ripple = (float(y) * (1.9 - deep)).sin() * (1.0 + 5.0 * deep);
            let tint = mix(self.hour.sky[0], self.hour.near, 0.35);
            let glint = if (float(y) * (1.9 - deep)).cos() > 0.9 { 0.10 } else { 0.0 };
            for x in 0..canvas.width {
                let shift = ripple + (float(x) * 0.05 + float(y) * 0.31).sin() * 2.5 * deep;
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped into the row")]
                let from = (float(x) + shift).clamp(0.0, float(canvas.width - 1)) as usize;
                let seen = mix(canvas.at(from, source), tint, 0.22 + 0.38 * deep);
                canvas.set(x, y, mix(seen, self.hour.sky[2], glint));
            }
        }
    }
}

/// A pine: three skirts on a trunk.
fn pine(canvas: &mut Canvas, x: f32, foot: f32, size: f32, colour: Colour) {
    canvas.line((x, foot), (x, foot - size * 0.3), colour, size * 0.06);
    for skirt in 0..3 {
        let low = foot - size * (0.14 + 0.26 * float(skirt));
        let tall = size * 0.42;
        let wide = size * (0.25 - 0.06 * float(skirt));
        let mut y = low;
        while y > low - tall {
            let half = wide * (1.0 - (low - y) / tall);
            canvas.line((x - half, y), (x + half, y), colour, 1.0);
            y -= 0.9;
        }
    }
}
