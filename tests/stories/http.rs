//! What holds for every request, whatever page it is for: forms, bodies, methods, headers, images.

mod answers;
mod bodies;
mod forms;
mod images;
mod inner;
mod kinds;
mod limits;
mod proxies;
mod resets;
mod troubles;
