// Where files may come from, what they may be, and what they are called: the native client's rules, and its tables.

import assert from "node:assert/strict";
import test from "node:test";
import { DIST } from "../support/package.mjs";

const { isForbidden, isLoopbackAddress } = await import(new URL("files/address.js", DIST).href);
const { formatOf } = await import(new URL("files/format.js", DIST).href);
const { stemOf } = await import(new URL("files/place.js", DIST).href);
const { firstTarget, nextTarget } = await import(new URL("files/target.js", DIST).href);

test("every network is refused from its first address to its last and no further", () => {
    const table = [
        ["0.0.0.0", "0.255.255.255", undefined, "1.0.0.0"],
        ["10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0"],
        ["100.64.0.0", "100.127.255.255", "100.63.255.255", "100.128.0.0"],
        ["127.0.0.0", "127.255.255.255", "126.255.255.255", "128.0.0.0"],
        ["168.63.129.16", "168.63.129.16", "168.63.129.15", "168.63.129.17"],
        ["169.254.0.0", "169.254.255.255", "169.253.255.255", "169.255.0.0"],
        ["172.16.0.0", "172.31.255.255", "172.15.255.255", "172.32.0.0"],
        ["192.0.0.0", "192.0.0.255", "191.255.255.255", "192.0.1.0"],
        ["192.0.2.0", "192.0.2.255", "192.0.1.255", "192.0.3.0"],
        ["192.88.99.0", "192.88.99.255", "192.88.98.255", "192.88.100.0"],
        ["192.168.0.0", "192.168.255.255", "192.167.255.255", "192.169.0.0"],
        ["198.18.0.0", "198.19.255.255", "198.17.255.255", "198.20.0.0"],
        ["198.51.100.0", "198.51.100.255", "198.51.99.255", "198.51.101.0"],
        ["203.0.113.0", "203.0.113.255", "203.0.112.255", "203.0.114.0"],
        ["224.0.0.0", "255.255.255.255", "223.255.255.255", undefined],
        ["::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", undefined, "2000::"],
        ["2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff", undefined, "2001:1::1"],
        ["2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff", undefined, "2001:2:1::"],
        ["2001:10::", "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff", "2001:f::1", "2001:30::1"],
        ["2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db7::1", "2001:db9::1"],
        ["2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:ffff::1", "2003::"],
        ["3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "3ffe:ffff::1", "3fff:1000::"],
        ["4000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "3fff:ffff::1", undefined],
    ];
    for (const [first, last, before, after] of table) {
        assert.ok(isForbidden(first) && isForbidden(last), `${first} to ${last}`);
        for (const public_ of [before, after]) assert.ok(public_ === undefined || !isForbidden(public_), public_);
    }
});

test("addresses in disguise are refused, and so is what is no address", () => {
    for (
        const text of [
            "::1",
            "::ffff:8.8.8.8",
            "::ffff:127.0.0.1",
            "64:ff9b::808:808",
            "fe80::1",
            "fe80::1%eth0",
            "2606:4700::1%1",
            "fd00:ec2::254",
            "ff02::1",
        ]
    ) {
        assert.ok(isForbidden(text), text);
    }
    for (const text of ["", "localhost", "127.1", "8.8.8", "0x8.8.8.8", "[2606:4700::1]", "1.2.3.4.5"]) assert.ok(isForbidden(text), text);
    assert.ok(!isForbidden("8.8.8.8") && !isForbidden("2606:4700::1"));
    for (const text of ["127.0.0.1", "127.255.0.9", "::1", "0:0:0:0:0:0:0:1"]) assert.ok(isLoopbackAddress(text), text);
    for (const text of ["", "128.0.0.1", "::2", "::ffff:127.0.0.1", "localhost", "127.1"]) assert.ok(!isLoopbackAddress(text), text);
});

const fits = (url, allowsLoopback = false) => {
    try {
        firstTarget(url, allowsLoopback);
        return true;
    } catch (error) {
        assert.equal(error.code, "UNSUPPORTED", error);
        return false;
    }
};

test("plain public URLs pass", () => {
    for (
        const url of [
            "https://cdn.example.com/a/b.png?x=1#y",
            "HTTPS://CDN.example.com:443/",
            "https://8.8.8.8/",
            "https://[2606:4700::1]/",
            "https://1a.example/",
            "https://xn--bcher-kva.example/",
            "https://a_b.example./",
            "https://user.example/?u=a@b",
            "https://internal.example/",
            "https://0x7f.example/",
        ]
    ) {
        assert.ok(fits(url), url);
    }
});

test("every other URL is refused", () => {
    for (
        const url of [
            "",
            "cdn.example/x",
            "ftp://cdn.example/",
            "file:///etc/passwd",
            "data:image/png;base64,AA==",
            "https:cdn.example/",
            "https:/cdn.example/",
            "https:///cdn.example/",
            " https://cdn.example/",
            "http://cdn.example/",
            "https://cdn.example:8443/",
            "https://cdn.example:80/",
            "https://user@cdn.example/",
            "https://user:pw@cdn.example/",
            "https://@cdn.example/",
            "https://cdn.example\\@evil.example/",
            "https://cdn.exa\tmple/",
            "https://cdn%2eexample/",
            "https://b\u00fccher.example/",
            "https://\uff1127.0.0.1/",
            "https://127\u30020.0.1/",
            "https://127.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f000001/",
            "https://0x7f.0.0.1/",
            "https://0177.0.0.1/",
            "https://127.0.0.1./",
            "https://8.8.2056/",
            "https://134744072/",
            "https://010.8.8.8/",
            "https://8.8.8.8./",
            "https://10.0.0.1/",
            "https://169.254.169.254/latest/meta-data/",
            "https://[::1]/",
            "https://[::ffff:8.8.8.8]/",
            "https://[fd00:ec2::254]/",
            "https://[::1%25eth0]/",
            "https://localhost/",
            "https://LOCALHOST./",
            "https://a.localhost/",
            "https://metadata.google.internal/",
            "https://printer.local/",
            "https://local/",
            "https://./",
            "https://a../",
            "https://?x",
        ]
    ) {
        assert.ok(!fits(url), url);
    }
});

test("this machine and http only where the provider itself is here", () => {
    for (const url of ["http://127.0.0.1:8080/a", "http://localhost:1/", "http://[::1]:9/", "https://cdn.example/"]) assert.ok(fits(url, true), url);
    for (
        const url of [
            "http://10.0.0.1/",
            "http://cdn.example/",
            "http://127.1:8080/",
            "http://0.0.0.0:8080/",
            "ftp://127.0.0.1/",
            "http://a@127.0.0.1/",
        ]
    ) {
        assert.ok(!fits(url, true), url);
    }
});

test("redirects are checked as strictly", () => {
    const from = firstTarget("https://cdn.example/a/b", true);
    const next = (location) => {
        try {
            return nextTarget(from, location, true).href;
        } catch (error) {
            assert.equal(error.code, "UNSUPPORTED", error);
            return undefined;
        }
    };
    assert.equal(next("c?x=https://y"), "https://cdn.example/a/c?x=https://y");
    assert.equal(next("/c"), "https://cdn.example/c");
    assert.equal(next("//other.example/c"), "https://other.example/c");
    assert.equal(next("https://other.example/c"), "https://other.example/c");
    for (
        const bad of [
            "http://cdn.example/",
            "http://127.0.0.1/",
            "https://127.0.0.1:444/",
            "//127.1/",
            "https://0x7f.1/",
            "https:other.example",
            "///evil.example/",
            "/\\evil.example",
            "\\\\evil.example",
            "https:/\t/evil.example",
            "//user@cdn.example/",
            "javascript:alert(1)",
            "https://169.254.169.254/",
            "https://[::1]:444/",
            " //evil.example",
        ]
    ) {
        assert.equal(next(bad), undefined, bad);
    }
    const local = firstTarget("http://127.0.0.1:1/", true);
    assert.ok(nextTarget(local, "http://127.0.0.1:2/", true) && nextTarget(local, "https://cdn.example/", true));
});

const bytes = (latin1) => Uint8Array.from(latin1, (letter) => letter.charCodeAt(0));

test("formats are told by their first bytes", () => {
    for (
        const [head, kind, ending] of [
            ["\x89PNG\r\n\x1a\n....", "image", "png"],
            ["\xff\xd8\xff\xe0....", "image", "jpg"],
            ["GIF89a....", "image", "gif"],
            ["RIFF\x10\0\0\0WEBPVP8 ", "image", "webp"],
            ["\0\0\0\x1cftypavif", "image", "avif"],
            ["BM\x10\x10\0\0\0\0\0\0\x36", "image", "bmp"],
            ["\0\0\0\x1cftypisom", "video", "mp4"],
            ["\0\0\0\x14ftypqt  ", "video", "mov"],
            ["\x1a\x45\xdf\xa3....", "video", "webm"],
            ["GIF89a....", "video", "gif"],
            ["\0\0\0\x1cftypisom", "audio", "m4a"],
            ["RIFF\x10\0\0\0WAVEfmt ", "audio", "wav"],
            ["ID3\x04\0", "audio", "mp3"],
            ["\xff\xfb\x90\x44", "audio", "mp3"],
            ["\xff\xf1\x50\x80", "audio", "aac"],
            ["fLaC\0\0\0\x22", "audio", "flac"],
            ["OggS\0", "audio", "ogg"],
            ["glTF\x02\0\0\0", "model", "glb"],
            ['{\n  "asset": {"version": "2.0"}', "model", "gltf"],
            ["# a comment\nmtllib a.mtl\nv 1 2 3\n", "model", "obj"],
            ["PK\x03\x04....", "model", "zip"],
            ["solid cube\n", "model", "stl"],
            ["ply\nformat ascii 1.0\n", "model", "ply"],
            ["whatever", "unknown", "bin"],
        ]
    ) {
        assert.equal(formatOf(bytes(head), undefined, kind).ending, ending, `${JSON.stringify(head)} as ${kind}`);
    }
});

test("another type than was promised is named", () => {
    for (
        const [head, kind, found] of [
            ["\x89PNG\r\n\x1a\n", "video", "image/png"],
            ["\0\0\0\x1cftypisom", "image", "video/mp4"],
            ["\0\0\0\x1cftypM4A ", "video", "audio/mp4"],
            ["<!DOCTYPE html><html>", "image", "a web page"],
            ["\n <HTML>", "unknown", "a web page"],
            ["\xef\xbb\xbf<html>", "unknown", "a web page"],
            ['{"error": "expired"}', "model", "JSON"],
            ["Not found", "audio", "text"],
            ["\x1f\x8b\x08", "image", "gzip"],
            ["MZ\x90\0", "image", "an unknown format"],
            ["", "unknown", "nothing"],
        ]
    ) {
        assert.equal(formatOf(bytes(head), undefined, kind), found, `${JSON.stringify(head)} as ${kind}`);
    }
});

test("a binary STL is told by its length", () => {
    const file = new Uint8Array(84 + 50 * 2);
    file[80] = 2;
    assert.equal(formatOf(file, 184, "model").ending, "stl");
    assert.equal(typeof formatOf(file, 185, "model"), "string");
});

test("names are made of plain characters", () => {
    assert.equal(stemOf("0b5e-1", "image", 0), "0b5e-1-image-1");
    assert.equal(stemOf("../../etc/passwd", "..", 1), "etc-passwd-file-2");
    assert.equal(stemOf("C:\\CON\0", "video", 2), "C--CON-video-3");
    assert.equal(stemOf("...", "model", 9), "task-model-10");
    assert.ok(stemOf("a".repeat(1_000), "audio", 0).length < 100);
});
