import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { anomalyCards } from "../../shared/checkers/anomalies/registry.ts";
import type { AnomalyCard } from "../../shared/checkers/anomalies/anomalyCard.ts";
import type { Checker } from "../../shared/checkers/checker.ts";
import { judge } from "../../shared/checkers/judge.ts";
import { checkers } from "../../shared/checkers/registry.ts";
import { orderReasons } from "../../shared/checkers/orderReasons.ts";

const CHECKERS = join(import.meta.dirname, "../../shared/checkers");

/** All that checkers are made of, but the entries themselves and the list of their names. */
function sources(): string {
  const files = readdirSync(CHECKERS, { recursive: true, withFileTypes: true }).filter(
    ({ name, parentPath }) => name.endsWith(".ts") && name !== "checker.ts" && !parentPath.endsWith("anomalies"),
  );
  return files.map(({ name, parentPath }) => readFileSync(join(parentPath, name), "utf8")).join("\n");
}

const code = sources();
const cards = Object.entries<AnomalyCard>(anomalyCards);
const withoutOrder = (name: string) => name.replace(/-(process|realtime)$/, "");

test("the names that checkers give have been seen", () => {
  expect(code.length).toBeGreaterThan(50_000);
  expect(cards.length).toBeGreaterThan(40);
});

describe.each(cards)("%s", (name, { title, what, source }) => {
  test("is a name that some checker gives", () => {
    expect(code).toContain(`"${withoutOrder(name)}"`);
  });

  test("is told in exactly two sentences, under a title, and says where it comes from", () => {
    expect(title).toMatch(/^[A-Z].{4,45}[^.]$/);
    expect(what.match(/[.!?](?= [A-Z]|$)/g)).toHaveLength(2);
    expect(what).toMatch(/^[A-Z][^\n]{40,260}\.$/);
    expect(source).toMatch(/\.$/);
    expect(source).toMatch(/\d{4}|Jepsen/);
  });
});

test("no two anomalies have the same title", () => {
  expect(new Set(cards.map(([, { title }]) => title)).size).toBe(cards.length);
});

test.each(Object.values<Checker>(checkers))("what $guarantee finds wrong in its example has an entry", (checker) => {
  const verdict = judge(checker, checker.rejected);
  const names = verdict.outcome === "invalid" ? verdict.anomalies.map(({ name }) => name) : [];
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect(anomalyCards).toHaveProperty([name]);
});

test("every reason for an order says in a few words and in one sentence what must be true", () => {
  for (const { words, about } of Object.values(orderReasons)) {
    expect(words).toMatch(/^[a-z][a-z, ]{8,40}$/);
    expect(about).toMatch(/^[A-Z][^.]*\.$/);
  }
});
