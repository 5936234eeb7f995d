import { ednListAppend, jepsenEdn } from "../../../shared/history/jepsenEdn.ts";
import { jsonLineOf } from "../../../shared/history/jsonLines.ts";
import { jaegerJson } from "../../../shared/match/jaeger.ts";
import { otlpJson } from "../../../shared/match/otlp.ts";
import { wholeTraces, type WholeTrace } from "../../../shared/match/traces.ts";
import { exposition } from "../../http/exposition.ts";
import { operationsOf, orMisuse, type Played } from "./played.ts";

/** What a match is written as: its text in pieces, and the model that judges it where it is a history. */
export interface Written {
  readonly pieces: Iterable<string>;
  readonly component?: string;
  readonly model?: string;
}

/** One way to write a match for a tool from outside. */
export interface ExportFormat {
  readonly about: string;
  /** True when it can tell a match before its end. */
  readonly moments: boolean;
  /** True when it can tell one component without the others. */
  readonly parts: boolean;
  write(played: Played, component: string | undefined): Written | Promise<Written>;
}

/** Every format in which a match is written. */
export const exportFormats = {
  "jepsen-edn": {
    about: "The history of one component as Jepsen's events in EDN.",
    moments: false,
    parts: true,
    write(played, named) {
      const { component, operations } = operationsOf(played, named);
      const { model, lines } = orMisuse(jepsenEdn(component, operations));
      return { component, model, pieces: lines };
    },
  },
  "edn-list-append": {
    about: "The history of one component's lists as transactions for Elle, in EDN.",
    moments: false,
    parts: true,
    write(played, named) {
      const { component, operations } = operationsOf(played, named);
      const { model, lines } = orMisuse(ednListAppend(component, operations));
      return { component, model, pieces: lines };
    },
  },
  jsonl: {
    about: "One operation a line in JSON, of one component or of all.",
    moments: false,
    parts: true,
    write: (played, component) => ({ pieces: jsonLines(played, component), ...(component === undefined ? {} : { component }) }),
  },
  otlp: {
    about: "The way of every operation as OpenTelemetry's JSON.",
    moments: false,
    parts: true,
    write: (played, component) => ({ pieces: otlpJson(tracesOf(played, component), played.match.level.id) }),
  },
  jaeger: {
    about: "The way of every operation as Jaeger's JSON.",
    moments: false,
    parts: true,
    write: (played, component) => ({ pieces: jaegerJson(tracesOf(played, component)) }),
  },
  prometheus: {
    about: "What monitoring knows at a moment, in Prometheus's text format.",
    moments: true,
    parts: false,
    write: async ({ match }) => ({ pieces: [await exposition(match)] }),
  },
  match: {
    about: "The match file itself, once it was played again and is the same.",
    moments: false,
    parts: false,
    write: ({ file }) => ({ pieces: [`${JSON.stringify(file, null, 2)}\n`] }),
  },
} as const satisfies Record<string, ExportFormat>;

function* jsonLines({ match }: Played, component: string | undefined): Generator<string> {
  for (const operation of match.record.history) {
    if (component === undefined || operation.component === component) yield `${jsonLineOf(operation)}\n`;
  }
}

function* tracesOf({ match, tracer }: Played, component: string | undefined): Generator<WholeTrace> {
  for (const trace of wholeTraces(match, tracer)) {
    if (component === undefined || trace.operation.component === component) yield trace;
  }
}
