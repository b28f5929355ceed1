//! Configuration: the commented example file as the defaults, then a file, then the environment.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::Deserialize;

const DEFAULTS: &str = include_str!("../pronto.toml");
const KEYS: &[&str] = &["listen", "public_url", "database_url", "media_url", "secret_key", "log"];

/// What the server runs with. An unknown key is an error.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    pub(crate) listen: String,
    pub(crate) public_url: String,
    pub(crate) database_url: String,
    pub(crate) media_url: String,
    pub(crate) secret_key: String,
    pub(crate) log: String,
}

impl Config {
    /// Reads it. Without a path, `pronto.toml` is taken where it stands, if it does.
    pub(crate) fn load(path: Option<&Path>) -> Result<Self> {
        let mut table: toml::Table = DEFAULTS.parse().context("the built-in defaults")?;
        let (path, wanted) = path.map_or((Path::new("pronto.toml"), false), |path| (path, true));
        match std::fs::read_to_string(path) {
            Ok(text) => {
                let file: toml::Table = text.parse().with_context(|| format!("{} is not TOML", path.display()))?;
                if let Some(unknown) = file.keys().find(|key| !KEYS.contains(&key.as_str())) {
                    bail!("{}: there is no setting {unknown:?}; there are {}", path.display(), KEYS.join(", "));
                }
                table.extend(file);
            }
            Err(error) if wanted => return Err(error).with_context(|| format!("{} cannot be read", path.display())),
            Err(_) => {}
        }
        for key in KEYS {
            if let Ok(value) = std::env::var(format!("PRONTO_{}", key.to_uppercase())) {
                table.insert((*key).to_owned(), toml::Value::String(value));
            }
        }
        table.try_into().context("the settings do not fit")
    }

    /// The settings of a demo: everything in one folder.
    pub(crate) fn demo(listen: &str, folder: &Path) -> Result<Self> {
        let mut config = Self::load(None)?;
        listen.clone_into(&mut config.listen);
        config.database_url = format!("sqlite:{}", folder.join("pronto.db").display());
        config.media_url = format!("file:{}", folder.join("media").display());
        config.public_url = String::new();
        Ok(config)
    }

    /// Where media are kept.
    pub(crate) fn media(&self) -> Result<PathBuf> {
        match self.media_url.split_once(':') {
            Some(("file", path)) => Ok(PathBuf::from(path.strip_prefix("//").unwrap_or(path))),
            _ => bail!("media_url: only file: addresses are supported, not {:?}", self.media_url),
        }
    }

    /// The folder of the SQLite file, made when absent.
    pub(crate) fn prepare_folder(&self) -> Result<Option<PathBuf>> {
        let Some(path) = self.database_url.strip_prefix("sqlite:") else { return Ok(None) };
        let path = Path::new(path.trim_start_matches("//"));
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        Ok(Some(folder.to_owned()))
    }

    /// The key that seals credentials: as set, or made once and kept beside the database.
    pub(crate) fn key(&self) -> Result<[u8; 32]> {
        let text = if self.secret_key.is_empty() { self.kept_key()? } else { self.secret_key.clone() };
        let bytes = BASE64.decode(text.trim()).context("secret_key is not base64")?;
        bytes.try_into().map_err(|_| anyhow::anyhow!("secret_key must be 32 bytes in base64"))
    }

    fn kept_key(&self) -> Result<String> {
        let Some(folder) = self.prepare_folder()? else {
            bail!("secret_key must be set with PostgreSQL: 32 bytes in base64, the same on every node");
        };
        let path = folder.join("secret.key");
        if let Ok(text) = std::fs::read_to_string(&path) {
            return Ok(text);
        }
        let key: [u8; 32] = rand::random();
        let text = BASE64.encode(key);
        write_private(&path, &text).with_context(|| format!("{} cannot be written", path.display()))?;
        Ok(text)
    }
}

/// Only its owner may read it.
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)?.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_file_is_the_defaults_and_names_every_key() {
        let table: toml::Table = DEFAULTS.parse().expect("TOML");
        assert_eq!(table.len(), KEYS.len());
        assert!(KEYS.iter().all(|key| table.contains_key(*key)));
        let _: Config = table.try_into().expect("fits");
    }

    #[test]
    fn an_unknown_key_is_named() {
        let folder = std::env::temp_dir().join(format!("pronto-config-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join("pronto.toml");
        std::fs::write(&path, "listne = \"127.0.0.1:1\"\n").expect("written");
        let error = Config::load(Some(&path)).expect_err("refused").to_string();
        assert!(error.contains("listne"), "{error}");
        std::fs::remove_dir_all(folder).expect("removed");
    }
}
