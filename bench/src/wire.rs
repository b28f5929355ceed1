//! A small HTTP/1.1 client that keeps its connection: a general one would take the core that is measured.

use anyhow::{Context as _, Result, bail};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::carrier::Delivery;

/// One connection to a server on this machine.
pub(crate) struct Connection {
    port: u16,
    stream: Option<TcpStream>,
    buffer: Vec<u8>,
}

impl Connection {
    pub(crate) fn to(port: u16) -> Self {
        Self { port, stream: None, buffer: Vec::with_capacity(4_096) }
    }

    /// Posts a signed delivery; answers the status.
    pub(crate) async fn deliver(&mut self, delivery: &Delivery) -> Result<u16> {
        let Delivery { path, headers, body } = delivery;
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let length = body.len();
        let head = format!("POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n{headers}content-length: {length}\r\n\r\n");
        let mut request = head.into_bytes();
        request.extend_from_slice(body);
        match self.exchange(&request).await {
            Ok(status) => Ok(status),
            Err(error) => {
                self.stream = None;
                Err(error)
            }
        }
    }

    async fn exchange(&mut self, request: &[u8]) -> Result<u16> {
        if self.stream.is_none() {
            let stream = TcpStream::connect(("127.0.0.1", self.port)).await?;
            stream.set_nodelay(true)?;
            self.stream = Some(stream);
        }
        let stream = self.stream.as_mut().context("connected")?;
        stream.write_all(request).await?;
        self.buffer.clear();
        loop {
            if let Some(end) = self.buffer.windows(4).position(|part| part == b"\r\n\r\n") {
                let head = std::str::from_utf8(&self.buffer[..end])?.to_ascii_lowercase();
                let status = head.get(9..12).context("a status line")?.parse()?;
                let length = head
                    .lines()
                    .find_map(|line| line.strip_prefix("content-length:"))
                    .map_or(Ok(0), |value| value.trim().parse::<usize>())?;
                while self.buffer.len() < end + 4 + length {
                    if stream.read_buf(&mut self.buffer).await? == 0 {
                        bail!("the connection closed");
                    }
                }
                return Ok(status);
            }
            if stream.read_buf(&mut self.buffer).await? == 0 {
                bail!("the connection closed");
            }
        }
    }
}
