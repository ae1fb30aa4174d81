"""The shared vectors of all languages, run through the public API of this one."""
