import type { Level } from "../../shared/level/schema.ts";
import type { Storage } from "../storage/storage.ts";
import type { Clock } from "./clock.ts";
import type { Restorations } from "./restorations.ts";

/** What every room of one server shares. Handed over when the server starts, so no client's options can forge it. */
export interface House {
  readonly clock: Clock;
  readonly storage: Storage;
  /** By id, in the order of the curriculum. */
  readonly levels: ReadonlyMap<string, Level>;
  /** Matches that an earlier run of the server left unfinished. */
  readonly restorations: Restorations;
  /** Tells whoever runs the server about a trouble that players can't mend; one sentence. */
  report(trouble: string): void;
}
