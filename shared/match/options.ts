import type { Intent } from "./intent.ts";
import type { Match } from "./match.ts";
import { verbOf, verbs } from "./verbs/registry.ts";

/** Something that an operator could have done at a moment. */
export interface IntentOption {
  readonly operator: number;
  readonly intent: Intent;
  /** In a few words that no other option of the moment has, such as "fences Oak". */
  readonly text: string;
}

/** So many are offered at most: a list that long is searched, not read. */
export const OPTIONS_MAX = 2_000;

/**
 * Everything that any operator could do now and that would not be refused, by verb in the order of the registry. Looking
 * changes nothing. Numbers are a few sensible ones of each kind; where more would be allowed than `OPTIONS_MAX`, the last
 * ones are left out.
 */
export function options(match: Match): IntentOption[] {
  const found: IntentOption[] = [];
  for (const { name, options: optionsOf } of Object.values(verbs)) {
    for (const intent of optionsOf(match.stage)) {
      for (const operator of match.operators.keys()) {
        if (match.refusalOf(operator, intent) !== null) continue;
        if (found.length === OPTIONS_MAX) return found;
        found.push({ operator, intent, text: verbOf(name).describe(match.stage, intent) });
      }
    }
  }
  return found;
}
