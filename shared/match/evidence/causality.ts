import { mutates } from "../../core/operations.ts";
import { journeyOf } from "../../sim/idempotencyKey.ts";
import type { Message, Request } from "../../sim/message.ts";
import type { SentMessage } from "../../sim/messageWatch.ts";
import { CHANNEL, type ProcessId } from "../../sim/process.ts";
import type { StoryMessage } from "./evidence.ts";
import { FollowedOperation } from "./followedOperation.ts";
import { namedOperations } from "./namedOperations.ts";
import type { Speakers } from "./speakers.ts";

/** That a message had to do with an operation, and how. */
export interface Part {
  readonly operation: number;
  readonly kind: StoryMessage["kind"];
}

/** What a process is busy with: the operations, and whether it has the request itself in its hands. */
interface Cause {
  readonly operations: readonly number[];
  readonly isRequest: boolean;
}

const NOBODY: ReadonlySet<number> = new Set();
const NOTHING: Cause = { operations: [], isRequest: false };

/**
 * Which messages belong to which operations. A request and its reply name their operation. A message among replicas
 * belongs to an operation when it brings its write to somebody who has not got it yet; when it answers such a message, or
 * one that was sent for its sake; or when it was sent for its sake: while its sender worked on the request, or, where
 * nobody else's business can be in it, while it handled a message that belongs to the operation. A message among other
 * nodes than replicas belongs to the operations that it names.
 * So replication and its acknowledgements belong, whatever batch they travel in, and heartbeats on a timer do not.
 */
export class Causality {
  readonly #speakers: Speakers;
  readonly #followed: ReadonlyMap<number, FollowedOperation>;
  /** Messages among replicas that belong to some operation, by who sent them. */
  readonly #belongs = new WeakMap<object, { readonly from: ProcessId; readonly parts: Part[] }>();
  #cause = NOTHING;

  constructor(operations: readonly number[], speakers: Speakers) {
    this.#speakers = speakers;
    this.#followed = new Map(operations.map((operation) => [operation, new FollowedOperation(operation)]));
  }

  /** How many replicas are known to hold a write, whoever has just sent its answer included. */
  copiesOf(operation: number, answerer: ProcessId): number {
    return this.#followed.get(operation)!.copies(answerer);
  }

  /** What a message that is sent now has to do with. */
  partsOf(sent: SentMessage): Part[] {
    return sent.channel === CHANNEL.replicas ? this.#amongReplicas(sent) : this.#ofRequest(sent);
  }

  received(to: ProcessId, message: unknown): void {
    const request = asRequest(message);
    if (request !== null) {
      this.#take(to, request);
      return;
    }
    if (typeof message !== "object" || message === null) return;
    const { from, parts } = this.#belongs.get(message) ?? { from: -1, parts: [] };
    for (const { operation, kind } of parts) this.#followed.get(operation)!.arrived({ from, to, message, kind });
    this.#cause = parts.length === 0 ? NOTHING : { operations: parts.map(({ operation }) => operation), isRequest: false };
  }

  worked(process: ProcessId, subject: unknown): void {
    const request = asRequest(subject) ?? asRequest((subject as { readonly request?: unknown } | null)?.request);
    if (request !== null) this.#take(process, request);
  }

  ended(): void {
    this.#cause = NOTHING;
  }

  #take(process: ProcessId, { operation: key, key: about }: Request): void {
    const operation = journeyOf(key);
    const followed = this.#followed.get(operation);
    if (followed === undefined) return;
    if (this.#speakers.telling(process) !== undefined) followed.asked(about);
    this.#cause = { operations: [operation], isRequest: true };
  }

  #ofRequest({ from, message }: SentMessage): Part[] {
    const body = message as Message;
    if (body.type !== "request" && body.type !== "reply") return [];
    const operation = journeyOf(body.operation);
    const followed = this.#followed.get(operation);
    if (followed === undefined) return [];
    if (body.type === "request") {
      followed.isWrite ||= mutates(body.kind);
      return [{ operation, kind: "ask" }];
    }
    if (this.#speakers.telling(from) !== undefined) followed.replied(from, body.outcome === "ok");
    return [{ operation, kind: "reply" }];
  }

  #amongReplicas(sent: SentMessage): Part[] {
    if (typeof sent.message !== "object" || sent.message === null) return [];
    const parts: Part[] = [];
    const named = this.#speakers.telling(sent.from) === undefined ? namedOperations(sent.message) : NOBODY;
    for (const followed of this.#followed.values()) {
      const kind = named.has(followed.operation) ? "carry" : this.#kindFor(followed, sent);
      if (kind !== null) parts.push({ operation: followed.operation, kind });
    }
    if (parts.length === 0) return parts;
    const known = this.#belongs.get(sent.message)?.parts ?? [];
    this.#belongs.set(sent.message, { from: sent.from, parts: [...known, ...parts.filter((part) => !includes(known, part))] });
    return parts;
  }

  #kindFor(followed: FollowedOperation, sent: SentMessage): Part["kind"] | null {
    const telling = this.#speakers.telling(sent.from);
    if (telling === undefined) return this.#isSentFor(followed, true) ? "other" : null;
    if (followed.isBroughtBy(sent, telling)) return "carry";
    if (followed.isAnsweredBy(sent, telling)) return "answer";
    if (!this.#isSentFor(followed, telling.isOfOneRequest(sent.message))) return null;
    followed.ask(sent);
    return "other";
  }

  #isSentFor({ operation, isOpen }: FollowedOperation, isOfOneRequest: boolean): boolean {
    const { operations, isRequest } = this.#cause;
    return isOpen && operations.includes(operation) && (isRequest || isOfOneRequest);
  }
}

function includes(parts: readonly Part[], { operation, kind }: Part): boolean {
  return parts.some((one) => one.operation === operation && one.kind === kind);
}

function asRequest(message: unknown): Request | null {
  const body = message as { readonly type?: unknown } | null | undefined;
  return body?.type === "request" ? (body as Request) : null;
}
