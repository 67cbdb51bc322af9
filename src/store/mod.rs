//! The study's memory: `study.sqlite`, and `key.sqlite` beside it with what may never leave it.
//!
//! Both are SQLite with a rollback journal, because a write-ahead log neither commits atomically over two files nor works on
//! network drives. Each command is one transaction over both; a process that is killed leaves them as before or after.
//! Rows are only added: triggers refuse every change of a stored row.

mod audit;
mod damage;
mod draws;
mod failure;
mod forms;
mod imports;
mod key;
mod many;
mod reviews;

pub use audit::AuditEntry;
pub use audit::broken_link;
pub use draws::{DrawRecord, FrameRecord, FrozenRecord, NewDraw};
pub use forms::FormRecord;
pub use imports::ImportedFile;
pub use key::KeyEntry;
pub use reviews::Replacement;

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::error::{Error, Finding, Place, Result};
use failure::explained;

/// The database's name in the study folder.
pub const STUDY_FILE: &str = "study.sqlite";
/// The key's name in the study folder.
pub const KEY_FILE: &str = "key.sqlite";

const APPLICATION_ID: i64 = 0x686b_6d31; // "hkm1"
const SCHEMA_VERSION: i64 = 3;
/// How long a command waits for another one that writes to the same study.
const PATIENCE: Duration = Duration::from_secs(5);

/// The tables whose rows never change.
const APPEND_ONLY: [&str; 19] = [
    "audit",
    "frozen",
    "codebook",
    "draw",
    "flow",
    "frame_stratum",
    "frame_value",
    "frame_characteristic",
    "in_use",
    "course",
    "register_value",
    "form",
    "form_course",
    "import",
    "review",
    "answer",
    "item_answer",
    "adjudication",
    "replacement",
];

/// Who does something, and when. The moment is given from outside, so that a demo has the same bytes every time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The moment, UTC, ISO 8601.
    pub at: String,
    /// The user's name on this computer.
    pub who: String,
}

/// The open database of a study.
pub struct Store {
    connection: Connection,
    folder: PathBuf,
    has_key: bool,
}

/// Whether a command needs the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyAccess {
    /// Draw, forms and record: it must be the key of this sample.
    Needed,
    /// Verify, which tells what is wrong with it.
    Examined,
    /// All others never open it.
    Closed,
}

impl Store {
    /// Opens the study's database, and makes it when there is none yet. A study without a draw has empty files or none.
    ///
    /// # Errors
    /// When the files cannot be read or written, or are not a study's.
    pub fn open(folder: &Path, key: KeyAccess) -> Result<Self> {
        let connection = connect(&folder.join(STUDY_FILE))?;
        let mut store = Store { connection, folder: folder.to_owned(), has_key: false };
        store.prepare().map_err(|fault| explained(&fault, STUDY_FILE))?;
        if key == KeyAccess::Needed {
            make_private(&folder.join(KEY_FILE))?;
            store.attach_key()?;
        }
        Ok(store)
    }

    /// Opens the database only if the study has one with a draw in it.
    ///
    /// # Errors
    /// As [`Store::open`]; and when nothing is drawn yet.
    pub fn open_drawn(folder: &Path, key: KeyAccess) -> Result<Self> {
        let missing = || {
            let has_key = std::fs::metadata(folder.join(KEY_FILE)).is_ok_and(|key| key.len() > 0);
            if has_key {
                return Error::cannot_run(failure::key_without_study());
            }
            let finding =
                Finding::error("not_drawn", "no sample is drawn in this study yet").remedy("run `hkm draw`");
            Error::cannot_run(finding.at(Place::file(STUDY_FILE)))
        };
        if !folder.join(STUDY_FILE).exists() {
            return Err(missing());
        }
        let mut store = Store::open(folder, KeyAccess::Closed)?;
        if !store.is_drawn()? {
            return Err(missing());
        }
        if key != KeyAccess::Closed {
            // An empty key in the place of one that was put away would only hide that it is gone.
            if !folder.join(KEY_FILE).exists() {
                return Err(Error::cannot_run(failure::no_key()));
            }
            store.attach_key()?;
            store.refuse_no_key()?;
            if key == KeyAccess::Needed {
                store.refuse_strange_key()?;
            }
        }
        Ok(store)
    }

    /// Whether a sample is drawn.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn is_drawn(&self) -> Result<bool> {
        let tables = "SELECT count(*) FROM sqlite_schema WHERE name = 'draw'";
        let count: i64 = self
            .connection
            .query_row(tables, [], |row| row.get(0))
            .map_err(|fault| explained(&fault, STUDY_FILE))?;
        Ok(count > 0)
    }

    /// Does everything or nothing: both files are changed together, or neither. What `work` reads, it reads within the
    /// transaction, so that no other command can come between.
    ///
    /// # Errors
    /// What `work` reports, or what the files do.
    pub fn write<T>(&self, work: impl FnOnce(&Store) -> Result<T>) -> Result<T> {
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)
            .map_err(|fault| explained(&fault, STUDY_FILE))?;
        self.clear_super_journals();
        let done = work(self)?;
        transaction.commit().map_err(|fault| explained(&fault, STUDY_FILE))?;
        Ok(done)
    }

    /// Makes the tables, within the transaction of the first draw.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn create_tables(&self) -> Result<()> {
        self.refuse_key_without_study()?;
        let guards: String = APPEND_ONLY.iter().map(|table| guard(table)).collect();
        let identity =
            format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA_VERSION};");
        [include_str!("schema.sql"), &guards, key::SCHEMA, &identity]
            .iter()
            .try_for_each(|sql| self.connection.execute_batch(sql))
            .map_err(|fault| explained(&fault, STUDY_FILE))
    }

    /// Takes away the empty files of a study whose first draw failed. A file with anything in it stays.
    pub fn discard_if_empty(&self) {
        for name in [STUDY_FILE, KEY_FILE] {
            let path = self.folder.join(name);
            if std::fs::metadata(&path).is_ok_and(|file| file.len() == 0) {
                // An empty file means the same as none.
                let _ = std::fs::remove_file(path);
            }
        }
    }

    /// Takes away the lists of journals that SQLite leaves behind when a command is killed in the middle of its commit. Within a
    /// transaction over both files nothing needs them any more; in one over the study alone the key's journal may.
    fn clear_super_journals(&self) {
        if !self.has_key && self.folder.join(format!("{KEY_FILE}-journal")).exists() {
            return;
        }
        let is_list = |name: &str| name.strip_prefix(STUDY_FILE).is_some_and(|rest| rest.starts_with("-mj"));
        for entry in std::fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if is_list(&entry.file_name().to_string_lossy()) {
                // It is harmless, and is tried again the next time.
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }

    fn prepare(&self) -> rusqlite::Result<()> {
        self.connection.busy_timeout(PATIENCE)?;
        self.connection.execute_batch(
            "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
             PRAGMA recursive_triggers = ON; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;",
        )
    }

    fn attach_key(&mut self) -> Result<()> {
        let path = self.folder.join(KEY_FILE);
        let attached = self.connection.execute("ATTACH DATABASE ?1 AS key", [path.to_string_lossy()]);
        attached.map_err(|fault| explained(&fault, KEY_FILE))?;
        self.has_key = true;
        self.connection
            .execute_batch("PRAGMA key.journal_mode = DELETE; PRAGMA key.synchronous = FULL; PRAGMA key.secure_delete = ON;")
            .map_err(|fault| explained(&fault, KEY_FILE))
    }

    fn read<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T> {
        work(&self.connection).map_err(|fault| explained(&fault, STUDY_FILE))
    }
}

fn connect(path: &Path) -> Result<Connection> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection =
        Connection::open_with_flags(path, flags).map_err(|fault| explained(&fault, STUDY_FILE))?;
    let pragma = |name: &str| connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0));
    let identity = pragma("application_id").and_then(|id| Ok((id, pragma("user_version")?)));
    match identity.map_err(|fault| explained(&fault, STUDY_FILE))? {
        (0, 0) | (APPLICATION_ID, SCHEMA_VERSION) => Ok(connection),
        (APPLICATION_ID, version) => Err(Error::cannot_run(newer(version))),
        _ => Err(Error::cannot_run(failure::not_ours(STUDY_FILE))),
    }
}

fn newer(version: i64) -> Finding {
    Finding::error(
        "store_version",
        format!("the study's database has version {version}, and this hkm knows version {SCHEMA_VERSION}"),
    )
    .at(Place::file(STUDY_FILE))
    .remedy("use the hkm that made it, or a newer one")
}

/// Refuses to change or delete a row.
fn guard(table: &str) -> String {
    ["UPDATE", "DELETE"]
        .map(|change| {
            format!(
                "CREATE TRIGGER {table}_no_{change} BEFORE {change} ON {table}
                 BEGIN SELECT RAISE(ABORT, 'rows of {table} never change'); END;\n"
            )
        })
        .concat()
}

/// The key's file is made readable for its owner alone before SQLite opens it.
#[cfg(unix)]
fn make_private(path: &Path) -> Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let made = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path);
    made.map(drop).map_err(|fault| failure::file(&fault, KEY_FILE))
}

/// Elsewhere the folder's rights protect it; `hkm draw` says so.
#[cfg(not(unix))]
fn make_private(path: &Path) -> Result<()> {
    let made = OpenOptions::new().write(true).create(true).truncate(false).open(path);
    made.map(drop).map_err(|fault| failure::file(&fault, KEY_FILE))
}
