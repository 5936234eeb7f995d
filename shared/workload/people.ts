import type { Stream } from "../core/random.ts";
import type { Context } from "../sim/message.ts";

/** Somebody who asks one thing at a time. */
export interface Session {
  readonly id: number;
  /** Which person of this store it is; who comes back in a new session is the same person. */
  readonly ordinal: number;
  /** Newest position of the log that this session has seen, by shard of its store. */
  readonly positions: number[];
  /** By key: the context of the newest answer that had one. */
  readonly contexts: Map<number, Context>;
}

/** Gives every session an id of its own, and every person of a store an ordinal. */
export class Register {
  readonly #ordinals = new Map<number, number>();
  #sessions = 0;

  newcomer(store: number): Session {
    const ordinal = this.#ordinals.get(store) ?? 0;
    this.#ordinals.set(store, ordinal + 1);
    return this.comeback(ordinal);
  }

  comeback(ordinal: number): Session {
    return { id: this.#sessions++, ordinal, positions: [], contexts: new Map() };
  }
}

/** The people of one zone who use one store: whatever they ask, they are the same sessions. */
export class People {
  readonly #register: Register;
  readonly #store: number;
  readonly #idle: Session[] = [];
  #size = 0;
  /** Newest value that any of them saw, by key: what a cas expects. */
  readonly seen = new Map<number, number>();

  constructor(register: Register, store: number) {
    this.#register = register;
    this.#store = store;
  }

  /** Makes them at least this many. */
  growTo(size: number): void {
    while (this.#size < size) this.#idle.push(this.#newcomer());
  }

  /** An idle session, each as likely as the other; a new one when all are waiting. */
  take(luck: Stream): Session {
    const share = luck();
    if (this.#idle.length === 0) return this.#newcomer();
    const chosen = Math.floor(share * this.#idle.length);
    const session = this.#idle[chosen]!;
    this.#idle[chosen] = this.#idle[this.#idle.length - 1]!;
    this.#idle.pop();
    return session;
  }

  /** A person who got no clear answer comes back in a new session: the old one can't know what became of its request. */
  release(session: Session, unclear: boolean): void {
    this.#idle.push(unclear ? this.#register.comeback(session.ordinal) : session);
  }

  #newcomer(): Session {
    this.#size++;
    return this.#register.newcomer(this.#store);
  }
}
