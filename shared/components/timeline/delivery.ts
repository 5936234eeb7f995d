import { usOf } from "../../core/time.ts";
import type { Request } from "../../sim/message.ts";
import type { ProcessId } from "../../sim/process.ts";
import { Durable } from "../durable.ts";
import { Endpoint, type Standing } from "../endpoint.ts";
import type { TimelineMessage, TimelinePlan } from "./plan.ts";
import { shelfRules, type Errand, type Parcel, type Shelf, type ShelfChange } from "./shelf.ts";

const TIMER_REPEAT = 0;

/** What follows once a change is on the disk: an answer to a client, or word to who had sent an errand. */
export type Next =
  | { readonly type: "ok"; readonly request: Request }
  | { readonly type: "done"; readonly to: ProcessId; readonly id: string };

/**
 * A node's shelf on its disk, and the errands between nodes: told until they are acknowledged, taken on once at a time,
 * acknowledged when they are done and on the disk. So nothing is lost, and what comes twice does no harm.
 */
export abstract class TimelineDelivery extends Endpoint<number> {
  protected readonly plan: TimelinePlan;
  readonly #shelf: Durable<Shelf, ShelfChange, Next>;
  /** Errands that this node works on, and those that it has done since it was started. */
  readonly #inHand = new Set<string>();
  readonly #done = new Set<string>();
  #parcels = 0;

  constructor(standing: Standing, plan: TimelinePlan) {
    super(standing);
    this.plan = plan;
    this.#shelf = new Durable(shelfRules(plan.newest));
  }

  /** Does an errand; at its end `next` follows from a change on the disk, or `dropped` says that it can't be done now. */
  protected abstract carryOut(errand: Errand, next: Extract<Next, { type: "done" }>): void;

  /** Begins to repeat what others have not acknowledged. */
  begin(): void {
    this.world.setTimer(this.self, TIMER_REPEAT, usOf(this.plan.repeatEveryMs));
  }

  /** The shelf with all changes, durable or not. */
  protected get shelf(): Shelf {
    return this.#shelf.memory;
  }

  protected parcel(to: ProcessId, errand: Errand): Parcel {
    return { id: `${this.self}.${this.machine.incarnation}.${this.#parcels++}`, to, errand };
  }

  /** Makes a change; its parcels leave once it is on the disk. */
  protected write(change: ShelfChange, next: Next | null): void {
    this.machine.sync(this.self, this.#shelf.write(change, next));
    if (!("parcels" in change)) return;
    for (const { to, id, errand } of change.parcels) if (to === this.self) this.#take(to, id, errand);
  }

  /** An errand can't be done now: it will come again. */
  protected dropped(id: string): void {
    this.#inHand.delete(id);
  }

  protected say(to: ProcessId, message: TimelineMessage): void {
    this.tell(to, message, message.type === "errand" ? 1 : 0);
  }

  override synced(token: number): void {
    const before = new Set(this.#shelf.disk.parcels.keys());
    for (const next of this.#shelf.synced(token)) {
      if (next.type === "ok") this.ok(next.request);
      else this.#finish(next.to, next.id);
    }
    for (const parcel of this.#shelf.disk.parcels.values()) {
      if (parcel.to !== this.self && !before.has(parcel.id)) this.#send(parcel);
    }
  }

  #send({ id, to, errand }: Parcel): void {
    this.say(to, { type: "errand", id, errand });
  }

  #finish(to: ProcessId, id: string): void {
    this.#inHand.delete(id);
    this.#done.add(id);
    if (to === this.self) this.write({ type: "delivered", id }, null);
    else this.say(to, { type: "done", id });
  }

  protected override heard(from: ProcessId, message: unknown): void {
    const body = message as TimelineMessage;
    if (body.type === "errand") this.#take(from, body.id, body.errand);
    else if (body.type === "done" && this.shelf.parcels.has(body.id))
      this.write({ type: "delivered", id: body.id }, null);
  }

  /** Takes an errand on, unless it is under way; one that was done is only acknowledged once more. */
  #take(from: ProcessId, id: string, errand: Errand): void {
    if (this.#done.has(id)) this.#finish(from, id);
    else if (!this.#inHand.has(id)) {
      this.#inHand.add(id);
      this.carryOut(errand, { type: "done", to: from, id });
    }
  }

  /** Says again what was not acknowledged. */
  protected override due(_timer: number): void {
    for (const parcel of this.#shelf.disk.parcels.values()) {
      if (parcel.to === this.self) this.#take(this.self, parcel.id, parcel.errand);
      else this.#send(parcel);
    }
    this.begin();
  }

  protected override forget(): void {
    this.#shelf.crashed();
    for (const memory of [this.#inHand, this.#done]) memory.clear();
  }

  override restarted(diskLost: boolean): void {
    if (diskLost) this.#shelf.lost();
    this.begin();
  }
}
