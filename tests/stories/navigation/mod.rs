//! Where somebody is, and how they get elsewhere: the way to a page, the list of servers, anything by its name.

mod searching;
mod servers;
mod way;

use reqwest::Method;

use crate::support::page::Page;
use crate::support::visitor::Visitor;

/// The part of a page that a script asks for.
async fn part(visitor: &mut Visitor, name: &str, path: &str) -> Page {
    let request = visitor.request(Method::GET, path).header("x-part", name);
    visitor.send(request).await
}
