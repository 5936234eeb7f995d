import { shown } from "../../core/names.ts";
import { msOf, type Us } from "../../core/time.ts";
import { both } from "../../sim/instruments.ts";
import type { MessageWatch, SentMessage } from "../../sim/messageWatch.ts";
import type { ProcessId } from "../../sim/process.ts";
import { clientName } from "../clientName.ts";
import type { Match } from "../match.ts";
import { Causality, type Part } from "./causality.ts";
import type { AnswerState, Evidence, NodeRole, StoryMessage } from "./evidence.ts";
import { FollowedTraces } from "./followedTraces.ts";
import { messageWords } from "./messageWords.ts";
import { Speakers } from "./speakers.ts";

/** A message that belongs to an operation, as long as its fate is open. */
interface Kept {
  readonly sent: SentMessage;
  readonly part: Part;
  readonly words: string;
  arrivedAtUs: Us;
}

/** Messages kept for one operation: a stubborn sender must not crowd out the rest of a story. */
const KEPT_PER_OPERATION = 200;

/**
 * Finds out all that was said for some operations. It is attached to a fresh match before its first tick, and asked when
 * that match has been played again; it changes nothing, so the match stays the same to the bit.
 */
export class EvidenceRecorder implements MessageWatch {
  readonly #match: Match;
  readonly #speakers: Speakers;
  readonly #causality: Causality;
  readonly #traces: FollowedTraces;
  readonly #kept: Kept[] = [];
  readonly #perOperation = new Map<number, number>();
  /** Kept messages whose fate is open, by message. */
  readonly #open = new Map<unknown, Kept[]>();
  readonly #answers: AnswerState[] = [];
  /** By machine and operation. */
  readonly #nodes = new Map<string, NodeRole>();
  #leftOut = 0;

  constructor(match: Match, operations: readonly number[]) {
    const { world } = match.cluster;
    this.#match = match;
    this.#speakers = new Speakers(match.cluster);
    this.#causality = new Causality(operations, this.#speakers);
    this.#traces = new FollowedTraces(match, operations);
    world.watchMessages(this);
    world.instruments = world.instruments === null ? this.#traces : both(world.instruments, this.#traces);
  }

  /** What was found so far. */
  evidence(): Evidence {
    const messages = this.#kept.map((kept) => this.#tell(kept)).filter((told) => told !== null);
    return { messages, leftOut: this.#leftOut, answers: this.#answers, nodes: [...this.#nodes.values()], traces: this.#traces.views() };
  }

  sent(sent: SentMessage): void {
    for (const part of this.#causality.partsOf(sent)) {
      if (part.kind === "reply") this.#noteAnswer(sent, part.operation);
      this.#keep(sent, part);
    }
  }

  received(to: ProcessId, message: unknown): void {
    this.#causality.received(to, message);
    const open = this.#open.get(message);
    if (open === undefined) return;
    const seen = new Set<number>();
    for (const kept of open) {
      // Of two copies of a message the first that comes is one of them, whichever it is.
      if (kept.sent.to !== to || kept.arrivedAtUs >= 0 || seen.has(kept.part.operation)) continue;
      seen.add(kept.part.operation);
      kept.arrivedAtUs = this.#nowUs;
    }
    if (open.every(({ arrivedAtUs }) => arrivedAtUs >= 0)) this.#open.delete(message);
  }

  unheard(): void {}

  worked(process: ProcessId, subject: unknown): void {
    this.#causality.worked(process, subject);
  }

  ended(): void {
    this.#causality.ended();
  }

  get #nowUs(): Us {
    return this.#match.cluster.world.kernel.nowUs;
  }

  #keep(sent: SentMessage, part: Part): void {
    const count = (this.#perOperation.get(part.operation) ?? 0) + 1;
    this.#perOperation.set(part.operation, count);
    if (count > KEPT_PER_OPERATION) {
      this.#leftOut++;
      return;
    }
    this.#meet(sent.from, part.operation);
    this.#meet(sent.to, part.operation);
    const words = messageWords(sent, this.#speakers.telling(sent.from));
    const kept: Kept = { sent, part, words, arrivedAtUs: -1 };
    this.#kept.push(kept);
    if (sent.fate === "underWay") this.#open.set(sent.message, [...(this.#open.get(sent.message) ?? []), kept]);
  }

  /** A replica's word for itself counts more than none, when a service stands on the same node. */
  #meet(process: ProcessId, operation: number): void {
    const machine = this.#speakers.machine(process);
    if (machine < 0) return;
    const known = `${machine} ${operation}`;
    if ((this.#nodes.get(known)?.role ?? "") !== "") return;
    const zone = this.#match.cluster.zoneNames[this.#speakers.zone(process)]!;
    const role = this.#speakers.standing(process)?.status.role ?? "";
    this.#nodes.set(known, { operation, node: this.#nodeName(machine), zone, role });
  }

  #noteAnswer({ from }: SentMessage, operation: number): void {
    const standing = this.#speakers.standing(from);
    if (standing === null) return;
    const { status, behind, replicas } = standing;
    const { role, term, position } = status;
    const node = this.#nodeName(this.#speakers.machine(from));
    const copies = this.#causality.copiesOf(operation, from);
    this.#answers.push({ operation, node, atMs: msOf(this.#nowUs), role, term, position, behind, copies, replicas });
  }

  #tell({ sent, part, words, arrivedAtUs }: Kept): StoryMessage | null {
    const { operation, kind } = part;
    const [from, to] = [this.#placeName(sent.from, operation), this.#placeName(sent.to, operation)];
    if (from === null || to === null) return null;
    const fate = sent.fate !== "underWay" ? sent.fate : arrivedAtUs < 0 ? "dropped" : "arrived";
    const arrivedAtMs = arrivedAtUs < 0 ? -1 : msOf(arrivedAtUs);
    return { from, to, sentAtMs: msOf(sent.sentAtUs), arrivedAtMs, dueAtMs: msOf(sent.dueAtUs), words, operation, kind, fate };
  }

  /** "Oak", "client a7", or "zone B" for what stands at the edge there; null for an operation that is not in this match. */
  #placeName(process: ProcessId, operation: number): string | null {
    const { record, cluster } = this.#match;
    if (operation >= record.history.length) return null;
    const machine = this.#speakers.machine(process);
    if (machine >= 0) return this.#nodeName(machine);
    const zone = this.#speakers.zone(process);
    if (zone !== record.zoneOf(operation)) return `zone ${cluster.zoneNames[zone]}`;
    return `client ${clientName(this.#match, record.history.operation(operation))}`;
  }

  #nodeName(machine: number): string {
    return shown(this.#match.cluster.nodeNames[machine]!);
  }
}
