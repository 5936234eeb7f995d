/**
 * Differences of plain data (objects, arrays, strings, numbers, booleans, null), small enough to send ten times a second.
 * A patch of an object or array of equal length is an object of the changed fields, an array that only grew at its end is
 * sent as what was added; anything else is replaced whole. No field of the data may be called "$" or "$add".
 * Relation that must hold: `applyPatch(before, difference(before, after))` equals `after`.
 */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [name: string]: Plain };

/** Marks a value that replaces what stood there, where the value is itself an object or array. */
interface Replaced {
  readonly $: Plain;
}
/** Marks an array that grew: what came at its end. */
interface Added {
  readonly $add: readonly Plain[];
}
export type Patch = null | boolean | number | string | Replaced | Added | { readonly [name: string]: Patch };

function isContainer(value: Plain | undefined): value is readonly Plain[] | { readonly [name: string]: Plain } {
  return typeof value === "object" && value !== null;
}

function sameShape(before: object, after: object): boolean {
  if (Array.isArray(before) !== Array.isArray(after)) return false;
  const names = Object.keys(after);
  return Object.keys(before).length === names.length && names.every((name) => name in before);
}

/** True when an array is another one with something added at the end. */
function grew(before: object, after: object): after is readonly Plain[] {
  if (!Array.isArray(before) || !Array.isArray(after) || before.length === 0 || after.length <= before.length) return false;
  return before.every((part: Plain, place) => difference(part, after[place] as Plain) === undefined);
}

/** What changed from `before` to `after`; undefined when nothing did. */
export function difference(before: Plain | undefined, after: Plain): Patch | undefined {
  if (before === after) return undefined;
  if (!isContainer(after)) return after;
  if (!isContainer(before)) return { $: after };
  if (grew(before, after)) return { $add: after.slice((before as readonly Plain[]).length) };
  if (!sameShape(before, after)) return { $: after };
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
  if ("$add" in patch) return [...(before as readonly Plain[]), ...(patch as Added).$add];
  const base = before as Record<string, Plain>;
  const after: Record<string, Plain> | Plain[] = Array.isArray(before) ? [...before] : { ...base };
  for (const name of Object.keys(patch)) {
    (after as Record<string, Plain>)[name] = applyPatch(base[name], (patch as Record<string, Patch>)[name]!);
  }
  return after;
}
