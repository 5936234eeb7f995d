import type { LoggedIntent } from "../../shared/match/intent.ts";
import { Match } from "../../shared/match/match.ts";
import { TICK_MS } from "../../shared/core/time.ts";
import { dealRoles } from "../../shared/match/roles.ts";
import { readLevel } from "../match/level.ts";
import type { Plan } from "./storedMatch.ts";

const LEVEL = "levels/04-two-lamps.yaml";
const SEED = "KELP";

/** When the partition of that level begins under that seed, in ticks. */
export function cutTick(): number {
  const match = new Match(readLevel(LEVEL), SEED, [{ name: "Ada", roles: dealRoles(1)[0]! }]);
  return Math.round(match.faults.find(({ text }) => text.startsWith("partition"))!.fromMs / TICK_MS);
}

/** A shift of four on "Two lamps" that promoted at once, and fenced the old primary 22 s too late. */
export function twoLampsShift(): Plan {
  const roles = dealRoles(4);
  const crew = ["Mira", "Dov", "Tess", "Sol"].map((name, seat) => ({ name, roles: roles[seat]! }));
  const seatOf = (role: string): number => roles.findIndex((own) => (own as readonly string[]).includes(role));
  const cut = cutTick();
  const log: LoggedIntent[] = [
    { tick: cut + 60, operator: seatOf("data"), intent: { verb: "promote", store: "ledger", node: "elm" } },
    { tick: cut + 120, operator: seatOf("traffic"), intent: { verb: "route", from: "A", to: "B" } },
    { tick: cut + 500, operator: seatOf("infra"), intent: { verb: "fence", node: "oak", fenced: true } },
    { tick: cut + 70 * 20 + 100, operator: seatOf("infra"), intent: { verb: "fence", node: "oak", fenced: false } },
    { tick: cut + 70 * 20 + 240, operator: seatOf("traffic"), intent: { verb: "route", from: "A", to: "A" } },
  ];
  return { level: LEVEL, seed: SEED, crew, log };
}
