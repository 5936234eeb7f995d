import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { type App, createApp } from "../../server/app.ts";
import { type LevelOnFile, readLevels } from "../../server/levels.ts";
import { openSqlite } from "../../server/storage/sqlite.ts";
import { isRefusal } from "../../shared/core/refusal.ts";
import type { JoinOptions } from "../../shared/wire/room.ts";
import { HandClock } from "./handClock.ts";
import { Player } from "./player.ts";
import { type SlowDisk, slowDisk } from "./slowDisk.ts";

export const levelsFolder = join(import.meta.dirname, "../../levels");

/** A whole server on loopback with a clock wound by hand, fresh for every test. */
export class Stage {
  clock!: HandClock;
  app!: App;
  levels!: ReadonlyMap<string, LevelOnFile>;
  folder!: string;
  disk!: SlowDisk;
  /** What the server told whoever runs it. */
  readonly troubles: string[] = [];
  readonly #players: Player[] = [];

  async open(): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), "split-brain-"));
    this.levels = await readLevels(levelsFolder);
    await this.start();
  }

  /** Starts the server on what is in the folder. */
  async start(): Promise<void> {
    this.clock = new HandClock();
    const opened = await openSqlite(this.database);
    if (isRefusal(opened)) throw new Error(opened.sentence);
    this.disk = slowDisk(opened);
    const { storage } = this.disk;
    const report = (trouble: string): void => void this.troubles.push(trouble);
    const { clock, levels } = this;
    this.app = await createApp({ port: 0, host: "127.0.0.1", clock, storage, levels, client: null, report });
  }

  async close(): Promise<void> {
    await this.app.close();
    await Promise.all(this.#players.splice(0).map((player) => player.until(({ ending }) => ending !== null)));
    await rm(this.folder, { recursive: true });
  }

  get database(): string {
    return join(this.folder, "split-brain.db");
  }

  /** A level that a whole shift can play. */
  get level(): string {
    const forFour = [...this.levels.values()].find(({ operators }) => Number(operators.split("-")[1]) >= 4);
    return forFour!.id;
  }

  host(options: JoinOptions = {}): Promise<Player> {
    return this.#keep(
      Player.host(this.app.port, "shift", { name: "Ana", level: this.level, seed: "tide", ...options }),
    );
  }

  solo(options: JoinOptions = {}): Promise<Player> {
    return this.#keep(Player.host(this.app.port, "solo", { level: this.level, seed: "tide", ...options }));
  }

  join(code: string, options: JoinOptions = { name: "Bo" }): Promise<Player> {
    return this.#keep(Player.join(this.app.port, code, options));
  }

  /** Host and guest in a running match. */
  async shift(): Promise<[Player, Player]> {
    const ana = await this.host();
    const bo = await this.join(ana.crew.code);
    await this.play(ana, bo);
    return [ana, bo];
  }

  /** The host starts, 3-2-1, and everybody sees the match. */
  async play(host: Player, ...others: Player[]): Promise<void> {
    const answer = await host.ask("start");
    if (!answer.ok) throw new Error(answer.sentence);
    await this.clock.wind(3_000);
    await Promise.all(
      [host, ...others].map((one) => one.until(({ crew, view }) => crew.phase === "match" && view !== null)),
    );
  }

  async #keep(coming: Promise<Player>): Promise<Player> {
    const player = await coming;
    this.#players.push(player);
    return player;
  }
}

/** A stage that opens before each test of the file and closes after it. */
export function stage(): Stage {
  const stage = new Stage();
  beforeEach(() => stage.open());
  afterEach(() => stage.close());
  return stage;
}
