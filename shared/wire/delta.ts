/**
 * Differences of plain data (objects, arrays, strings, numbers, booleans, null), small enough to send ten times a second.
 * A patch of an object or array of equal length is an object of the changed fields; anything else is replaced whole.
 * Relation that must hold: `applyPatch(before, difference(before, after))` equals `after`.
 */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [name: string]: Plain };

/** Marks a value that replaces what stood there, where the value is itself an object or array. */
interface Replaced {
  readonly $: Plain;
}
export type Patch = null | boolean | number | string | Replaced | { readonly [name: string]: Patch };

function isContainer(value: Plain | undefined): value is readonly Plain[] | { readonly [name: string]: Plain } {
  return typeof value === "object" && value !== null;
}

function sameShape(before: object, after: object): boolean {
  if (Array.isArray(before) !== Array.isArray(after)) return false;
  const names = Object.keys(after);
  return Object.keys(before).length === names.length && names.every((name) => name in before);
}

/** What changed from `before` to `after`; undefined when nothing did. */
export function difference(before: Plain | undefined, after: Plain): Patch | undefined {
  if (before === after) return undefined;
  if (!isContainer(after)) return after;
  if (!isContainer(before) || !sameShape(before, after)) return { $: after };
  const patch: Record<string, Patch> = {};
  let changed = false;
  for (const name of Object.keys(after)) {
    const part = difference((before as Record<string, Plain>)[name], (after as Record<string, Plain>)[name]!);
    if (part === undefined) continue;
    patch[name] = part;
    changed = true;
  }
  return changed ? patch : undefined;
}

/** The value after a patch. Parts that did not change are the same objects as before, so identity tells what moved. */
export function applyPatch(before: Plain | undefined, patch: Patch): Plain {
  if (typeof patch !== "object" || patch === null) return patch;
  if ("$" in patch) return (patch as Replaced).$;
  const base = before as Record<string, Plain>;
  const after: Record<string, Plain> | Plain[] = Array.isArray(before) ? [...before] : { ...base };
  for (const name of Object.keys(patch)) {
    (after as Record<string, Plain>)[name] = applyPatch(base[name], (patch as Record<string, Patch>)[name]!);
  }
  return after;
}
