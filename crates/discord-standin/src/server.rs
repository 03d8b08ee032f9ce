//! [`Standin`]: starts, stops and restarts the server and hands its state to tests.

use std::{
    any::Any,
    io,
    net::{Shutdown, SocketAddr, TcpStream},
    os::fd::AsFd,
    sync::{Arc, Mutex, PoisonError, Weak},
    thread::JoinHandle,
};

use actix_web::{
    App, HttpServer,
    dev::{Extensions, ServerHandle},
    middleware::from_fn,
    rt::System,
    web,
};
use tokio::sync::oneshot;

use crate::{
    control, faults::Fault, gate::gate, images, oauth, requests::SeenRequest, rest, state::State, world::World,
};

/// A running stand-in. It has a thread of its own, so it needs no runtime of the test's and can
/// be dropped anywhere; dropping it stops the server.
pub struct Standin {
    state: State,
    address: SocketAddr,
    running: Mutex<Option<Running>>,
}

/// A way to the world of a stand-in. Clones lead to the same one, which lives as long as any of them.
#[derive(Clone)]
pub struct WorldHandle(State);

impl WorldHandle {
    /// Reads or changes the world between two requests.
    pub fn edit<R>(&self, f: impl FnOnce(&mut World) -> R) -> R {
        f(&mut self.0.world())
    }
}

struct Running {
    handle: ServerHandle,
    thread: JoinHandle<()>,
    sockets: Sockets,
}

/// Second handles on the connections that are open.
#[derive(Clone, Default)]
struct Sockets(Arc<Mutex<Vec<Weak<TcpStream>>>>);

impl Standin {
    /// Serves a world on a free port of 127.0.0.1.
    pub async fn start(world: World) -> io::Result<Standin> {
        Standin::start_at(SocketAddr::from(([127, 0, 0, 1], 0)), world).await
    }

    /// Serves a world at an address, which must be a loopback one.
    pub async fn start_at(address: SocketAddr, world: World) -> io::Result<Standin> {
        if !address.ip().is_loopback() {
            let refusal = format!("{address} is not a loopback address: the stand-in is for one machine");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, refusal));
        }
        let state = State::new(world);
        let (address, running) = serve(address, state.clone()).await?;
        Ok(Standin { state, address, running: Mutex::new(Some(running)) })
    }

    /// Where everything is below: OAuth, `/api/v10`, images, `/control`. No slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The address it listens at.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Reads or changes the world between two requests.
    pub fn edit<R>(&self, f: impl FnOnce(&mut World) -> R) -> R {
        f(&mut self.state.world())
    }

    /// A way to the world for whoever does not hold the stand-in itself.
    pub fn world(&self) -> WorldHandle {
        WorldHandle(self.state.clone())
    }

    /// Arms a fault.
    pub fn fault(&self, fault: Fault) {
        self.state.faults().arm(fault);
    }

    /// Disarms all faults.
    pub fn clear_faults(&self) {
        self.state.faults().clear();
    }

    /// What was asked since the last clearing, control calls left out.
    pub fn requests(&self) -> Vec<SeenRequest> {
        self.state.log().all()
    }

    /// Forgets the requests; their numbers go on.
    pub fn clear_requests(&self) {
        self.state.log().clear();
    }

    /// Back to the world it was started with, without faults and requests.
    pub fn reset(&self) {
        self.state.reset();
    }

    /// Closes the port and every connection: calls are refused until [`Standin::restart`]. When it returns,
    /// whoever kept a connection open can see its end.
    pub fn stop(&self) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(Running { handle, thread, sockets }) = running {
            // The command is on its way when `stop` returns; its future only waits.
            drop(handle.stop(false));
            if thread.join().is_err() {
                tracing::warn!("the stand-in's thread panicked");
            }
            // The server's workers end in their own time.
            sockets.close();
        }
    }

    /// Serves the same state at the same address again.
    pub async fn restart(&self) -> io::Result<()> {
        self.stop();
        let (_, running) = serve(self.address, self.state.clone()).await?;
        *self.running.lock().unwrap_or_else(PoisonError::into_inner) = Some(running);
        Ok(())
    }
}

impl Drop for Standin {
    fn drop(&mut self) {
        self.stop();
    }
}

async fn serve(address: SocketAddr, state: State) -> io::Result<(SocketAddr, Running)> {
    let (tell, told) = oneshot::channel();
    let thread = std::thread::Builder::new().name("discord-standin".to_owned());
    let sockets = Sockets::default();
    let kept = sockets.clone();
    let thread = thread.spawn(move || System::new().block_on(run(address, state, kept, tell)))?;
    let (address, handle) = told.await.map_err(|_| io::Error::other("the stand-in's thread ended at once"))??;
    Ok((address, Running { handle, thread, sockets }))
}

async fn run(
    address: SocketAddr,
    state: State,
    sockets: Sockets,
    tell: oneshot::Sender<io::Result<(SocketAddr, ServerHandle)>>,
) {
    let data = web::Data::new(state);
    let app = move || {
        App::new()
            .app_data(data.clone())
            .app_data(web::PayloadConfig::new(1 << 20))
            .wrap(from_fn(gate))
            .configure(oauth::routes)
            .configure(rest::routes)
            .configure(images::routes)
            .configure(control::routes)
            .default_service(web::to(rest::no_such_path))
    };
    let server = HttpServer::new(app).workers(1).disable_signals();
    let server = server.on_connect(move |connection, data| sockets.keep(connection, data));
    let bound = server.bind(address).map(|server| {
        let at = server.addrs().first().copied().unwrap_or(address);
        (at, server.run())
    });
    match bound {
        Err(error) => drop(tell.send(Err(error))),
        Ok((at, server)) => {
            if tell.send(Ok((at, server.handle()))).is_ok()
                && let Err(error) = server.await
            {
                tracing::error!(%error, "the stand-in's server failed");
            }
        }
    }
}

impl Sockets {
    /// Keeps a second handle on a connection, so that a fault can reset it and a stop close it.
    fn keep(&self, connection: &dyn Any, data: &mut Extensions) {
        let socket = connection.downcast_ref::<actix_web::rt::net::TcpStream>();
        if let Some(Ok(socket)) = socket.map(|socket| socket.as_fd().try_clone_to_owned()) {
            let socket = Arc::new(TcpStream::from(socket));
            let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            open.retain(|known| known.strong_count() > 0);
            open.push(Arc::downgrade(&socket));
            data.insert(socket);
        }
    }

    fn close(&self) {
        let open = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        for socket in open.iter().filter_map(Weak::upgrade) {
            // One that has ended meanwhile is as it should be.
            drop(socket.shutdown(Shutdown::Both));
        }
    }
}
