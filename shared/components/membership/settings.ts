import type { DetectorSettings } from "../../protocols/detectors/detector.ts";
import type { DetectorName } from "../../protocols/detectors/registry.ts";
import type { Setting } from "../site.ts";
import { PROBES, type MembershipGroup } from "./agent.ts";

/** A figure of the detector's settings that operators may change. */
interface Dial {
  readonly name: string;
  readonly field: keyof Pick<
    DetectorSettings,
    "timeoutMs" | "missed" | "threshold" | "acceptablePauseMs" | "pingTimeoutMs" | "helpers" | "suspicionMs"
  >;
  readonly about: string;
  readonly unit: "ms" | "count";
  readonly min: number;
  readonly max: number;
  /** Detectors that read it; all when there are none. */
  readonly by: readonly DetectorName[];
}

const DIALS: readonly Dial[] = [
  {
    name: "timeout",
    field: "timeoutMs",
    about: "Silence after which a heartbeat counts as missed; short finds deaths soon and takes every pause for one.",
    unit: "ms",
    min: 50,
    max: 60_000,
    by: ["heartbeat"],
  },
  {
    name: "missed",
    field: "missed",
    about: "Heartbeats in a row that must be missed; each forgives a lost message and costs an interval.",
    unit: "count",
    min: 1,
    max: 20,
    by: ["heartbeat"],
  },
  {
    name: "threshold",
    field: "threshold",
    about: "Suspicion φ from which a node is suspected: 1 errs once in ten silences, 3 once in a thousand.",
    unit: "count",
    min: 0.5,
    max: 16,
    by: ["phiAccrual"],
  },
  {
    name: "acceptablePause",
    field: "acceptablePauseMs",
    about: "Silence that is always forgiven, for pauses that are known to happen; every death is found so much later.",
    unit: "ms",
    min: 0,
    max: 30_000,
    by: ["phiAccrual"],
  },
  {
    name: "pingTimeout",
    field: "pingTimeoutMs",
    about: "How long a ping may take before others are asked to try; below a round trip they are asked every time.",
    unit: "ms",
    min: 10,
    max: 10_000,
    by: ["swim"],
  },
  {
    name: "helpers",
    field: "helpers",
    about: "Others that are asked to ping a silent node; with none, one lost message makes a suspect.",
    unit: "count",
    min: 0,
    max: 10,
    by: ["swim"],
  },
  {
    name: "suspicion",
    field: "suspicionMs",
    about: "How long a suspicion may be refuted before the node counts as dead.",
    unit: "ms",
    min: 0,
    max: 60_000,
    by: [],
  },
];

/** What operators may set on a membership: the dials that its detector reads, and what balancers go by. */
export function membershipSettings(group: MembershipGroup): Setting[] {
  const dials = DIALS.filter(({ by }) => by.length === 0 || (by as readonly string[]).includes(group.detector.name));
  return [
    ...dials.map(({ name, field, about, unit, min, max }): Setting => ({
      name,
      about,
      unit,
      min,
      max,
      get: () => group.settings[field],
      set: (value) => (group.settings = { ...group.settings, [field]: value }),
    })),
    {
      name: "probe",
      about:
        "What balancers go by: a node that answers, or one whose queue is short as well; under overload all may be left out.",
      unit: "choice",
      min: 0,
      max: PROBES.length - 1,
      choices: PROBES,
      get: () => PROBES.indexOf(group.probe),
      set: (value) => (group.probe = PROBES[value]!),
    },
    {
      name: "readyBelow",
      about:
        "Requests waiting from which a node is not ready; low keeps queues short and sends everybody to the others.",
      unit: "count",
      min: 1,
      max: 10_000,
      get: () => group.readyBelow,
      set: (value) => (group.readyBelow = value),
    },
  ];
}
