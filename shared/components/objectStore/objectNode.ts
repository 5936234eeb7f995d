import { exponential, type Distribution } from "../../core/distribution.ts";
import { mutates } from "../../core/operations.ts";
import type { Stream } from "../../core/random.ts";
import { US_PER_SECOND, usOf, type Us } from "../../core/time.ts";
import { STAGE } from "../../sim/journeys.ts";
import type { Reply, Request } from "../../sim/message.ts";
import { Durable } from "../durable.ts";
import { Endpoint, type Standing } from "../endpoint.ts";
import { nearest, type Built, type Instance } from "../site.ts";
import type { ObjectStoreConfig, ObjectStorePolicy } from "./config.ts";
import { objectsDisk, type ObjectChange, type Objects } from "./objects.ts";

/** What all nodes of an object store have in common. */
export interface ObjectStorePlan {
  readonly name: string;
  readonly config: ObjectStoreConfig;
  readonly policy: ObjectStorePolicy;
  readonly tells: Built | null;
  /** All its nodes, in the order of the level. */
  readonly nodes: Instance[];
}

/** An upload in progress: which of its parts are still to be sent, and how many are stored. */
interface Upload {
  readonly operation: number;
  readonly key: number;
  readonly megabytes: number;
  readonly priority: number;
  /** Those who wait for it: an upload that is asked for again is the same upload. */
  readonly requests: Request[];
  readonly parts: number;
  next: number;
  underWay: number;
  stored: number;
}

/** A part of an upload on its way, or the event of an object that is complete. */
type Work =
  | { readonly type: "part"; readonly upload: Upload; readonly number: number; readonly attempt: number }
  | { readonly type: "event"; readonly operation: number };

const TIMER_PIPE = 0;

/** One node: takes uploads of its keys, sends their parts to all nodes, and takes in parts over its line one by one. */
export class ObjectNode extends Endpoint<Work> {
  readonly #plan: ObjectStorePlan;
  readonly #costUs: Distribution;
  readonly #luck: Stream;
  readonly #callLuck: Stream;
  readonly #disk = new Durable<Objects, ObjectChange, Request>(objectsDisk);
  readonly #uploads = new Map<number, Upload>();
  /** Parts that wait for the line; the first one is on it. */
  #pipe: Request[] = [];
  #retries = 0;

  constructor(standing: Standing, plan: ObjectStorePlan) {
    super(standing);
    this.#plan = plan;
    this.#costUs = exponential(usOf(plan.config.time));
    const entity = `${plan.name}/${this.machine.name}`;
    this.#luck = this.world.streams.stream("objectStore", entity);
    this.#callLuck = this.world.streams.stream("calls", entity);
  }

  /** Uploads in progress, parts waiting for the line, objects complete, and parts sent again since it started. */
  gauges(): readonly number[] {
    return [this.#uploads.size, this.#pipe.length, this.#disk.disk.complete.size, this.#retries];
  }

  /** Megabytes of parts on its disk. */
  get megabytes(): number {
    return this.#disk.disk.megabytes;
  }

  protected costUs(): Us {
    return this.#costUs.sample(this.#luck);
  }

  protected serve(request: Request): void {
    if (!mutates(request.kind)) this.ok(request, { values: this.#disk.disk.tickets.get(request.key) ?? [] });
    else if (request.other === null) this.#begin(request);
    else this.#takeIn(request);
  }

  protected override answered(work: Work, reply: Reply | null): void {
    const taken = reply?.outcome === "ok";
    if (work.type === "event") {
      if (taken) this.#write({ type: "told", operation: work.operation }, null);
      else this.pause(work, usOf(this.#plan.config.backoff));
    } else if (!this.#isOpen(work.upload)) return;
    else if (taken) this.#partStored(work.upload);
    else this.#sendAgain(work.upload, work.number, work.attempt, reply?.reason ?? "timeout");
  }

  protected override resumed(work: Work): void {
    if (work.type === "event") this.#tellOf(work.operation);
    else if (this.#isOpen(work.upload)) this.#send(work.upload, work.number, work.attempt);
  }

  protected override due(): void {
    this.#arrived();
  }

  override synced(token: number): void {
    for (const request of this.#disk.synced(token)) {
      if (request.other === null) this.#completed(request.operation);
      else this.ok(request);
    }
  }

  protected override forget(): void {
    for (const operation of this.#uploads.keys()) this.reach(operation, STAGE.crashed);
    this.#uploads.clear();
    this.#pipe = [];
    this.#disk.crashed();
    this.#retries = 0;
  }

  override restarted(diskLost: boolean): void {
    if (diskLost) this.#disk.lost();
    for (const operation of this.#disk.disk.untold) this.#tellOf(operation);
  }

  #isOpen(upload: Upload): boolean {
    return this.#uploads.get(upload.operation) === upload;
  }

  #write(change: ObjectChange, request: Request | null): void {
    this.machine.sync(this.self, this.#disk.write(change, request));
  }

  #begin(request: Request): void {
    const { operation, key, priority, argument } = request;
    const open = this.#uploads.get(operation);
    if (this.#disk.disk.complete.has(operation)) this.ok(request);
    else if (open !== undefined) open.requests.push(request);
    else if (this.#uploads.size >= this.#plan.policy.uploads) this.refuse(request, "queueFull");
    else {
      const megabytes = Math.max(1, argument ?? 1);
      const parts = Math.ceil(megabytes / this.#plan.config.part);
      const upload: Upload = { operation, key, megabytes, priority, requests: [request], parts, next: 0, underWay: 0, stored: 0 };
      this.#uploads.set(operation, upload);
      this.#sendMore(upload);
    }
  }

  /** Keeps as many parts under way as may be. */
  #sendMore(upload: Upload): void {
    while (upload.underWay < this.#plan.policy.parallel && upload.next < upload.parts) {
      upload.underWay++;
      this.#send(upload, upload.next++, 1);
    }
  }

  /** Sends one part; each attempt goes to the next node. */
  #send(upload: Upload, number: number, attempt: number): void {
    const { nodes, config } = this.#plan;
    const { operation, key, priority, megabytes } = upload;
    const size = Math.min(config.part, megabytes - number * config.part);
    const to = nodes[(key + number + attempt - 1) % nodes.length]!;
    const question = { target: this.index, kind: "upload" as const, key, other: number, argument: size, operation, priority, attempt };
    this.call(to.process, question, { type: "part", upload, number, attempt }, config.timeout);
  }

  #partStored(upload: Upload): void {
    upload.underWay--;
    upload.stored++;
    this.#sendMore(upload);
    if (upload.stored < upload.parts) return;
    const { operation, key, megabytes } = upload;
    this.reach(operation, STAGE.replicating);
    const tells = this.#plan.tells !== null;
    this.#write({ type: "complete", object: { operation, key, megabytes }, tells }, upload.requests[0]!);
  }

  #sendAgain(upload: Upload, number: number, attempt: number, reason: string): void {
    if (attempt < this.#plan.config.attempts) {
      this.#retries++;
      this.pause({ type: "part", upload, number, attempt: attempt + 1 }, usOf(this.#plan.config.backoff));
      return;
    }
    // Without all parts there is no object: a definite no.
    this.#uploads.delete(upload.operation);
    for (const request of upload.requests) this.refuse(request, reason);
  }

  #completed(operation: number): void {
    const upload = this.#uploads.get(operation);
    this.#uploads.delete(operation);
    for (const request of upload?.requests ?? []) this.ok(request);
    if (this.#plan.tells !== null) this.#tellOf(operation);
  }

  /** Hands the event of an object to the queue, until that has acknowledged it. */
  #tellOf(operation: number): void {
    const { tells, config } = this.#plan;
    const object = this.#disk.disk.complete.get(operation);
    if (tells === null || object === undefined) return;
    const { key } = object;
    const { process } = nearest(tells.instancesFor(key), this.machine.zone, this.#callLuck);
    const question = { target: tells.index, kind: "publish" as const, key, argument: operation + 1, operation };
    this.call(process, question, { type: "event", operation }, config.timeout);
  }

  #takeIn(request: Request): void {
    if (this.#pipe.length >= this.#plan.config.pipe) {
      this.refuse(request, "queueFull");
      return;
    }
    this.reach(request.operation, STAGE.queued);
    this.#pipe.push(request);
    if (this.#pipe.length === 1) this.#transfer(request);
  }

  #transfer({ argument }: Request): void {
    this.world.setTimer(this.self, TIMER_PIPE, ((argument ?? 1) / this.#plan.config.bandwidth) * US_PER_SECOND);
  }

  /** The part on the line is there in full: it goes to the disk, and the next one begins. */
  #arrived(): void {
    const request = this.#pipe.shift()!;
    const { operation, other, argument } = request;
    this.#write({ type: "part", name: `${operation}/${other}`, megabytes: argument ?? 1 }, request);
    const next = this.#pipe[0];
    if (next !== undefined) this.#transfer(next);
  }
}
