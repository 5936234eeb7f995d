import { pick, RandomStreams, type Stream } from "../../shared/core/random.ts";
import type { Ms } from "../../shared/core/time.ts";
import type { OperationKind } from "../../shared/core/operations.ts";
import type { Operation } from "../../shared/history/operation.ts";
import type { ReplicaId, StoreAnswer, StoreRequest } from "../../shared/protocols/protocol.ts";
import { NO_EVENTS, type VectorClock } from "../../shared/protocols/vectorClock.ts";
import type { Cluster } from "./cluster.ts";
import { oneOf } from "./troubles.ts";

/** Who asks, what, and how patiently. */
export interface ClientOptions {
  readonly seed: string;
  readonly sessions: number;
  readonly keys: number;
  readonly kinds: readonly OperationKind[];
  /** A session waits up to this between two operations. */
  readonly thinkMsMax: Ms;
  /** An attempt is given up after this. */
  readonly timeoutMs: Ms;
  /** Attempts at one operation, under the same number, before its outcome is taken as unknown. */
  readonly attempts: number;
}

/** Clients with sessions of their own, three keys, and no retries. */
export const CLIENTS: ClientOptions = {
  seed: "clients",
  sessions: 4,
  keys: 2,
  kinds: ["read", "read", "write"],
  thinkMsMax: 60,
  timeoutMs: 400,
  attempts: 1,
};

/** Who asks, and what it has seen: the newest position, and by key a value and the context of an answer. */
interface Session {
  readonly session: number;
  readonly position: number;
  readonly seen: Map<number, number | null>;
  readonly contexts: Map<number, VectorClock>;
}

interface Open {
  readonly operation: Operation;
  readonly done: (end: Pick<Operation, "outcome" | "result" | "results">) => void;
  /** An attempt may have left something behind. */
  isDoubtful: boolean;
  isDone: boolean;
}

const HOPS_MAX = 3;

/** Sessions that ask random replicas of a cluster, follow redirects, and write down what they saw. */
export class Clients {
  readonly #cluster: Cluster<unknown, unknown>;
  readonly #options: ClientOptions;
  readonly #luck: Stream;
  readonly #operations: Operation[] = [];
  #isOpenForBusiness = true;
  #sessions = 0;
  #values = 0;

  constructor(cluster: Cluster<unknown, unknown>, options: ClientOptions) {
    this.#cluster = cluster;
    this.#options = options;
    this.#luck = new RandomStreams(options.seed).stream("clients", "all");
    for (let session = 0; session < options.sessions; session++) this.#beginSession();
  }

  /** No new operations from now on. */
  close(): void {
    this.#isOpenForBusiness = false;
  }

  /** What clients saw, in the order of invocation; operations still open are unknown. */
  history(): Operation[] {
    return this.#operations;
  }

  count(outcome: Operation["outcome"]): number {
    return this.#operations.filter((operation) => operation.outcome === outcome).length;
  }

  #beginSession(): void {
    const session = this.#sessions++;
    this.#think({ session, position: 0, seen: new Map(), contexts: new Map() });
  }

  #think(who: Session): void {
    this.#cluster.later(this.#luck() * this.#options.thinkMsMax, () => {
      if (this.#isOpenForBusiness) this.#operate(who);
    });
  }

  #operate(who: Session): void {
    const { session, position, seen, contexts } = who;
    const kind = oneOf(this.#luck, this.#options.kinds);
    const key = pick(this.#luck, this.#options.keys);
    const id = this.#operations.length;
    const argument = kind === "read" ? null : ++this.#values;
    const expected = kind === "cas" ? (seen.get(key) ?? null) : null;
    const open: Operation = {
      id,
      session,
      component: "store",
      key,
      other: null,
      kind,
      argument,
      expected,
      result: null,
      results: null,
      invokedAtUs: this.#cluster.nowUs,
      completedAtUs: Infinity,
      outcome: "unknown",
    };
    this.#operations.push(open);
    const context = contexts.get(key) ?? NO_EVENTS;
    const body: StoreRequest = { operation: id, kind, key, argument, expected, sessionPosition: position, context };
    this.#attempt(
      body,
      { operation: open, done: (end) => this.#complete(open, end), isDoubtful: false, isDone: false },
      {
        attempt: 1,
        answered: (newer, value, context) => {
          if (kind !== "cas") seen.set(key, kind === "read" ? value : argument);
          if (context !== undefined) contexts.set(key, context);
          this.#think({ ...who, position: Math.max(position, newer) });
        },
        refused: () => this.#think(who),
        lost: () => this.#beginSession(),
      },
    );
  }

  #attempt(body: StoreRequest, open: Open, next: Next): void {
    const replica = pick(this.#luck, this.#cluster.replicas);
    this.#send(body, open, next, { replica, hops: 0 });
    this.#cluster.later(this.#options.timeoutMs, () => {
      if (open.isDone) return;
      open.isDoubtful = true;
      if (next.attempt < this.#options.attempts) {
        this.#attempt(body, open, { ...next, attempt: next.attempt + 1 });
      } else {
        open.isDone = true;
        open.done({ outcome: "unknown", result: null, results: null });
        next.lost();
      }
    });
  }

  #send(body: StoreRequest, open: Open, next: Next, way: { replica: ReplicaId; hops: number }): void {
    const answered = (answer: StoreAnswer): void => {
      if (answer.outcome === "redirect") {
        if (way.hops < HOPS_MAX) this.#send(body, open, next, { replica: answer.to, hops: way.hops + 1 });
        return;
      }
      if (open.isDone) return;
      // A refusal is definite for its own attempt only.
      if (answer.outcome === "refused" && open.isDoubtful && body.kind !== "read") return;
      open.isDone = true;
      if (answer.outcome === "ok") {
        const isRead = body.kind === "read";
        const results = isRead ? (answer.values ?? null) : null;
        open.done({ outcome: "ok", result: isRead ? answer.value : null, results });
        next.answered(answer.position, answer.value, answer.context);
      } else {
        open.done({ outcome: "fail", result: null, results: null });
        next.refused();
      }
    };
    // To the replica and back, as far as a client is away.
    this.#cluster.later(this.#luck() * 5, () => {
      this.#cluster.ask(way.replica, body, (answer) => {
        this.#cluster.later(this.#luck() * 5, () => answered(answer));
      });
    });
  }

  #complete(open: Operation, end: Pick<Operation, "outcome" | "result" | "results">): void {
    this.#operations[open.id] = { ...open, ...end, completedAtUs: this.#cluster.nowUs };
  }
}

interface Next {
  readonly attempt: number;
  readonly answered: (position: number, value: number | null, context: VectorClock | undefined) => void;
  readonly refused: () => void;
  readonly lost: () => void;
}
