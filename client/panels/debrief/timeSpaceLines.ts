import type { AnomalyStory, TimelineView } from "../../../shared/match/debrief.ts";
import type { Evidence } from "../../../shared/match/evidence/evidence.ts";

/** A line of the diagram: a client or a node, from the past on the left to now on the right. */
export interface Line {
  readonly kind: "client" | "node";
  readonly name: string;
  readonly note: string;
  /** A node that leads its group. */
  readonly leads: boolean;
  readonly y: number;
}

/** The lines from top to bottom, and the fog between two sides of a partition. */
export interface Lines {
  readonly lines: readonly Line[];
  readonly height: number;
  readonly fog: Fog | null;
}

/** A partition that was on, and the height at which it parts the lines. */
export interface Fog {
  readonly y: number;
  readonly fault: TimelineView["faults"][number];
}

type Unplaced = Omit<Line, "y"> & { readonly zone: string };

const TOP = 40;
const ROW = 60;
const FOG_ROOM = 44;
const LEADERS = ["leader", "primary", "head"];

/**
 * Who took part, each on a line. The wrong answer is at the bottom: the node that gave it and who asked it, with all that
 * were on their side of a partition; above are the others.
 */
export function linesOf(story: AnomalyStory, evidence: Evidence | null, faults: TimelineView["faults"]): Lines {
  const all = participants(story, evidence);
  const blamed = story.operations.find((operation) => operation.blamed);
  const fault = partitionDuring(story, faults);
  const nodeZone = all.find(({ kind, name }) => kind === "node" && name === blamed?.node)?.zone ?? "";
  const side = fault === undefined ? undefined : sidesOf(fault.text).find((zones) => zones.includes(nodeZone));
  const isBlamed = ({ kind, name }: Unplaced): boolean => name === (kind === "node" ? blamed?.node : blamed?.client);
  const isBelow = (one: Unplaced): boolean => (side === undefined ? isBlamed(one) : side.includes(one.zone));
  const above = all.filter((one) => !isBelow(one)).toSorted((a, b) => rank(a) - rank(b));
  const below = all.filter(isBelow).toSorted((a, b) => rank(b) - rank(a) || Number(isBlamed(a)) - Number(isBlamed(b)));
  const isParted = side !== undefined && above.length > 0 && below.length > 0;
  const y = (at: number): number => TOP + at * ROW + (isParted && at >= above.length ? FOG_ROOM : 0);
  const lines = [...above, ...below].map(({ kind, name, note, leads }, at) => ({ kind, name, note, leads, y: y(at) }));
  return {
    lines,
    height: y(lines.length - 1) + 88,
    fog: isParted ? { y: y(above.length) - (ROW + FOG_ROOM) / 2, fault: fault! } : null,
  };
}

function participants(story: AnomalyStory, evidence: Evidence | null): Unplaced[] {
  const found = new Map<string, Unplaced>();
  for (const { client, zone } of story.operations) {
    found.set(`client ${client}`, { kind: "client", name: client, note: `zone ${zone}`, zone, leads: false });
  }
  const took = new Set(story.operations.map(({ node }) => node).filter((node) => node !== ""));
  const asked = new Set(story.operations.map(({ id }) => id));
  for (const { from, to, operation } of evidence?.messages ?? []) if (asked.has(operation)) took.add(from).add(to);
  const known = evidence?.nodes.filter(({ operation }) => asked.has(operation)) ?? [];
  for (const name of took) {
    if (found.has(name) || name.startsWith("client ") || name.startsWith("zone ")) continue;
    const here = known.filter(({ node }) => node === name);
    const { role = "", zone = "" } = here.find((one) => one.role !== "") ?? here[0] ?? {};
    found.set(name, { kind: "node", name, note: role, zone, leads: LEADERS.includes(role) });
  }
  return [...found.values()];
}

/** Clients first, then whoever leads, then the rest. */
function rank({ kind, leads }: Unplaced): number {
  return kind === "client" ? 0 : leads ? 1 : 2;
}

/** The partition that was on when the wrong answer was given, or when something else of the story happened. */
function partitionDuring(story: AnomalyStory, faults: TimelineView["faults"]): TimelineView["faults"][number] | undefined {
  const cuts = faults.filter(({ text }) => text.startsWith("partition "));
  const isOn = (ms: number) => cuts.find(({ fromMs, untilMs }) => fromMs <= ms && ms <= untilMs);
  return isOn(story.atMs) ?? story.operations.map(({ invokedAtMs }) => isOn(invokedAtMs)).find((cut) => cut !== undefined);
}

/** "partition A | B C" cuts zone A from B and C. */
function sidesOf(text: string): string[][] {
  return text
    .slice("partition ".length)
    .split(/[|→]/)
    .map((side) => side.trim().split(" "));
}
