import type { Generated, Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * The tables, in words that SQLite and PostgreSQL both know. Lists and objects are JSON text; times are milliseconds
 * since 1970; `state` is running, finished or abandoned.
 */
export interface Tables {
  match: MatchTable;
  seat: SeatTable;
  intent: IntentTable;
  result: ResultTable;
}

interface MatchTable {
  /** Order of beginning. */
  number: Generated<number>;
  id: string;
  code: string;
  mode: "solo" | "shift";
  levelId: string;
  levelVersion: number;
  seed: string;
  crew: string;
  simVersion: number;
  startedAtMs: number;
  progressTick: number;
  state: "running" | "finished" | "abandoned";
}

interface SeatTable {
  matchId: string;
  operator: number;
  tokenHash: string;
  host: number;
}

interface IntentTable {
  matchId: string;
  /** 0 for the match's first intent: the log's order, also among intents of one tick. */
  ordinal: number;
  tick: number;
  operator: number;
  intent: string;
}

interface ResultTable {
  matchId: string;
  ticks: number;
  score: number;
  stars: number;
  stateHash: string;
  counts: string;
  endedAtMs: number;
  marks: string;
}

/** Every change of the tables since the first, by name; a change that has been released is never edited. */
export const migrations: Readonly<Record<string, Migration>> = {
  "001 matches": { up: createMatches },
  "002 hash marks": { up: addMarks },
};

async function createMatches(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("match")
    .addColumn("number", "integer", (column) => column.primaryKey().autoIncrement())
    .addColumn("id", "text", (column) => column.notNull().unique())
    .addColumn("code", "text", (column) => column.notNull())
    .addColumn("mode", "text", (column) => column.notNull())
    .addColumn("levelId", "text", (column) => column.notNull())
    .addColumn("levelVersion", "integer", (column) => column.notNull())
    .addColumn("seed", "text", (column) => column.notNull())
    .addColumn("crew", "text", (column) => column.notNull())
    .addColumn("simVersion", "integer", (column) => column.notNull())
    .addColumn("startedAtMs", "bigint", (column) => column.notNull())
    .addColumn("progressTick", "integer", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("seat")
    .addColumn("matchId", "text", (column) => column.notNull().references("match.id"))
    .addColumn("operator", "integer", (column) => column.notNull())
    .addColumn("tokenHash", "text", (column) => column.notNull())
    .addColumn("host", "integer", (column) => column.notNull())
    .addPrimaryKeyConstraint("seatOfMatch", ["matchId", "operator"])
    .execute();
  await db.schema
    .createTable("intent")
    .addColumn("matchId", "text", (column) => column.notNull().references("match.id"))
    .addColumn("ordinal", "integer", (column) => column.notNull())
    .addColumn("tick", "integer", (column) => column.notNull())
    .addColumn("operator", "integer", (column) => column.notNull())
    .addColumn("intent", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("placeInLog", ["matchId", "ordinal"])
    .execute();
  await db.schema
    .createTable("result")
    .addColumn("matchId", "text", (column) => column.primaryKey().references("match.id"))
    .addColumn("ticks", "integer", (column) => column.notNull())
    .addColumn("score", "double precision", (column) => column.notNull())
    .addColumn("stars", "integer", (column) => column.notNull())
    .addColumn("stateHash", "text", (column) => column.notNull())
    .addColumn("counts", "text", (column) => column.notNull())
    .addColumn("endedAtMs", "bigint", (column) => column.notNull())
    .execute();
}

async function addMarks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("result")
    .addColumn("marks", "text", (column) => column.notNull().defaultTo("[]"))
    .execute();
}
