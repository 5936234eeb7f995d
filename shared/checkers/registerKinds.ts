import type { OperationKind } from "../core/operations.ts";

/** What registers can be asked: the operations of Jepsen's cas-register, and several keys at once. */
export const REGISTER_KINDS: readonly OperationKind[] = ["read", "write", "cas", "scan"];
