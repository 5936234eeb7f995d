import { TICK_MS } from "../../../shared/core/time.ts";
import type { Debrief } from "../../../shared/match/debrief.ts";
import type { Recording } from "../../rerun/asks.ts";
import { clockText, countText, spoken } from "../figures.ts";
import { stretchesOf } from "./moments.ts";

/** Somebody whose acts have a track. */
export interface Player {
  readonly name: string;
  readonly role: string;
  readonly bot: boolean;
}

/** Something that happened, on a track: a stretch of time or a moment, with its words. */
export interface Happening {
  readonly kind: "fault" | "alert" | "act" | "wrong";
  readonly fromMs: number;
  readonly untilMs: number;
  /** Beside its mark, where there is room. */
  readonly words: string;
  /** By whom, for a screen reader and for the line under the clock; empty for what nobody did. */
  readonly by: string;
  readonly severity?: 1 | 2 | 3;
  /** A partition or a cut link. */
  readonly cut?: boolean;
  readonly refused?: boolean;
  /** The first of its row, where the buoy is moored. */
  readonly first?: boolean;
}

/** One track: what it is about, and what happened on it, in order. */
export interface Row {
  readonly title: string;
  /** How many wrong answers it is about; 0 for other tracks. */
  readonly count: number;
  /** Only for the track of an operator. */
  readonly player: Player | null;
  readonly happenings: readonly Happening[];
}

/** Wrong answers that lie closer than this share of the match are drawn as one stretch. */
const APART_SHARE = 0.008;

/** All tracks of a match. Until its end is known, those that its match file can tell of. */
export function rowsOf(recording: Recording, debrief: Debrief | null): Row[] {
  const players = playersOf(recording, debrief);
  const acts = debrief === null ? loggedActs(recording) : debrief.timeline.acts;
  const operators = players.map((player, at): Row => {
    const happenings = acts
      .filter(({ operator }) => operator === at)
      .map(({ text, atMs, refused }) => moment("act", atMs, text, { by: player.name, refused }));
    return { title: player.name, count: 0, player, happenings };
  });
  if (debrief === null) return operators;
  return [...worldRows(debrief), ...operators, ...debrief.anomalies.map((row) => anomalyRow(row, debrief))];
}

/** What was done last by a moment: "01:31 Mira pings: who leads?"; empty before the first act. */
export function lastActAt(rows: readonly Row[], atMs: number): string {
  const acts = rows
    .flatMap(({ happenings }) => happenings)
    .filter(({ kind, fromMs }) => kind === "act" && fromMs <= atMs);
  const last = acts.reduce<Happening | null>(
    (best, act) => (best === null || act.fromMs >= best.fromMs ? act : best),
    null,
  );
  if (last === null) return "";
  return `${clockText(last.fromMs)} ${last.by} ${last.words}${last.refused === true ? " (refused)" : ""}`;
}

function worldRows({ timeline }: Debrief): Row[] {
  const faults = timeline.faults.map(({ text, fromMs, untilMs }): Happening => ({
    kind: "fault",
    fromMs,
    untilMs: Math.min(untilMs, timeline.lastsMs),
    words: text,
    by: "",
    cut: /partition|cut/i.test(text),
  }));
  const alerts = timeline.alerts.map(({ text, severity, atMs }) => moment("alert", atMs, text, { severity }));
  return [
    { title: "Faults", count: 0, player: null, happenings: inOrder(faults) },
    { title: "Alerts", count: 0, player: null, happenings: inOrder(alerts) },
  ];
}

/** Its component is named only where wrong answers of one name were given by several. */
function anomalyRow(row: Debrief["anomalies"][number], { anomalies, timeline }: Debrief): Row {
  const { title, component, count, fromMs, untilMs, moments } = row;
  const alone = anomalies.every((other) => other === row || other.title !== title);
  const stretches = stretchesOf(moments, timeline.lastsMs * APART_SHARE);
  const span = `${countText(count)} wrong, ${clockText(fromMs)} to ${clockText(untilMs)}`;
  return {
    title: alone ? title : `${title}, ${component}`,
    count,
    player: null,
    happenings: stretches.map((stretch, at) => ({
      kind: "wrong",
      ...stretch,
      words: at === stretches.length - 1 ? span : "",
      by: "",
      first: at === 0,
    })),
  };
}

function playersOf({ file }: Recording, debrief: Debrief | null): Player[] {
  return file.crew.map(({ name, roles }, at) => ({
    name: debrief?.operators[at]?.name ?? name,
    role: roles[0] ?? "lead",
    bot: debrief?.operators[at]?.bot ?? false,
  }));
}

/** What the file's log says before anything was played: a verb and what it was about. */
function loggedActs({ file }: Recording): Debrief["timeline"]["acts"] {
  return file.log.map(({ tick, operator, intent }) => {
    const { verb, ...about } = intent;
    const words = [spoken(verb), ...Object.values(about).map((value) => String(value))];
    return { operator, text: words.join(" "), atMs: tick * TICK_MS, refused: false };
  });
}

function moment(kind: Happening["kind"], atMs: number, words: string, more: Partial<Happening>): Happening {
  return { kind, fromMs: atMs, untilMs: atMs, words, by: "", ...more };
}

function inOrder(happenings: readonly Happening[]): Happening[] {
  return happenings.toSorted((a, b) => a.fromMs - b.fromMs);
}
