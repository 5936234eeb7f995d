import type { Checker } from "./checker.ts";
import { historyOf } from "../history/shorthand.ts";
import { perKey } from "./perKey.ts";
import { plainRegisterCheck } from "./registerCheck.ts";
import { REGISTER_KINDS } from "./registerKinds.ts";

/**
 * The least that a store promises: any written value may be read, however old, but nothing else.
 * Simplified: that replicas agree at last is a promise about an end that a history of finite length never shows, so
 * only phantom reads are judged: values never written, or whose write definitely failed.
 */
export const eventual = {
  guarantee: "eventual",
  promise: "A read returns a value that somebody wrote, though perhaps an old one.",
  source: "Viotti & Vukolić 2016, section 3.2; aborted reads: Adya 1999, section 4.2.3.",
  kinds: REGISTER_KINDS,
  begin: () => perKey((key) => plainRegisterCheck(key, {})),
  accepted: historyOf("a writes 1 at 0..10", "a writes 2 at 20..30", "b reads 1 at 40..50"),
  rejected: historyOf("a writes 1 at 0..10 failed", "b reads 1 at 20..30"),
} satisfies Checker;
