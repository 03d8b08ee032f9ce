//! Closing the listener without losing whoever stands before it.
//!
//! A listener that is simply closed drops the connections that the system has let in and nobody has taken yet. The
//! request on such a one is lost, and a balancer must not send a POST a second time, because it cannot know that
//! nobody has read it. So whoever comes new is left unanswered first: their system asks again within a second, finds
//! the door closed, and a balancer then goes to another instance, having sent nothing. Meanwhile all who were let in
//! are taken, and served.

use std::net::TcpListener;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::ConnectionType;
use actix_web::middleware::Next;
use actix_web::web::Data;

/// How long those who were let in may stand in line: far longer than it takes to hand them to a worker, and shorter
/// than the second after which a system asks again.
const IN_LINE: Duration = Duration::from_millis(500);

/// Clones share it.
#[derive(Clone)]
pub struct Door(Arc<Inner>);

struct Inner {
    /// The server holds the same socket.
    listener: Mutex<Option<TcpListener>>,
    closing: AtomicBool,
}

impl Door {
    pub fn of(listener: TcpListener) -> Self {
        Self(Arc::new(Inner { listener: Mutex::new(Some(listener)), closing: AtomicBool::new(false) }))
    }

    /// The same socket, for the server.
    ///
    /// # Errors
    /// As the system says, or that it is closed.
    pub fn listener(&self) -> std::io::Result<TcpListener> {
        match &*self.listener_held() {
            Some(listener) => listener.try_clone(),
            None => Err(std::io::ErrorKind::NotConnected.into()),
        }
    }

    /// Lets nobody in any more, and waits for half a second until those who are in have been taken. The server is to
    /// be stopped at once after it.
    pub async fn close(&self) {
        self.0.closing.store(true, Ordering::SeqCst);
        let Some(listener) = self.listener_held().take() else { return };
        match leave_unanswered(&listener) {
            Ok(()) => tokio::time::sleep(IN_LINE).await,
            Err(error) => tracing::warn!(cause = %error, "who comes while this instance stops may be dropped"),
        }
    }

    /// Whoever was let in and not taken is dropped.
    pub fn slam(&self) {
        self.listener_held().take();
    }

    fn listener_held(&self) -> MutexGuard<'_, Option<TcpListener>> {
        self.0.listener.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Once the door closes, an answer is the last one on its connection.
pub async fn last_answer(
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let door = req.app_data::<Data<Door>>().cloned();
    let mut response = next.call(req).await?;
    if door.is_some_and(|door| door.0.closing.load(Ordering::SeqCst)) {
        response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    }
    Ok(response)
}

/// The system drops what asks for a new connection, and nothing else: what is on its way through the door still comes.
#[cfg(target_os = "linux")]
fn leave_unanswered(listener: &TcpListener) -> std::io::Result<()> {
    use socket2::{SockFilter, SockRef};

    // In the words of the kernel's packet filter, which sees the TCP header: its flags; of these SYN and ACK; SYN
    // alone is dropped; all else passes whole.
    let filter = [
        SockFilter::new(0x30, 0, 0, 13),
        SockFilter::new(0x54, 0, 0, 0x12),
        SockFilter::new(0x15, 0, 1, 0x02),
        SockFilter::new(0x06, 0, 0, 0),
        SockFilter::new(0x06, 0, 0, u32::MAX),
    ];
    SockRef::from(listener).attach_filter(&filter)
}

#[cfg(not(target_os = "linux"))]
fn leave_unanswered(_: &TcpListener) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::io::{ErrorKind, Read as _, Write as _};
    use std::net::TcpStream;

    use super::*;

    #[test]
    fn who_was_let_in_is_served_and_who_comes_later_has_sent_nothing() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let mut early = TcpStream::connect(address).unwrap();
        early.write_all(b"early").unwrap();
        leave_unanswered(&listener).unwrap();
        let late = TcpStream::connect_timeout(&address, Duration::from_millis(100));
        assert!(matches!(late, Err(error) if error.kind() == ErrorKind::TimedOut), "nobody answers");

        let (mut taken, _) = listener.accept().unwrap();
        let mut heard = [0; 5];
        taken.read_exact(&mut heard).unwrap();
        assert_eq!(&heard, b"early");
        taken.write_all(b"yes").unwrap();
        early.write_all(b"more").unwrap();
        let mut answer = [0; 3];
        early.read_exact(&mut answer).unwrap();
        assert_eq!(&answer, b"yes");

        drop(listener);
        let later = TcpStream::connect(address);
        assert!(matches!(later, Err(error) if error.kind() == ErrorKind::ConnectionRefused), "the door is closed");
    }
}
