//! Files that were handed in to be sent and that no message holds yet.

use pronto_db::{FromRow, Result, Tx, sql, texts};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct Upload {
    pub id: Uuid,
    pub user_id: i64,
    pub kind: String,
    pub name: Option<String>,
    pub mime: String,
    pub size: i64,
    pub sha256: String,
    pub path: String,
    pub width: Option<i64>,
    pub height: Option<i64>,
    pub animated: bool,
    pub created_at: i64,
}

#[derive(FromRow)]
struct Count {
    count: i64,
}

/// Adds one, unless that id is there already; answers whether it was added.
pub async fn add(tx: &mut Tx, upload: &Upload) -> Result<bool> {
    let added = tx
        .query(sql!(
            "INSERT INTO upload (id, user_id, kind, name, mime, size, sha256, path, width, height, animated, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (id) DO NOTHING"
        ))
        .bind(upload.id)
        .bind(upload.user_id)
        .bind(upload.kind.as_str())
        .bind(upload.name.as_deref())
        .bind(upload.mime.as_str())
        .bind(upload.size)
        .bind(upload.sha256.as_str())
        .bind(upload.path.as_str())
        .bind(upload.width)
        .bind(upload.height)
        .bind(upload.animated)
        .bind(upload.created_at)
        .execute()
        .await?;
    Ok(added > 0)
}

pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Upload>> {
    tx.query(sql!(
        "SELECT id, user_id, kind, name, mime, size, sha256, path, width, height, animated, created_at
         FROM upload WHERE id = $1"
    ))
    .bind(id)
    .optional()
    .await
}

/// How many somebody has that are not sent.
pub async fn count(tx: &mut Tx, user: i64) -> Result<i64> {
    let found: Count =
        tx.query(sql!("SELECT count(*) AS count FROM upload WHERE user_id = $1")).bind(user).one().await?;
    Ok(found.count)
}

/// Takes one away: a message holds its file now, or nobody wants it.
pub async fn remove(tx: &mut Tx, id: Uuid) -> Result<()> {
    tx.query(sql!("DELETE FROM upload WHERE id = $1")).bind(id).execute().await?;
    Ok(())
}

/// Forgets those that were never sent; their files are swept.
pub async fn forget(tx: &mut Tx, before: i64) -> Result<u64> {
    tx.query(sql!("DELETE FROM upload WHERE created_at < $1")).bind(before).execute().await
}

#[derive(FromRow)]
struct Path {
    path: String,
}

/// Which of these places in the media store a message or an upload points to.
pub async fn pointed_to(tx: &mut Tx, paths: &[String]) -> Result<Vec<String>> {
    let found: Vec<Path> = tx
        .query(sql!(
            "SELECT path FROM attachment WHERE path IN {texts $1} UNION SELECT path FROM upload WHERE path IN {texts $1}
             UNION SELECT path FROM contact_import WHERE path IN {texts $1}"
        ))
        .bind(texts(paths.iter().map(String::as_str)))
        .all()
        .await?;
    Ok(found.into_iter().map(|row| row.path).collect())
}
