import type { JoinOptions } from "../../shared/wire/room.ts";

/** A way into a room: make one, or sit down in one by its code. */
export type Entry =
  | { readonly kind: "create"; readonly mode: "solo" | "shift"; readonly options: JoinOptions }
  | { readonly kind: "join"; readonly code: string; readonly options: JoinOptions };

/** Why somebody could not come in: a number of `REFUSED`, or 0 when the server gave no answer. */
export class EntryRefused extends Error {
  readonly code: number;

  constructor(code: number, sentence: string) {
    super(sentence);
    this.code = code;
  }

  /** Reads what the SDK threw; anything but a refusal of the server means that it could not be reached. */
  static from(error: unknown): EntryRefused {
    if (error instanceof EntryRefused) return error;
    const { code, message } = error as { code?: unknown; message?: string };
    if (typeof code === "number" && message !== undefined && message !== "") return new EntryRefused(code, message);
    return new EntryRefused(0, "The server can't be reached: check your connection, then try again.");
  }
}
