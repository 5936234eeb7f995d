import { ninesOf } from "./figures.ts";

/** The marks of a nines scale: 90, 99, 99.9 and 99.99 %, each as far from the next. */
export const NINES = [
  { share: 0.9, label: "90" },
  { share: 0.99, label: "99" },
  { share: 0.999, label: "99.9" },
  { share: 0.9999, label: "99.99" },
] as const;

/** Where a share stands between 90 % (0) and 99.99 % (1) on the nines scale. */
export function onNines(share: number): number {
  return Math.min(1, Math.max(0, (ninesOf(share) - 1) / (NINES.length - 1)));
}
