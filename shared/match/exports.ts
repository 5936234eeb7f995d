import { refusal, type Refusal } from "../core/refusal.ts";
import { ednListAppend, jepsenEdn, type JepsenText } from "../history/jepsenEdn.ts";
import { jsonLineOf } from "../history/jsonLines.ts";
import type { Operation } from "../history/operation.ts";
import { both } from "../sim/instruments.ts";
import { jaegerJson } from "./jaeger.ts";
import type { Match } from "./match.ts";
import { otlpJson } from "./otlp.ts";
import { Tracer } from "./tracer.ts";
import { wholeTraces, type WholeTrace } from "./traces.ts";

/** A match that was played with every operation followed. */
export interface Followed {
  readonly match: Match;
  readonly tracer: Tracer;
}

/** What a match is written as: its text in pieces, and the model that judges it where it is a history. */
export interface Written {
  readonly pieces: Iterable<string>;
  readonly component?: string;
  readonly model?: string;
}

/** One way to write a match for a program from outside. */
export interface MatchExport {
  readonly about: string;
  /** How its files end, without the dot. */
  readonly ending: string;
  /** True when it tells one component, which must be named where clients asked several. */
  readonly one: boolean;
  write(followed: Followed, component: string | undefined): Written | Refusal;
}

/** Follows every operation of a fresh match from its start. It changes nothing of what happens. */
export function follow(match: Match): Followed {
  const tracer = new Tracer(match.cluster.world, 1);
  match.cluster.world.instruments = both(match.cluster.world.instruments!, tracer);
  return { match, tracer };
}

/** Every way to write a match as text for other programs. */
export const matchExports = {
  "jepsen-edn": {
    about: "The history of one component as Jepsen's events in EDN.",
    ending: "edn",
    one: true,
    write: (followed, named) => history(followed, named, jepsenEdn),
  },
  "edn-list-append": {
    about: "The history of one component's lists as transactions for Elle, in EDN.",
    ending: "edn",
    one: true,
    write: (followed, named) => history(followed, named, ednListAppend),
  },
  jsonl: {
    about: "One operation a line in JSON, of one component or of all.",
    ending: "jsonl",
    one: false,
    write: (followed, component) => ({ ...of(component), pieces: jsonLines(followed, component) }),
  },
  otlp: {
    about: "The way of every operation as OpenTelemetry's JSON.",
    ending: "json",
    one: false,
    write: (followed, component) => ({
      ...of(component),
      pieces: otlpJson(tracesOf(followed, component), followed.match.level.id),
    }),
  },
  jaeger: {
    about: "The way of every operation as Jaeger's JSON.",
    ending: "json",
    one: false,
    write: (followed, component) => ({ ...of(component), pieces: jaegerJson(tracesOf(followed, component)) }),
  },
} as const satisfies Record<string, MatchExport>;

/** Name of a way to write a match. */
export type MatchExportName = keyof typeof matchExports;

/** Why the component can't be told by itself; null when it can, or none is named. */
export function unknownComponent({ level }: Match, component: string | undefined): Refusal | null {
  const asked = Object.keys(level.contract);
  if (component === undefined || asked.includes(component)) return null;
  const sentence = `${level.id} has no component "${component}" that clients asked; there are ${asked.join(", ")}.`;
  return refusal("noSuchComponent", sentence);
}

function of(component: string | undefined): { component?: string } {
  return component === undefined ? {} : { component };
}

function history(
  { match }: Followed,
  named: string | undefined,
  tell: (component: string, operations: readonly Operation[]) => JepsenText | Refusal,
): Written | Refusal {
  const asked = Object.keys(match.level.contract);
  const component = named ?? (asked.length === 1 ? asked[0]! : undefined);
  if (component === undefined) return refusal("whichComponent", `Of which component? There are ${asked.join(", ")}.`);
  const told = tell(component, [...match.record.history].filter((operation) => operation.component === component));
  return "refused" in told ? told : { component, model: told.model, pieces: told.lines };
}

function* jsonLines({ match }: Followed, component: string | undefined): Generator<string> {
  for (const operation of match.record.history) {
    if (component === undefined || operation.component === component) yield `${jsonLineOf(operation)}\n`;
  }
}

function* tracesOf({ match, tracer }: Followed, component: string | undefined): Generator<WholeTrace> {
  for (const trace of wholeTraces(match, tracer)) {
    if (component === undefined || trace.operation.component === component) yield trace;
  }
}
