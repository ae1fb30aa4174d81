//! A small planet of flat triangles as GLB (glTF 2.0): sea, land and snow in colours from the seed.

use super::canvas::{Colour, hex, mix};
use super::rng::Rng;
use serde_json::json;

type Point = [f32; 3];

/// Sea, shore, land, heights.
const WORLDS: [[u32; 4]; 5] = [
    [0x1f_6fb5, 0xe8_d5a3, 0x4c_9a4e, 0xff_ffff],
    [0x0e_4d64, 0xd8_c9a0, 0xc0_6a3a, 0xff_e6c8],
    [0x5a_3d8a, 0xf0_b6d0, 0x8f_5fb8, 0xff_f0ff],
    [0x12_7a6a, 0xf2_e2b0, 0x2f_a36a, 0xea_fff0],
    [0x2b_2f4a, 0xff_a552, 0x8a_2d2d, 0xff_e08a],
];

pub(crate) fn planet(rng: &mut Rng) -> Vec<u8> {
    let world = rng.pick(&WORLDS).map(hex);
    let hills: Vec<(Point, f32)> =
        (0..9).map(|_| (unit([rng.range(-1.0, 1.0), rng.range(-1.0, 1.0), rng.range(-1.0, 1.0)]), rng.range(0.5, 1.0))).collect();
    let mut triangles = icosahedron();
    for _ in 0..3 {
        triangles = triangles.into_iter().flat_map(split).collect();
    }
    let count = triangles.len() * 3;
    let mut data: [Vec<u8>; 3] = Default::default();
    let (mut least, mut most) = ([f32::MAX; 3], [f32::MIN; 3]);
    for corners in triangles {
        let raised = corners.map(|corner| height(corner, &hills));
        let level = raised.iter().sum::<f32>() / 3.0;
        let placed: [Point; 3] = std::array::from_fn(|index| corners[index].map(|part| part * (1.0 + raised[index])));
        let normal = unit(cross(minus(placed[1], placed[0]), minus(placed[2], placed[0])));
        let colour = shade(world, level);
        for point in placed {
            for axis in 0..3 {
                least[axis] = least[axis].min(point[axis]);
                most[axis] = most[axis].max(point[axis]);
            }
            for (list, value) in data.iter_mut().zip([point, normal, colour.map(|part| (part / 255.0).powf(2.2))]) {
                list.extend(value.iter().flat_map(|part| part.to_le_bytes()));
            }
        }
    }
    let size = count * 12;
    let view = |index: usize| json!({"buffer": 0, "byteOffset": index * size, "byteLength": size, "target": 34962});
    let accessor = |index: usize| json!({"bufferView": index, "componentType": 5126, "count": count, "type": "VEC3"});
    let mut place = accessor(0);
    place["min"] = json!(least);
    place["max"] = json!(most);
    let scene = json!({
        "asset": {"version": "2.0", "generator": "gentask-sandbox"},
        "scene": 0, "scenes": [{"nodes": [0]}], "nodes": [{"mesh": 0, "name": "planet"}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0, "NORMAL": 1, "COLOR_0": 2}, "material": 0, "mode": 4}]}],
        "materials": [{"name": "ground", "pbrMetallicRoughness": {"baseColorFactor": [1, 1, 1, 1], "metallicFactor": 0, "roughnessFactor": 0.85}}],
        "accessors": [place, accessor(1), accessor(2)],
        "bufferViews": [view(0), view(1), view(2)],
        "buffers": [{"byteLength": size * 3}],
    });
    file(scene.to_string().into_bytes(), &data.concat())
}

/// How far a point of the ball is raised: the sea is level.
fn height(point: Point, hills: &[(Point, f32)]) -> f32 {
    let sum: f32 = hills.iter().map(|(peak, size)| size * (dot(point, *peak) - 0.62).max(0.0)).sum();
    let rough = (point[0] * 9.0).sin() * (point[1] * 11.0).sin() * (point[2] * 10.0).sin();
    if sum > 0.02 { sum * 0.42 * (1.0 + 0.5 * rough) + 0.01 } else { 0.0 }
}

fn shade(world: [Colour; 4], level: f32) -> Colour {
    match level {
        l if l < 0.006 => world[0],
        l if l < 0.03 => world[1],
        l => mix(world[2], world[3], (l - 0.07) * 14.0),
    }
}

fn icosahedron() -> Vec<[Point; 3]> {
    const FACES: [[usize; 3]; 20] = [
        [0, 11, 5],
        [0, 5, 1],
        [0, 1, 7],
        [0, 7, 10],
        [0, 10, 11],
        [1, 5, 9],
        [5, 11, 4],
        [11, 10, 2],
        [10, 7, 6],
        [7, 1, 8],
        [3, 9, 4],
        [3, 4, 2],
        [3, 2, 6],
        [3, 6, 8],
        [3, 8, 9],
        [4, 9, 5],
        [2, 4, 11],
        [6, 2, 10],
        [8, 6, 7],
        [9, 8, 1],
    ];
    let t = 1.618_034;
    let points = [
        [-1.0, t, 0.0],
        [1.0, t, 0.0],
        [-1.0, -t, 0.0],
        [1.0, -t, 0.0],
        [0.0, -1.0, t],
        [0.0, 1.0, t],
        [0.0, -1.0, -t],
        [0.0, 1.0, -t],
        [t, 0.0, -1.0],
        [t, 0.0, 1.0],
        [-t, 0.0, -1.0],
        [-t, 0.0, 1.0],
    ];
    FACES.iter().map(|face| face.map(|index| unit(points[index]))).collect()
}

fn split([a, b, c]: [Point; 3]) -> [[Point; 3]; 4] {
    let middle = |p: Point, q: Point| unit([p[0] + q[0], p[1] + q[1], p[2] + q[2]]);
    let (ab, bc, ca) = (middle(a, b), middle(b, c), middle(c, a));
    [[a, ab, ca], [b, bc, ab], [c, ca, bc], [ab, bc, ca]]
}

fn minus(a: Point, b: Point) -> Point {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

fn dot(a: Point, b: Point) -> f32 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn cross(a: Point, b: Point) -> Point {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

fn unit(a: Point) -> Point {
    let length = dot(a, a).sqrt().max(1e-6);
    a.map(|part| part / length)
}

/// The container: a header of 12 bytes, a JSON chunk and a binary one, each padded to four bytes.
fn file(mut json: Vec<u8>, data: &[u8]) -> Vec<u8> {
    json.resize(json.len().next_multiple_of(4), b' ');
    let size = |n: usize| u32::try_from(n).unwrap_or_default().to_le_bytes();
    let mut out = Vec::with_capacity(json.len() + data.len() + 28);
    out.extend_from_slice(b"glTF");
    out.extend_from_slice(&2_u32.to_le_bytes());
    out.extend_from_slice(&size(28 + json.len() + data.len()));
    for (kind, chunk) in [(b"JSON", json.as_slice()), (b"BIN\0", data)] {
        out.extend_from_slice(&size(chunk.len()));
        out.extend_from_slice(kind);
        out.extend_from_slice(chunk);
    }
    out
}
