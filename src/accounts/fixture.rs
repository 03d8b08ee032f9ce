//! An account's surroundings for the tests of this folder.
