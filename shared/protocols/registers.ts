import { broken } from "../core/invariant.ts";
import {
  copyDeduplication,
  createDeduplication,
  recalled,
  remember,
  rememberedCount,
  type Deduplication,
} from "./deduplication.ts";
import { applyParcel } from "./parcel.ts";
import type { ReplicaIo, StoreAnswer, StoreRequest } from "./protocol.ts";

/**
 * The state machine that a replicated log feeds: one register per key. Replicas that applied the same entries in the
 * same order hold the same registers and give the same answers.
 */
export interface Registers {
  readonly values: Map<number, number | null>;
  readonly answered: Deduplication;
  /** By key that ever changed hands: number of the move that brought it here, negative for one that took it away. */
  readonly moved: Map<number, number>;
  /** Index of the newest entry applied; 0 before the first. */
  appliedIndex: number;
}

/** Registers that nobody wrote to. */
export function createRegisters(): Registers {
  return { values: new Map(), answered: createDeduplication(), moved: new Map(), appliedIndex: 0 };
}

/** The same registers once more, with what they remember: what a snapshot keeps. */
export function copyRegisters({ values, answered, moved, appliedIndex }: Readonly<Registers>): Registers {
  return { values: new Map(values), answered: copyDeduplication(answered), moved: new Map(moved), appliedIndex };
}

/** Size of a copy, in rows: keys that were written, and operations that are remembered. */
export function sizeOfRegisters({ values, answered }: Readonly<Registers>): number {
  return values.size + rememberedCount(answered);
}

/**
 * Applies the entry at `index`, which must be the next one; null is a no-op. A command whose operation was applied
 * before takes no second effect, and one about a key that has been given away takes none. Returns what to answer.
 */
export function applyCommand(registers: Registers, index: number, command: StoreRequest | null): StoreAnswer {
  if (index !== registers.appliedIndex + 1) broken(`registers: entry ${index} after ${registers.appliedIndex}`);
  registers.appliedIndex = index;
  if (command === null) return { outcome: "ok", value: null, position: index };
  if (command.parcel !== undefined) return applyParcel(registers, index, command.parcel);
  const before = recalled(registers.answered, command.operation);
  if (before !== 0) return writeAnswer(before);
  if ((registers.moved.get(command.key) ?? 0) < 0) return { outcome: "elsewhere" };
  const failed = command.kind === "cas" && readRegister(registers, command.key) !== command.expected;
  if (!failed) registers.values.set(command.key, command.argument);
  const answer = failed ? -index : index;
  remember(registers.answered, command.operation, answer, command.key);
  return writeAnswer(answer);
}

/** The answer to a write or cas that took place at a position (negative: the cas failed there). */
export function writeAnswer(position: number): StoreAnswer {
  return position > 0 ? { outcome: "ok", value: null, position } : { outcome: "fail", position: -position };
}

/** Value of a key; null when nobody wrote it. */
export function readRegister(registers: Registers, key: number): number | null {
  return registers.values.get(key) ?? null;
}

/** Answers a read from these registers, as of the newest entry applied. */
export function answerRead(io: Pick<ReplicaIo<never>, "answer">, registers: Registers, read: PendingRead): void {
  const value = readRegister(registers, read.key);
  io.answer(read.request, { outcome: "ok", value, position: registers.appliedIndex });
}

/** A read on its way: which request, of which key. */
export interface PendingRead {
  readonly request: number;
  readonly key: number;
}
