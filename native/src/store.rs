//! Where tasks live.
