import { type Dialect, Kysely, type Selectable } from "kysely";
import { Migrator } from "kysely/migration";
import type { LoggedIntent } from "../../shared/match/intent.ts";
import type {
  FinishedMatch,
  MatchRecord,
  MatchResult,
  Storage,
  StoredMember,
  StoredSeat,
  UnfinishedMatch,
} from "./storage.ts";
import { migrations, type Tables } from "./tables.ts";

type MatchRow = Selectable<Tables["match"]>;

/** `Storage` over any database that kysely has a dialect for. Bring the tables up to date with `migrate` first. */
export class TableStorage implements Storage {
  readonly #db: Kysely<Tables>;

  constructor(dialect: Dialect) {
    this.#db = new Kysely<Tables>({ dialect });
  }

  async migrate(): Promise<void> {
    const migrator = new Migrator({ db: this.#db, provider: { getMigrations: async () => ({ ...migrations }) } });
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
  }

  async beginMatch(match: MatchRecord, seats: readonly StoredSeat[]): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      const row = { ...match, crew: JSON.stringify(match.crew), progressTick: 0, state: "running" as const };
      await db.insertInto("match").values(row).execute();
      await insertSeats(db, match.id, seats);
    });
  }

  async changeCrew(matchId: string, crew: readonly StoredMember[], seats: readonly StoredSeat[]): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      await db
        .updateTable("match")
        .set({ crew: JSON.stringify(crew) })
        .where("id", "=", matchId)
        .execute();
      await db.deleteFrom("seat").where("matchId", "=", matchId).execute();
      await insertSeats(db, matchId, seats);
    });
  }

  async appendIntent(matchId: string, ordinal: number, { tick, operator, intent }: LoggedIntent): Promise<void> {
    const row = { matchId, ordinal, tick, operator, intent: JSON.stringify(intent) };
    await this.#db.insertInto("intent").values(row).execute();
  }

  async noteProgress(matchId: string, tick: number): Promise<void> {
    await this.#db.updateTable("match").set({ progressTick: tick }).where("id", "=", matchId).execute();
  }

  async finishMatch(matchId: string, result: MatchResult): Promise<void> {
    await this.#db.transaction().execute(async (db) => {
      const { counts, marks, ...rest } = result;
      const row = { matchId, ...rest, counts: JSON.stringify(counts), marks: JSON.stringify(marks) };
      await db.insertInto("result").values(row).execute();
      await db.updateTable("match").set({ state: "finished" }).where("id", "=", matchId).execute();
    });
  }

  async abandonMatch(matchId: string): Promise<void> {
    await this.#db.updateTable("match").set({ state: "abandoned" }).where("id", "=", matchId).execute();
  }

  async unfinishedMatches(): Promise<readonly UnfinishedMatch[]> {
    const running = this.#db.selectFrom("match").selectAll().where("state", "=", "running").orderBy("number");
    const unfinished: UnfinishedMatch[] = [];
    for (const row of await running.execute()) {
      const seats = await this.#db
        .selectFrom("seat")
        .selectAll()
        .where("matchId", "=", row.id)
        .orderBy("operator")
        .execute();
      unfinished.push({
        match: matchOf(row),
        seats: seats.map(({ operator, tokenHash, host }) => ({ operator, tokenHash, host: host === 1 })),
        log: await this.#log(row.id),
        progressTick: row.progressTick,
      });
    }
    return unfinished;
  }

  async finishedMatch(matchId: string): Promise<FinishedMatch | undefined> {
    const row = await this.#db.selectFrom("match").selectAll().where("id", "=", matchId).executeTakeFirst();
    const found = await this.#db.selectFrom("result").selectAll().where("matchId", "=", matchId).executeTakeFirst();
    if (row === undefined || found === undefined) return undefined;
    const { matchId: _, counts, marks, ...rest } = found;
    const result: MatchResult = {
      ...rest,
      counts: JSON.parse(counts),
      marks: JSON.parse(marks),
      endedAtMs: Number(rest.endedAtMs),
    };
    return { match: matchOf(row), log: await this.#log(matchId), result };
  }

  async close(): Promise<void> {
    await this.#db.destroy();
  }

  async #log(matchId: string): Promise<LoggedIntent[]> {
    const rows = await this.#db
      .selectFrom("intent")
      .selectAll()
      .where("matchId", "=", matchId)
      .orderBy("ordinal")
      .execute();
    return rows.map(({ tick, operator, intent }) => ({ tick, operator, intent: JSON.parse(intent) }));
  }
}

async function insertSeats(db: Kysely<Tables>, matchId: string, seats: readonly StoredSeat[]): Promise<void> {
  if (seats.length === 0) return;
  const rows = seats.map(({ operator, tokenHash, host }) => ({ matchId, operator, tokenHash, host: host ? 1 : 0 }));
  await db.insertInto("seat").values(rows).execute();
}

function matchOf({ number: _, progressTick: __, state: ___, ...row }: MatchRow): MatchRecord {
  return { ...row, crew: JSON.parse(row.crew), startedAtMs: Number(row.startedAtMs) };
}
