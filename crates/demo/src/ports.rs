//! Ports of 127.0.0.1 for servers that are yet to come, and that may go and come back.
//!
//! A port that was free a moment ago may be another's by the time a server wants it: the system gives it to a
//! connection, or to somebody else who asks for a free one. So the port is held by a socket that is bound to it and
//! does not listen. Linux then gives it to nobody by itself, and still lets a server listen on it that asks for it
//! with `SO_REUSEADDR`, as Rust's own listener, redis-server and nginx do. While none listens, who connects is refused.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use socket2::{Domain, Socket, Type};

/// A port that is held for as long as this value lives: keep it until the last server on it is gone for good.
#[derive(Debug)]
pub struct Port {
    number: u16,
    _held: Socket,
}

impl Port {
    /// Any that is free.
    ///
    /// # Errors
    /// When the system has none.
    pub fn reserve() -> io::Result<Self> {
        Self::reserve_this(0)
    }

    /// This one and no other.
    ///
    /// # Errors
    /// When somebody listens on it, or the system keeps it to itself.
    pub fn reserve_this(number: u16) -> io::Result<Self> {
        let held = Socket::new(Domain::IPV4, Type::STREAM, None)?;
        held.set_reuse_address(true)?;
        held.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, number)).into())?;
        let address = held.local_addr()?.as_socket().ok_or(io::ErrorKind::AddrNotAvailable)?;
        Ok(Self { number: address.port(), _held: held })
    }

    #[must_use]
    pub fn number(&self) -> u16 {
        self.number
    }
}

#[cfg(test)]
mod tests {
    use std::net::{TcpListener, TcpStream};

    use super::*;

    #[test]
    fn servers_come_and_go_on_a_port_that_is_held_and_between_them_nobody_answers() {
        let port = Port::reserve().unwrap();
        let address = (Ipv4Addr::LOCALHOST, port.number());
        let refused = || TcpStream::connect(address).unwrap_err().kind() == io::ErrorKind::ConnectionRefused;
        assert!(refused(), "none has come");
        for _ in 0..2 {
            let listener = TcpListener::bind(address).unwrap();
            let visitor = TcpStream::connect(address).unwrap();
            // The server's end closes first, and lingers as connections do.
            drop(listener.accept().unwrap());
            drop(visitor);
            drop(listener);
            assert!(refused(), "it has gone");
        }
    }

    #[test]
    fn a_port_on_which_somebody_listens_is_not_given() {
        let port = Port::reserve().unwrap();
        let _listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port.number())).unwrap();
        let taken = Port::reserve_this(port.number());
        assert_eq!(taken.unwrap_err().kind(), io::ErrorKind::AddrInUse);
    }
}
