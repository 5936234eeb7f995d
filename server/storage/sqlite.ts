import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { type SqliteDatabase, SqliteDialect, type SqliteStatement } from "kysely";
import { type Refusal, refusal } from "../../shared/core/refusal.ts";
import type { Storage } from "./storage.ts";
import { TableStorage } from "./tableStorage.ts";

/** SQLite's result code for a file that another process holds (SQLITE_BUSY). */
const BUSY = 5;

/**
 * Opens the embedded database, and makes its folder and tables if they are missing. `":memory:"` keeps everything in
 * memory. A file that can't be opened is a refusal with the sentence for whoever starts the server.
 *
 * The lock is exclusive for as long as the process lives, and the operating system lets go of it even after kill −9:
 * so two servers can never play the same matches.
 */
export async function openSqlite(path: string): Promise<Storage | Refusal> {
  let database: DatabaseSync | undefined;
  try {
    if (path !== ":memory:") await mkdir(dirname(path), { recursive: true });
    database = new DatabaseSync(path, { timeout: 1_000 });
    database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
    database.exec("PRAGMA foreign_keys = ON;");
    const storage = new TableStorage(new SqliteDialect({ database: forKysely(database) }));
    await storage.migrate();
    return storage;
  } catch (error) {
    database?.close();
    return refusal("databaseUnusable", whyUnusable(path, error));
  }
}

/** The little that kysely asks of a SQLite driver, answered by Node's own. */
function forKysely(database: DatabaseSync): SqliteDatabase {
  return {
    close: () => database.close(),
    prepare(sql: string): SqliteStatement {
      const statement = database.prepare(sql);
      const given = (parameters: readonly unknown[]): SQLInputValue[] => parameters as SQLInputValue[];
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...given(parameters)),
        run: (parameters) => statement.run(...given(parameters)),
        iterate: (parameters) => statement.iterate(...given(parameters)),
      };
    },
  };
}

function whyUnusable(path: string, error: unknown): string {
  if ((error as { errcode?: number }).errcode === BUSY) {
    return `Another Split Brain server is using the database ${path}: stop it, or start this one with another DATA folder.`;
  }
  const reason = error instanceof Error ? error.message : String(error);
  return `The database ${path} can't be opened (${reason}): check that the DATA folder may be written and the file is sound.`;
}
