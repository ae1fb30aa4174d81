//! Writes the Kotlin and Swift sources for the library, from what the library says of itself.

fn main() {
    uniffi::uniffi_bindgen_main();
}
