import type { MatchExportName } from "../../../shared/match/exports.ts";

/** A kind of file, as a person chooses it. */
export interface ExportWords {
  readonly label: string;
  /** What reads it. */
  readonly about: string;
  /** True when it tells one component, so that one has to be chosen. */
  readonly one: boolean;
}

/** Every kind of file that a match can be saved as, beside its match file. */
export const exportWords: Readonly<Record<MatchExportName, ExportWords>> = {
  "jepsen-edn": { label: "History, Jepsen EDN", about: "For Jepsen's checkers: one component.", one: true },
  "edn-list-append": { label: "History, Elle list-append", about: "For Elle: the lists of one component.", one: true },
  jsonl: { label: "History, JSON Lines", about: "One operation a line, for npm run verdict.", one: false },
  otlp: { label: "Traces, OpenTelemetry", about: "The way of every request as OTLP JSON.", one: false },
  jaeger: { label: "Traces, Jaeger", about: "The same for Jaeger's own page.", one: false },
};
