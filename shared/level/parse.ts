import { LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { refusal, type Refusal } from "../core/refusal.ts";
import { LevelFile, type Level } from "./schema.ts";
import { inconsistencies } from "./consistency.ts";

/**
 * Reads a level file. A mistake gives one sentence with the file, the place and the reason:
 * `levels/03-split-brain.yaml: faults[1].at: expected a duration such as "2s", got "soon"`.
 */
export function parseLevel(text: string, path: string): Level | Refusal {
  const document = parseDocument(text, { lineCounter: new LineCounter(), prettyErrors: true });
  const broken = document.errors[0];
  if (broken !== undefined) return refusal("badYaml", `${path}: ${broken.message.split("\n")[0]!.replace(/:$/, "")}`);
  const plain: unknown = document.toJS();
  const read = LevelFile.safeParse(plain);
  if (!read.success) return refusal("badLevel", `${path}: ${describe(read.error.issues[0]!, plain)}`);
  const wrong = inconsistencies(read.data)[0];
  if (wrong !== undefined) return refusal("badLevel", `${path}: ${wrong}`);
  const id = path.slice(path.lastIndexOf("/") + 1).replace(/\.ya?ml$/, "");
  return { ...read.data, id, number: Number(/^\d+/.exec(id)?.[0] ?? 0) };
}

/** Place and reason of one problem; in a union, of the branch that came closest. */
function describe(issue: z.core.$ZodIssue, plain: unknown): string {
  const branch = issue.code === "invalid_union" ? deepest(issue.errors.flat()) : undefined;
  if (branch !== undefined && branch.path.length > 0)
    return describe({ ...branch, path: [...issue.path, ...branch.path] }, plain);
  const got = valueAt(plain, issue.path);
  const shown = got === undefined ? "nothing" : JSON.stringify(got);
  const place = issue.path.length === 0 ? "the file" : pathText(issue.path);
  return `${place}: ${issue.message.replace(/^Invalid input: /, "")}, got ${shown.length > 60 ? `${shown.slice(0, 57)}…` : shown}`;
}

function deepest(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue | undefined {
  return issues.reduce<z.core.$ZodIssue | undefined>(
    (best, issue) => (best === undefined || issue.path.length > best.path.length ? issue : best),
    undefined,
  );
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part, place) => (typeof part === "number" ? `[${part}]` : `${place === 0 ? "" : "."}${String(part)}`))
    .join("");
}

function valueAt(plain: unknown, path: readonly PropertyKey[]): unknown {
  let value = plain;
  for (const part of path)
    value = typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[part] : undefined;
  return value;
}
