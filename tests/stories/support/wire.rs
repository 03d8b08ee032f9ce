//! A request as bytes, for what no HTTP client would send, and the answer up to its end.

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::app::TestApp;
use super::page::Page;

impl TestApp {
    /// Sends these bytes as they are; the request has to ask for the connection to be closed.
    pub async fn sends(&self, bytes: &[u8]) -> Page {
        let mut line = TcpStream::connect(self.config.listen).await.unwrap();
        line.write_all(bytes).await.unwrap();
        let mut answer = Vec::new();
        // A connection that is reset behind its answer has answered all the same.
        let _ = line.read_to_end(&mut answer).await;
        read(&String::from_utf8_lossy(&answer))
    }

    /// A GET of exactly this path.
    pub async fn gets_raw(&self, path: &str, headers: &str) -> Page {
        let host = self.config.listen;
        self.sends(format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{headers}Connection: close\r\n\r\n").as_bytes())
            .await
    }
}

fn read(answer: &str) -> Page {
    let (head, body) = answer.split_once("\r\n\r\n").expect("headers and a body");
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).expect("a status line");
    let mut headers = HeaderMap::new();
    for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
        headers.append(name.parse::<HeaderName>().unwrap(), HeaderValue::from_str(value).unwrap());
    }
    Page { status: status.parse::<StatusCode>().unwrap(), headers, body: body.to_owned() }
}
