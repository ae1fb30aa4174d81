//! A film of a scene, and the MP4 boxes around it (ISO/IEC 14496-12 and -15).

use super::h264::Encoder;
use super::scene::Scene;

const WIDTH: usize = 320;
const HEIGHT: usize = 180;
const FRAMES: u32 = 30;
/// Time units a second, and a frame's length in them: ten frames a second.
const SCALE: u32 = 1000;
const STEP: u32 = 100;

/// Thirty frames in which the sun climbs and the clouds drift.
pub(crate) fn film(scene: &Scene) -> Vec<u8> {
    let sky = scene.backdrop(WIDTH, HEIGHT);
    // The land is drawn once on a sky without a sun, and laid over each frame where it hides the sky.
    let mut front = sky.clone();
    scene.land(&mut front);
    let hidden: Vec<bool> = front.rgb.chunks_exact(3).zip(sky.rgb.chunks_exact(3)).map(|(front, sky)| front != sky).collect();
    let spans = runs(&hidden);
    let mut encoder = Encoder::new(WIDTH, HEIGHT);
    let mut samples = Vec::new();
    for frame in 0..FRAMES {
        let mut canvas = sky.clone();
        #[expect(clippy::cast_precision_loss, reason = "thirty frames")]
        scene.moving(&mut canvas, frame as f32 / (FRAMES - 1) as f32);
        for span in &spans {
            canvas.rgb[span.clone()].copy_from_slice(&front.rgb[span.clone()]);
        }
        let unit = encoder.frame(&canvas);
        samples.push([&size(unit.len()).to_be_bytes(), unit.as_slice()].concat());
    }
    boxes(&samples, &encoder.sequence(), &Encoder::picture())
}

/// The byte ranges of the pixels that are set.
fn runs(set: &[bool]) -> Vec<std::ops::Range<usize>> {
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for pixel in set.iter().enumerate().filter(|(_, set)| **set).map(|(pixel, _)| pixel) {
        match runs.last_mut() {
            Some(run) if run.end == pixel * 3 => run.end += 3,
            _ => runs.push(pixel * 3..pixel * 3 + 3),
        }
    }
    runs
}

fn size(n: usize) -> u32 {
    u32::try_from(n).unwrap_or_default()
}

/// A box: its size, its name, its parts.
fn boxed(name: [u8; 4], parts: &[&[u8]]) -> Vec<u8> {
    let body: usize = parts.iter().map(|part| part.len()).sum();
    [&size(body + 8).to_be_bytes(), name.as_slice(), &parts.concat()].concat()
}

/// 32-bit numbers, big end first.
fn words(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_be_bytes()).collect()
}

fn boxes(samples: &[Vec<u8>], sequence: &[u8], picture: &[u8]) -> Vec<u8> {
    const MATRIX: [u32; 9] = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000];
    let (width, height) = (size(WIDTH), size(HEIGHT));
    let ftyp = boxed(*b"ftyp", &[b"isom", &words(&[0x200]), b"isomiso2avc1mp41"]);
    let length = FRAMES * STEP;
    let movie_head = [words(&[0, 0, 0, SCALE, length, 0x1_0000, 0x100_0000, 0, 0]), words(&MATRIX), words(&[0, 0, 0, 0, 0, 0, 2])].concat();
    let track_head = [words(&[3, 0, 0, 1, 0, length, 0, 0, 0, 0]), words(&MATRIX), words(&[width << 16, height << 16])].concat();
    let record = [
        &[1, 66, 0xc0, 30, 0xff, 0xe1],
        &size(sequence.len()).to_be_bytes()[2..],
        sequence,
        &[1],
        &size(picture.len()).to_be_bytes()[2..],
        picture,
    ]
    .concat();
    let entry = [
        words(&[0, 1, 0, 0, 0, 0]),
        words(&[(width << 16) | height, 0x48_0000, 0x48_0000, 0]),
        [&[0, 1], &[0; 32][..], &[0, 24, 0xff, 0xff]].concat(),
        boxed(*b"avcC", &[&record]),
    ]
    .concat();
    let sizes: Vec<u32> = samples.iter().map(|sample| size(sample.len())).collect();
    let table = |offset: u32| {
        boxed(
            *b"stbl",
            &[
                &boxed(*b"stsd", &[&words(&[0, 1]), &boxed(*b"avc1", &[&entry])]),
                &boxed(*b"stts", &[&words(&[0, 1, FRAMES, STEP])]),
                &boxed(*b"stss", &[&words(&[0, 1, 1])]),
                &boxed(*b"stsc", &[&words(&[0, 1, 1, FRAMES, 1])]),
                &boxed(*b"stsz", &[&words(&[0, 0, FRAMES]), &words(&sizes)]),
                &boxed(*b"stco", &[&words(&[0, 1, offset])]),
            ],
        )
    };
    let moov = |offset: u32| {
        let dinf = boxed(*b"dinf", &[&boxed(*b"dref", &[&words(&[0, 1]), &boxed(*b"url ", &[&words(&[1])])])]);
        let minf = boxed(*b"minf", &[&boxed(*b"vmhd", &[&words(&[1, 0, 0])]), &dinf, &table(offset)]);
        let media_head = boxed(*b"mdhd", &[&words(&[0, 0, 0, SCALE, length, 0x55c4_0000])]);
        let hdlr = boxed(*b"hdlr", &[&words(&[0, 0]), b"vide", &[0; 12], b"sandbox\0"]);
        let mdia = boxed(*b"mdia", &[&media_head, &hdlr, &minf]);
        boxed(*b"moov", &[&boxed(*b"mvhd", &[&movie_head]), &boxed(*b"trak", &[&boxed(*b"tkhd", &[&track_head]), &mdia])])
    };
    // The head stands before the data, so that a player can start at once; its size does not depend on the offset.
    let offset = size(ftyp.len() + moov(0).len() + 8);
    [ftyp, moov(offset), boxed(*b"mdat", &[&samples.concat()])].concat()
}
