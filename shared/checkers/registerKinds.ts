import type { OperationKind } from "../core/operations.ts";

/** What registers can be asked: the operations of Jepsen's cas-register, and several keys at once. */
export const REGISTER_KINDS: readonly OperationKind[] = ["read", "write", "cas", "scan"];

/**
 * What clients may ask where a guarantee is about the line of each client: one key at a time. The reads of a scan happen at
 * moments that nobody knows, so they have no places in that line.
 */
export const VIEW_KINDS: readonly OperationKind[] = ["read", "write", "cas"];
