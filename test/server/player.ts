import { Client, type Room } from "colyseus.js";
import type { Debrief } from "../../shared/match/debrief.ts";
import type { View } from "../../shared/match/view.ts";
import { applyPatch, type Patch, type Plain } from "../../shared/wire/delta.ts";
import { unpackView } from "../../shared/wire/packedView.ts";
import type { Answer, CrewState, JoinOptions, Pushes, RequestName, SeatTicket } from "../../shared/wire/room.ts";

/** How a socket ended. */
export interface Ending {
  readonly code: number;
  readonly sentence: string;
}

/** A person at a real client: sees what the server pushes, asks, drops and comes back. */
export class Player {
  ticket: SeatTicket | null = null;
  crew!: CrewState;
  view: View | null = null;
  debrief: Debrief | null = null;
  ending: Ending | null = null;
  readonly room: Room;
  /** Troubles that the server told without closing the socket. */
  readonly errors: string[] = [];
  #packed: Plain = null;
  #waiting: (() => void)[] = [];

  private constructor(room: Room) {
    this.room = room;
    room.reconnection.enabled = false;
    const on = <Name extends keyof Pushes>(name: Name, take: (push: Pushes[Name]) => void): void => {
      room.onMessage<Pushes[Name]>(name, (push) => {
        take(push);
        this.#look();
      });
    };
    on("ticket", (ticket) => (this.ticket = ticket));
    on("crew", (crew) => (this.crew = crew));
    on("debrief", (debrief) => (this.debrief = debrief));
    on("view", ({ full, patch }) => {
      this.#packed = (full as Plain | undefined) ?? applyPatch(this.#packed, patch as Patch);
      this.view = unpackView(this.#packed);
    });
    room.onError((_, message) => {
      this.errors.push(message ?? "");
      this.#look();
    });
    room.onLeave((code, reason) => {
      this.ending = { code, sentence: reason ?? "" };
      this.#look();
    });
  }

  static async host(port: number, mode: "solo" | "shift", options: JoinOptions): Promise<Player> {
    return new Player(await new Client(`http://127.0.0.1:${port}`).create(mode, options)).#seated();
  }

  static async join(port: number, code: string, options: JoinOptions): Promise<Player> {
    return new Player(await new Client(`http://127.0.0.1:${port}`).joinById(code, options)).#seated();
  }

  ask(name: RequestName, payload: object = {}): Promise<Answer> {
    return this.room.request<object, Answer>(name, payload);
  }

  /** Resolves as soon as what the player sees is so; there is no time limit but the test's own. */
  until(isSo: (player: Player) => boolean): Promise<this> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (isSo(this)) resolve(this);
        else this.#waiting.push(look);
      };
      look();
    });
  }

  /** The network goes: the server hears nothing of a farewell. */
  async drop(): Promise<void> {
    await this.room.leave(false);
  }

  get me(): CrewState["seats"][number] {
    return this.crew.seats[this.crew.you]!;
  }

  #seated(): Promise<this> {
    return this.until(({ ticket, crew }) => ticket !== null && crew !== undefined);
  }

  #look(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const look of waiting) look();
  }
}
