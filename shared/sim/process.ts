import type { Job } from "./machine.ts";

/** Index of a process in its world: the address of messages. */
export type ProcessId = number;

/**
 * Something that runs on a machine and is reached by messages: one instance of a component, the clients of a zone.
 * All its effects go through the world it was given when it was built.
 */
export interface Process {
  /** A message arrived. `channel` separates the talk of replicas among themselves from everything else. */
  receive(from: ProcessId, message: unknown, channel: number): void;
  /** A timer set by this process is due. */
  timer(name: number): void;
  /** A job of this process left the CPU. */
  workDone(job: Job): void;
  /** All syncs asked for up to this token are durable. */
  synced(token: number): void;
  /** The machine crashed: everything in memory is gone. */
  crashed(): void;
  /** The machine is up again. */
  restarted(diskLost: boolean): void;
}

/** Channels of `Process.receive`. */
export const CHANNEL = { requests: 0, replicas: 1 } as const;
