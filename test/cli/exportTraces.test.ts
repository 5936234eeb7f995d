import { beforeAll, describe, expect, test } from "vitest";
import { orMisuse } from "../../server/cli/export/played.ts";
import { matchExports } from "../../shared/match/exports.ts";
import type { Played } from "../../server/cli/export/played.ts";
import type { OtlpSpan } from "../../shared/match/otlp.ts";
import { playedBy } from "./playedMatch.ts";

interface OtlpDocument {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly { readonly key: string }[] };
    readonly scopeSpans: readonly { readonly scope: { readonly name: string }; readonly spans: readonly OtlpSpan[] }[];
  }[];
}

interface JaegerDocument {
  readonly total: number;
  readonly data: readonly {
    readonly traceID: string;
    readonly processes: Readonly<Record<string, { readonly serviceName: string }>>;
    readonly spans: readonly {
      readonly traceID: string;
      readonly spanID: string;
      readonly startTime: number;
      readonly duration: number;
      readonly processID: string;
      readonly references: readonly { readonly refType: string; readonly traceID: string; readonly spanID: string }[];
    }[];
  }[];
}

describe("the traces of a match", () => {
  let played!: Played;
  let otlp!: OtlpDocument;
  let jaeger!: JaegerDocument;
  beforeAll(async () => {
    played = await playedBy("test/levels/01-short-cut.yaml", { untilMs: 20_000 });
    otlp = JSON.parse([...orMisuse(matchExports.otlp.write(played, undefined)).pieces].join("")) as OtlpDocument;
    jaeger = JSON.parse([...orMisuse(matchExports.jaeger.write(played, undefined)).pieces].join("")) as JaegerDocument;
  });
  const spansOf = (): OtlpSpan[] => otlp.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));

  test("as OpenTelemetry has them: ids of fixed length, times in digits, kinds and codes by number, parents in their trace", () => {
    const spans = spansOf();
    const ids = new Map(spans.map((span) => [span.spanId, span]));
    expect(ids.size).toBe(spans.length);
    for (const span of spans) {
      expect(span.traceId).toMatch(/^(?!0+$)[0-9a-f]{32}$/);
      expect(span.spanId).toMatch(/^(?!0+$)[0-9a-f]{16}$/);
      expect(span.startTimeUnixNano).toMatch(/^[1-9]\d*$/);
      expect(BigInt(span.endTimeUnixNano) >= BigInt(span.startTimeUnixNano)).toBe(true);
      expect([2, 3]).toContain(span.kind);
      expect([0, 1, 2]).toContain(span.status.code);
      if (span.parentSpanId === undefined) expect(span.kind).toBe(3);
      else expect(ids.get(span.parentSpanId)).toMatchObject({ traceId: span.traceId, kind: 3 });
    }
    for (const { resource } of otlp.resourceSpans) {
      expect(resource.attributes.map(({ key }) => key)).toEqual(expect.arrayContaining(["service.name", "service.instance.id"]));
    }
  });

  test("have one client's span for every operation, and stays beneath it", () => {
    const spans = spansOf();
    expect(spans.filter(({ kind }) => kind === 3).length).toBe(played.match.record.history.length);
    expect(spans.filter(({ kind }) => kind === 2).length).toBeGreaterThan(played.match.record.history.length / 2);
  });

  test("as Jaeger has them are the same spans, each a child of its client's", () => {
    expect(jaeger.total).toBe(played.match.record.history.length);
    const spans = jaeger.data.flatMap((trace) => trace.spans);
    expect(spans.map(({ spanID }) => spanID).sort()).toEqual(spansOf().map(({ spanId }) => spanId).sort());
    for (const { traceID, spans: own, processes } of jaeger.data) {
      const [client, ...stays] = own;
      expect(client!.references).toEqual([]);
      for (const span of own) {
        expect(span.traceID).toBe(traceID);
        expect(processes[span.processID]?.serviceName).toBeTruthy();
        expect(Number.isSafeInteger(span.startTime) && Number.isSafeInteger(span.duration) && span.duration >= 0).toBe(true);
      }
      for (const { references } of stays) expect(references).toEqual([{ refType: "CHILD_OF", traceID, spanID: client!.spanID }]);
    }
  });
});
