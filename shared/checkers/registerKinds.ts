import type { OperationKind } from "../core/operations.ts";

/** What a register can be asked: the operations of Jepsen's cas-register. */
export const REGISTER_KINDS: readonly OperationKind[] = ["read", "write", "cas"];
