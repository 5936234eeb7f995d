import type { Request } from "../../sim/message.ts";
import type { ProcessId } from "../../sim/process.ts";
import type { Try } from "./coordinator.ts";
import { tagOf, type Token } from "./journal.ts";

/** A call, or a wait before one. */
export type Work =
  | { readonly type: "step"; readonly token: Token; readonly attempt: number; readonly unclear: boolean }
  | { readonly type: "handOn"; readonly token: Token }
  | { readonly type: "commit"; readonly again: Try }
  | { readonly type: "read"; readonly request: Request; readonly seen: number };

/** What follows once a change is on the disk. */
export type Next =
  | { readonly type: "go"; readonly token: Token; readonly from?: ProcessId }
  | { readonly type: "answer"; readonly operation: number }
  | { readonly type: "commit"; readonly operation: number };

/** What nodes of a saga tell one another: a token, and that it was taken. */
export type SagaMessage =
  | { readonly type: "hand"; readonly token: Token }
  | { readonly type: "taken"; readonly operation: number; readonly tag: string };

/** The word that a token has been taken. */
export function takenOf(token: Token): SagaMessage {
  return { type: "taken", operation: token.request.operation, tag: tagOf(token) };
}
