use super::*;

#[test]
fn a_picture_decodes_to_its_size_and_differs_with_the_prompt() {
    let picture = render(MediaKind::Image, "a sunset", 1);
    let mut reader = png::Decoder::new(std::io::Cursor::new(&picture)).read_info().unwrap();
    assert_eq!((reader.info().width, reader.info().height), (512, 512));
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    assert!(pixels.iter().any(|byte| *byte != pixels[0]));
    assert_ne!(picture, render(MediaKind::Image, "a sunset", 2));
    assert_ne!(picture, render(MediaKind::Image, "a forest", 1));
}

#[test]
fn every_kind_is_small_and_the_same_again() {
    for kind in [MediaKind::Image, MediaKind::Video, MediaKind::Audio, MediaKind::Model] {
        for seed in 0..3 {
            let file = render(kind, "a lake at night", seed);
            assert!(file.len() > 10_000 && file.len() < 1_500_000, "{kind:?}: {} bytes", file.len());
            assert_eq!(file, render(kind, "a lake at night", seed));
        }
    }
}

/// The children of a box: (name, body).
fn children(mut bytes: &[u8]) -> Vec<(String, &[u8])> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let size = u32::from_be_bytes(bytes[..4].try_into().unwrap()) as usize;
        found.push((String::from_utf8(bytes[4..8].to_vec()).unwrap(), &bytes[8..size]));
        bytes = &bytes[size..];
    }
    found
}

fn inside<'a>(bytes: &'a [u8], path: &[&str]) -> &'a [u8] {
    path.iter().fold(bytes, |bytes, name| children(bytes).into_iter().find(|(found, _)| found == name).expect(name).1)
}

#[test]
fn a_film_has_thirty_samples_that_fill_its_data() {
    let film = render(MediaKind::Video, "waves", 3);
    let names: Vec<String> = children(&film).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["ftyp", "moov", "mdat"]);
    let table = inside(&film, &["moov", "trak", "mdia", "minf", "stbl"]);
    let sizes: Vec<usize> =
        inside(table, &["stsz"])[12..].chunks(4).map(|word| u32::from_be_bytes(word.try_into().unwrap()) as usize).collect();
    let data = inside(&film, &["mdat"]);
    assert_eq!((sizes.len(), sizes.iter().sum::<usize>()), (30, data.len()));
    let offset = u32::from_be_bytes(inside(table, &["stco"])[8..12].try_into().unwrap()) as usize;
    assert_eq!(film[offset..].len(), data.len());
    let mut at = 0;
    for (index, size) in sizes.into_iter().enumerate() {
        assert_eq!(u32::from_be_bytes(data[at..at + 4].try_into().unwrap()) as usize, size - 4);
        assert_eq!(data[at + 4], if index == 0 { 0x65 } else { 0x61 });
        at += size;
    }
}

#[test]
fn a_melody_says_its_own_length_and_is_heard() {
    let wave = render(MediaKind::Audio, "a song", 5);
    assert_eq!((&wave[..4], &wave[8..16]), (&b"RIFF"[..], &b"WAVEfmt "[..]));
    assert_eq!(u32::from_le_bytes(wave[4..8].try_into().unwrap()) as usize, wave.len() - 8);
    assert_eq!(u32::from_le_bytes(wave[40..44].try_into().unwrap()) as usize, wave.len() - 44);
    let loudest = wave[44..].chunks(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]]).unsigned_abs()).max().unwrap();
    assert!((5_000..28_001).contains(&loudest), "{loudest}");
}

#[test]
fn a_planet_is_valid_gltf() {
    let file = render(MediaKind::Model, "a planet", 5);
    let word = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap()) as usize;
    assert_eq!((&file[..4], word(4), word(8)), (&b"glTF"[..], 2, file.len()));
    let json_size = word(12);
    let scene: serde_json::Value = serde_json::from_slice(&file[20..20 + json_size]).unwrap();
    let binary = 20 + json_size;
    assert_eq!((&file[16..20], &file[binary + 4..binary + 8]), (&b"JSON"[..], &b"BIN\0"[..]));
    assert_eq!(word(binary), file.len() - binary - 8);
    assert_eq!(scene["buffers"][0]["byteLength"], word(binary));
    for axis in 0..3 {
        let least = scene["accessors"][0]["min"][axis].as_f64().unwrap();
        let most = scene["accessors"][0]["max"][axis].as_f64().unwrap();
        assert!(least < -0.9 && most > 0.9 && most < 2.0, "{least} {most}");
    }
}
