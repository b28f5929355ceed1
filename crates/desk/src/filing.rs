//! Puts a file into the media store as it comes: counted, summed up, and its first bytes kept to tell what it is.

use bytes::Bytes;
use object_store::path::Path;
use object_store::{ObjectStoreExt as _, WriteMultipart};
use pronto_domain::file::HEAD;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{Desk, Error, Result};

/// Parts on their way to the media store at a time.
const PARTS: usize = 2;

/// A file that is coming.
pub struct Filing {
    path: Path,
    writer: WriteMultipart,
    head: Vec<u8>,
    sum: Sha256,
    size: u64,
}

/// A file that is in the media store; nothing points to it yet.
#[derive(Debug)]
pub struct Filed {
    pub path: String,
    pub head: Vec<u8>,
    pub size: u64,
    /// Hexadecimal.
    pub sha256: String,
}

impl Filing {
    pub async fn begin(desk: &Desk) -> Result<Self> {
        let path = path();
        let writer = WriteMultipart::new(desk.media().put_multipart(&path).await.map_err(failed)?);
        Ok(Self { path, writer, head: Vec::new(), sum: Sha256::new(), size: 0 })
    }

    /// The first bytes, as far as they have come.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// How many bytes have come.
    pub fn size(&self) -> u64 {
        self.size
    }

    pub async fn take(&mut self, bytes: Bytes) -> Result<()> {
        self.size += bytes.len() as u64;
        let more = HEAD.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(bytes.get(..more).unwrap_or_default());
        self.sum.update(&bytes);
        self.writer.wait_for_capacity(PARTS).await.map_err(failed)?;
        self.writer.put(bytes);
        Ok(())
    }

    /// Leaves nothing behind.
    pub async fn abort(self) {
        drop(self.writer.abort().await);
    }

    pub async fn finish(self) -> Result<Filed> {
        let Self { path, writer, head, sum, size } = self;
        writer.finish().await.map_err(failed)?;
        let sha256 = sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Filed { path: path.to_string(), head, size, sha256 })
    }
}

/// Takes a file out of the media store that nothing points to.
pub async fn discard(desk: &Desk, path: &str) {
    // What cannot be deleted now is swept later.
    drop(desk.media().delete(&Path::from(path)).await);
}

fn failed(error: object_store::Error) -> Error {
    Error::Media(error.to_string())
}

/// Where a file is put: at random, so that its address tells nothing and names nothing else.
fn path() -> Path {
    let name = Uuid::new_v4().simple().to_string();
    let (first, second) = (name.get(..2).unwrap_or_default(), name.get(2..4).unwrap_or_default());
    Path::from(format!("{first}/{second}/{name}"))
}

/// Whether a place in the media store is one of those that [`Filing`] makes.
pub fn is_ours(path: &str) -> bool {
    let mut parts = path.split('/');
    let (Some(first), Some(second), Some(name), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let hexadecimal = name.len() == 32 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    hexadecimal && first.len() == 2 && second.len() == 2 && name.starts_with(first) && name[2..].starts_with(second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_of_ours_is_known_again() {
        assert!(is_ours(path().as_ref()));
        for other in ["exports/2026/report.csv", "ab/cd/file", "ab/cd/ef", "0a/1b/0a1b", ""] {
            assert!(!is_ours(other), "{other}");
        }
    }
}
