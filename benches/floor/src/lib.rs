//! What both sides of the benchmarks of events know: the events of a lively evening, by their number.

pub mod evening;
