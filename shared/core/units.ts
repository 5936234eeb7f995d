import { z } from "zod";
import type { Ms } from "./time.ts";

const UNIT_MS: Record<string, number> = { us: 0.001, ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Milliseconds of a text such as "20ms", "1.5s" or "5m"; undefined when it is none. */
export function parseDuration(text: string): Ms | undefined {
  const parts = /^(\d+(?:\.\d+)?)(us|ms|s|m|h)$/.exec(text);
  return parts ? Number(parts[1]) * UNIT_MS[parts[2]!]! : undefined;
}

/** A duration in a level file, such as "20ms", "1.5s" or "5m"; milliseconds once read. */
export const Duration = z
  .string()
  .regex(/^\d+(\.\d+)?(us|ms|s|m|h)$/, 'expected a duration such as "2s"')
  .transform((text) => parseDuration(text)!);

/** A duration that may have a minus sign, such as "-250ms"; milliseconds once read. */
export const SignedDuration = z
  .string()
  .regex(/^-?\d+(\.\d+)?(us|ms|s|m|h)$/, 'expected a duration such as "2s" or "-250ms"')
  .transform((text) => (text.startsWith("-") ? -parseDuration(text.slice(1))! : parseDuration(text)!));

const BYTES: Record<string, number> = { kB: 1_000, MB: 1_000_000, GB: 1_000_000_000 };

/** What a link carries in a level file, such as "500kB/s"; bytes a second once read. */
export const Bandwidth = z
  .string()
  .regex(/^\d+(\.\d+)?(kB|MB|GB)\/s$/, 'expected a bandwidth such as "500kB/s"')
  .transform((text) => Number(text.slice(0, -4)) * BYTES[text.slice(-4, -2)]!)
  .refine((bytes) => bytes > 0, "expected more than nothing");

/** The time between two of what goes on all match, such as heartbeats: at least 10 ms, or nothing else would get a turn. */
export const Interval = Duration.refine((ms) => ms >= 10, "expected at least 10 ms");

/** A share in a level file, such as "98.5%"; 0 to 1 once read. */
export const Percent = z
  .string()
  .regex(/^\d+(\.\d+)?%$/, 'expected a share such as "98.5%"')
  .transform((text) => Number(text.slice(0, -1)) / 100)
  .refine((share) => share <= 1, "expected at most 100%");

/** A rate in a level file: "20/s", or "30/s -> 60/s" for one that grows evenly over the match. Per second once read. */
export const Rate = z
  .string()
  .regex(/^\d+(\.\d+)?\/s( -> \d+(\.\d+)?\/s)?$/, 'expected a rate such as "20/s" or "30/s -> 60/s"')
  .transform((text) => {
    const [from, to] = text.split(" -> ").map((rate) => Number(rate.slice(0, -2)));
    return { fromPerSecond: from!, toPerSecond: to ?? from! };
  });

/** The name of a node, zone or component in a level file: letters, digits and dashes, beginning with a letter. */
export const Name = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,19}$/, "expected a short name of letters, digits and dashes");
