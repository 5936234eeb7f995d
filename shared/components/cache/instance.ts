import type { Distribution } from "../../core/distribution.ts";
import { mutates, type OperationKind } from "../../core/operations.ts";
import type { Stream } from "../../core/random.ts";
import { usOf, type Us } from "../../core/time.ts";
import type { Reply, Request } from "../../sim/message.ts";
import type { ProcessId } from "../../sim/process.ts";
import { NOTHING, unclearAt, type Answer } from "../answer.ts";
import { Endpoint, type Standing } from "../endpoint.ts";
import { nearest, type Built } from "../site.ts";
import type { CachePolicy } from "./config.ts";
import { lookUp, put, type Shelf } from "./shelf.ts";

/** What all instances of a cache have in common. */
export interface Plan {
  readonly name: string;
  readonly policy: CachePolicy;
  readonly capacity: number;
  readonly costUs: Distribution;
  readonly routes: ReadonlyMap<number, Built>;
  /** All instances. */
  readonly peers: ProcessId[];
}

/** What a cache asks for: an answer to keep, or something that it only passes on. */
type Errand =
  | { readonly is: "fetch"; readonly name: string; readonly waiters: Request[] }
  | { readonly is: "pass"; readonly request: Request };

/** Reads whose answer belongs to their key alone. */
const KEPT: readonly OperationKind[] = ["read", "timeline", "search"];
/** The hit ratio is a mean over about this many look-ups. */
const RECENT = 100;

/**
 * One instance of a cache on one node. It knows nothing of sessions: an entry is given to whoever asks, even to somebody
 * who has seen something newer. A fetch that was under way while the key was written puts the old value back.
 */
export class CacheInstance extends Endpoint<Errand> {
  readonly #plan: Plan;
  readonly #luck: Stream;
  readonly #workLuck: Stream;
  readonly #shelf: Shelf = new Map();
  readonly #flights = new Map<string, Request[]>();
  #hitRatio = 0;
  #coalesced = 0;

  constructor(standing: Standing, plan: Plan) {
    super(standing);
    this.#plan = plan;
    const name = `${plan.name}/${standing.machine.name}`;
    this.#luck = standing.world.streams.stream("calls", name);
    this.#workLuck = standing.world.streams.stream("service", name);
  }

  /** Hit ratio, entries, fetches under way, requests that wait for somebody else's fetch. */
  gauges(): readonly number[] {
    return [this.#hitRatio, this.#shelf.size, this.callsInFlight, this.#coalesced];
  }

  protected costUs(): Us {
    return this.#plan.costUs.sample(this.#workLuck);
  }

  protected serve(request: Request): void {
    if (!KEPT.includes(request.kind)) {
      this.#ask(request, { is: "pass", request });
      return;
    }
    const { policy } = this.#plan;
    const name = nameOf(request.target, request.kind, request.key);
    const ttlUs = policy.ttlMs === 0 ? Infinity : usOf(policy.ttlMs);
    const entry = lookUp(this.#shelf, name, this.world.kernel.nowUs, ttlUs);
    this.#hitRatio += ((entry === undefined ? 0 : 1) - this.#hitRatio) / RECENT;
    if (entry === undefined) this.#fetch(name, request);
    else this.reply(request, { ...entry.answer, node: this.machine.index });
  }

  protected override answered(errand: Errand, reply: Reply | null): void {
    if (errand.is === "pass") this.#passed(errand.request, reply);
    else this.#fetched(errand.name, errand.waiters, reply);
  }

  /** Another instance took a write of this. */
  protected override heard(_from: ProcessId, message: unknown): void {
    const { target, keys } = message as { readonly target: number; readonly keys: readonly number[] };
    this.#drop(target, keys);
  }

  protected override forget(): void {
    this.#shelf.clear();
    this.#flights.clear();
    this.#coalesced = 0;
  }

  #fetch(name: string, request: Request): void {
    const flight = this.#plan.policy.singleFlight ? this.#flights.get(name) : undefined;
    if (flight !== undefined) {
      flight.push(request);
      this.#coalesced++;
      return;
    }
    const waiters = [request];
    this.#flights.set(name, waiters);
    this.#ask(request, { is: "fetch", name, waiters });
  }

  #fetched(name: string, waiters: readonly Request[], reply: Reply | null): void {
    if (this.#flights.get(name) === waiters) this.#flights.delete(name);
    this.#coalesced -= waiters.length - 1;
    if (reply?.outcome === "ok" && (this.#plan.policy.negative || !isEmpty(reply))) this.#keep(name, reply);
    const answer = reply === null ? unclearAt(this.machine, "timeout") : reply;
    for (const request of waiters) this.reply(request, answer);
  }

  #passed(request: Request, reply: Reply | null): void {
    if (mutates(request.kind) && reply?.outcome !== "refused") this.#written(request, reply);
    this.reply(request, reply ?? unclearAt(this.machine, "timeout"));
  }

  /** A write took effect, or may have. */
  #written(request: Request, reply: Reply | null): void {
    const { policy, peers } = this.#plan;
    const { target, key, other, argument, kind } = request;
    if (policy.write === "around") return;
    const keys = other === null ? [key] : [key, other];
    this.#drop(target, keys);
    const isValue = kind === "write" || kind === "cas";
    if (policy.write === "through" && isValue && reply?.outcome === "ok") {
      this.#keep(nameOf(target, "read", key), {
        ...NOTHING,
        outcome: "ok",
        value: argument,
        position: reply.position,
        node: reply.node,
      });
    }
    if (!policy.tellOthers) return;
    for (const peer of peers) if (peer !== this.self) this.tell(peer, { target, keys }, 1);
  }

  #ask(request: Request, errand: Errand): void {
    const { routes, policy } = this.#plan;
    const callee = routes.get(request.target)!;
    const { process } = nearest(callee.instancesFor(request.key), this.machine.zone, this.#luck);
    this.call(process, request, errand, policy.timeoutMs === 0 ? Infinity : policy.timeoutMs);
  }

  #keep(name: string, answer: Answer): void {
    put(this.#shelf, name, { answer, storedAtUs: this.world.kernel.nowUs }, this.#plan.capacity);
  }

  #drop(target: number, keys: readonly number[]): void {
    for (const key of keys) for (const kind of KEPT) this.#shelf.delete(nameOf(target, kind, key));
  }
}

function nameOf(target: number, kind: OperationKind, key: number): string {
  return `${target}/${kind}/${key}`;
}

function isEmpty({ value, values }: Reply): boolean {
  return value === null && (values === null || values.length === 0);
}
