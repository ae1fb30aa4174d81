// What a file is, by its own first bytes. What a server or a URL calls it does not count.

/** A kind of file that providers make. */
export interface Format {
    readonly contentType: string;
    /** The ending of its name, without the dot. */
    readonly ending: string;
}

type Magic = readonly [at: number, magic: string, contentType: string, ending: string, kinds: string];

/** Magic bytes (Latin-1), where they stand, and what they mean. The first match counts; at 8, what stands at 0 must fit too. */
const MAGIC: readonly Magic[] = [
    [0, "\x89PNG\r\n\x1a\n", "image/png", "png", "image"],
    [0, "\xff\xd8\xff", "image/jpeg", "jpg", "image"],
    [0, "GIF87a", "image/gif", "gif", "image video"],
    [0, "GIF89a", "image/gif", "gif", "image video"],
    [8, "WEBP", "image/webp", "webp", "image video"],
    [0, "II*\0", "image/tiff", "tiff", "image"],
    [0, "MM\0*", "image/tiff", "tiff", "image"],
    [4, "ftypavif", "image/avif", "avif", "image"],
    [4, "ftypavis", "image/avif", "avif", "image"],
    [4, "ftypheic", "image/heic", "heic", "image"],
    [4, "ftypmif1", "image/heif", "heif", "image"],
    [4, "ftypqt  ", "video/quicktime", "mov", "video"],
    [4, "ftypM4A ", "audio/mp4", "m4a", "audio"],
    [4, "ftyp", "video/mp4", "mp4", "video audio"],
    [0, "\x1a\x45\xdf\xa3", "video/webm", "webm", "video audio"],
    [8, "AVI ", "video/x-msvideo", "avi", "video"],
    [8, "WAVE", "audio/wav", "wav", "audio"],
    [0, "ID3", "audio/mpeg", "mp3", "audio"],
    [0, "fLaC", "audio/flac", "flac", "audio"],
    [0, "OggS", "audio/ogg", "ogg", "audio video"],
    [8, "AIFF", "audio/aiff", "aiff", "audio"],
    [0, "glTF", "model/gltf-binary", "glb", "model"],
    [0, "Kaydara FBX Binary  \0", "model/vnd.fbx", "fbx", "model"],
    [0, "; FBX ", "model/vnd.fbx", "fbx", "model"],
    [0, "ply\n", "model/ply", "ply", "model"],
    [0, "ply\r\n", "model/ply", "ply", "model"],
    [0, "PXR-USDC", "model/vnd.usd", "usdc", "model"],
    [0, "BLENDER", "application/x-blender", "blend", "model"],
    [0, "PK\x03\x04", "application/zip", "zip", "model"],
    [0, "solid ", "model/stl", "stl", "model"],
];

const AAC: Magic = [0, "", "audio/aac", "aac", "audio"];
const BMP: Magic = [0, "", "image/bmp", "bmp", "image"];
const GLTF: Magic = [0, "", "model/gltf+json", "gltf", "model"];
const MP3: Magic = [0, "", "audio/mpeg", "mp3", "audio"];
const OBJ: Magic = [0, "", "model/obj", "obj", "model"];
const STL: Magic = [0, "", "model/stl", "stl", "model"];

/** Containers for sound and pictures are named after what they should hold. */
const OF_KIND: Readonly<Record<string, Format>> = {
    "video/mp4 audio": { contentType: "audio/mp4", ending: "m4a" },
    "video/webm audio": { contentType: "audio/webm", ending: "webm" },
    "audio/ogg video": { contentType: "video/ogg", ending: "ogv" },
};

/** Members that a glTF document may begin with. */
const GLTF_MEMBER =
    /^\{\s*"(accessors|animations|asset|bufferViews|buffers|cameras|extensions|extensionsRequired|extensionsUsed|extras|images|materials|meshes|nodes|samplers|scenes?|textures)"/;

/**
 * The format of a file that should be of this kind, or in words what it is instead. `length` is the whole file's, where it is known. A result of
 * unknown kind may be anything but a web page, which is what expired links and login walls answer.
 */
export function formatOf(bytes: Uint8Array, length: number | undefined, kind: string): Format | string {
    if (bytes.length === 0) return "nothing";
    const head = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    const isKnownKind = ["image", "video", "audio", "model"].includes(kind);
    const found = byMagic(head) ?? (kind === "model" ? byText(head, bytes, length) : undefined);
    if (found !== undefined) {
        const [, , contentType, ending, kinds] = found;
        if (isKnownKind && !kinds.split(" ").includes(kind)) return contentType;
        return OF_KIND[`${contentType} ${kind}`] ?? { contentType, ending };
    }
    return isKnownKind || isPage(head) ? described(head) : { contentType: "application/octet-stream", ending: "bin" };
}

function byMagic(head: string): Magic | undefined {
    const found = MAGIC.find(([at, magic, , ending]) => {
        const container = at !== 8 ? "" : ending === "aiff" ? "FORM" : "RIFF";
        return head.startsWith(container) && head.startsWith(magic, at);
    });
    if (found) return found;
    const [first, second = 0, third = 0] = [head.charCodeAt(0), head.charCodeAt(1), head.charCodeAt(2)];
    if (head.length >= 2 && first === 0xff && (second & 0xf6) === 0xf0) return AAC;
    const isLayer = (second & 0xe0) === 0xe0 && (second & 0x06) !== 0 && (third & 0xf0) !== 0xf0;
    if (head.length >= 3 && first === 0xff && isLayer) return MP3;
    // The four reserved bytes after the length are zero.
    return head.startsWith("BM") && head.startsWith("\0\0\0\0", 6) ? BMP : undefined;
}

/** 3D formats without magic bytes. */
function byText(head: string, bytes: Uint8Array, length: number | undefined): Magic | undefined {
    if (bytes.length >= 84 && length === 84 + 50 * new DataView(bytes.buffer, bytes.byteOffset).getUint32(80, true)) return STL;
    const text = head.split(/[\x80-\xff]/, 1)[0]?.trimStart() ?? "";
    if (text.startsWith("{")) return GLTF_MEMBER.test(text) ? GLTF : undefined;
    const statement = text.split("\n").map((line) => line.trimStart()).find((line) => line !== "" && !line.startsWith("#"));
    return statement !== undefined && /^(v|vn|vt|mtllib|usemtl|o|g|s)(\s|$)/.test(statement) ? OBJ : undefined;
}

function isPage(head: string): boolean {
    return /^(\xef\xbb\xbf)?\s*<(!doctype|html|\?xml|!--|head|body|error)/i.test(head);
}

/** Something that is none of the formats, in words. */
function described(head: string): string {
    if (isPage(head)) return "a web page";
    if (/^\s*[{[]/.test(head)) return "JSON";
    if (head.startsWith("\x1f\x8b")) return "gzip";
    if (head.startsWith("%PDF")) return "application/pdf";
    return /^[\x21-\x7e\t\n\f\r ]*$/.test(head) ? "text" : "an unknown format";
}
