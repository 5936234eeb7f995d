import { signal } from "@preact/signals";
import type { Session, Standing } from "../../client/session/session.ts";
import type { Debrief } from "../../shared/match/debrief.ts";
import type { ComponentView, DialStopView, LevelCard, OperatorView, View } from "../../shared/match/view.ts";
import type { Answer, CrewState, RoomPhase, SeatState } from "../../shared/wire/room.ts";
import { mapView } from "./mapFixture.ts";

/** Levels as the server would list them. */
export const LEVELS: readonly LevelCard[] = [
  level({ number: 1, id: "01-one-box", title: "One box", teaches: ["A1"], operatorsMax: 1 }),
  level({ number: 2, id: "02-round-robin", title: "Round robin is not fair", teaches: ["B4"] }),
  level({ number: 3, id: "03-low-water", title: "Low water", teaches: ["C7"] }),
  level({ number: 4, id: "04-two-lamps", title: "Two lamps", teaches: ["C1"] }),
  level({ number: 5, id: "05-three-of-five", title: "Three of five", teaches: ["C5"] }),
  level({ number: 6, id: "06-spectrum", title: "A spectrum", teaches: ["C4"] }),
];

function level(parts: Partial<LevelCard>): LevelCard {
  return {
    id: "04-two-lamps",
    number: 4,
    title: "Two lamps",
    briefing:
      "Fog cuts zone A off. The rest needs a new leader, and the old one has not heard. Find out which one is right, and fence the other before clients hear two stories.",
    teaches: ["C1"],
    operatorsMin: 1,
    operatorsMax: 4,
    lastsMs: 360_000,
    budget: 12,
    parSpend: 9.5,
    availabilitySlo: 0.995,
    correctnessSlo: 0.999,
    promises: ["ledger: linearizable, answered within 400 ms, a wrong answer costs 20"],
    ...parts,
  };
}

const SEATS: readonly SeatState[] = [
  { name: "Petrel", roles: ["lead"], host: true, ready: true, connected: true, bot: false },
  { name: "Skua", roles: ["traffic"], host: false, ready: true, connected: true, bot: false },
  { name: "Auk", roles: ["data"], host: false, ready: true, connected: true, bot: false },
  { name: "Sole", roles: ["infra"], host: false, ready: false, connected: false, bot: true },
];

/** A crew of four (alone in solo) with this client in the given seat. */
export function crew(phase: RoomPhase, { you = 0, solo = false } = {}): CrewState {
  const alone: SeatState = { ...SEATS[0]!, roles: ["lead", "data", "traffic", "infra"] };
  return {
    code: "KELP-472",
    mode: solo ? "solo" : "shift",
    phase,
    countdown: phase === "countdown" ? 2 : 0,
    locked: false,
    level: LEVELS[3]!,
    seats: solo ? [alone] : SEATS,
    you,
    kicked: phase === "lobby" && !solo ? { seat: 4, name: "Nori", secondsLeft: 6 } : null,
    matchFile: null,
    scrapeToken: null,
  };
}

function stop(name: string, parts: Partial<DialStopView>): DialStopView {
  return {
    name,
    readMsP50: 2,
    readMsP99: 9,
    writeMsP50: 3,
    writeMsP99: 12,
    cutOffReads: "serves",
    cutOffWrites: "serves",
    boundMs: 0,
    pricePerMinute: 0.8,
    ...parts,
  };
}

const STOPS: readonly DialStopView[] = [
  stop("eventual", {}),
  stop("session", { readMsP50: 3, readMsP99: 12, pricePerMinute: 0.9 }),
  stop("causal", { readMsP50: 3, readMsP99: 16, pricePerMinute: 1.1 }),
  stop("boundedStaleness", {
    readMsP50: 4,
    readMsP99: 24,
    cutOffReads: "bounded",
    cutOffWrites: "refuses",
    boundMs: 2_000,
    pricePerMinute: 1.3,
  }),
  stop("sequential", { readMsP50: 5, readMsP99: 48, cutOffWrites: "refuses", pricePerMinute: 1.6 }),
  stop("linearizable", {
    readMsP50: 31,
    readMsP99: 96,
    cutOffReads: "refuses",
    cutOffWrites: "refuses",
    pricePerMinute: 2.1,
  }),
];

function component(parts: Partial<ComponentView> & Pick<ComponentView, "name" | "kind">): ComponentView {
  return {
    on: [],
    tendedBy: "data",
    claimable: [],
    owner: -1,
    gauges: [],
    sees: { metrics: true, logs: true, traces: true },
    settings: [],
    orders: [],
    about: "",
    ratePerSecond: 104,
    errorsPerSecond: 6,
    latencyMsP50: 5,
    latencyMsP99: 52,
    dial: null,
    quorum: null,
    balancing: null,
    calls: null,
    ...parts,
  };
}

const COMPONENTS: readonly ComponentView[] = [
  component({
    name: "ledger",
    kind: "store",
    on: [0, 2, 4],
    about: "store, 3 replicas, primary/backup (async)",
    dial: { at: 4, turningTo: -1, promised: "linearizable", promisedAt: 5, stops: STOPS },
    quorum: { replicationFactor: 3, readQuorum: 2, writeQuorum: 2 },
  }),
  component({
    name: "cart",
    kind: "service",
    on: [1, 3, 5],
    about: "service, 3 nodes",
    ratePerSecond: 88,
    errorsPerSecond: 0.4,
    latencyMsP50: 8,
    latencyMsP99: 31,
    calls: { timeoutMs: 400, attempts: 3, backoffMs: 50, queueCap: 64 },
  }),
  component({
    name: "edge",
    kind: "balancer",
    about: "balancer before ledger",
    latencyMsP50: 6,
    latencyMsP99: 58,
    balancing: { policy: "leastOutstanding", policies: ["roundRobin", "random", "leastOutstanding", "powerOfTwo"] },
  }),
];

const OPERATORS: readonly OperatorView[] = [
  { name: "Petrel", roles: ["lead"], bot: false, connected: true, lastAct: "calls “stale reads”" },
  { name: "Skua", roles: ["traffic"], bot: false, connected: true, lastAct: "sends clients of C to B" },
  { name: "Auk", roles: ["data"], bot: false, connected: true, lastAct: "turns ledger to sequential" },
  { name: "Sole", roles: ["infra"], bot: true, connected: false, lastAct: "" },
];

const VERBS: View["verbs"] = (
  [
    ["dial", "data"],
    ["promote", "data"],
    ["quorum", "data"],
    ["fence", "infra"],
    ["restart", "infra"],
    ["power", "infra"],
    ["resize", "infra"],
    ["repairLink", "infra"],
    ["route", "traffic"],
    ["drain", "traffic"],
    ["weight", "traffic"],
    ["policy", "traffic"],
    ["callPolicy", "traffic"],
    ["shed", "traffic"],
  ] as const
).map(([name, role]) => ({ name, role, yours: true }));

const TRAIL: View["gauges"]["trail"] = [
  [1, 1],
  [1, 1],
  [0.9998, 0.99998],
  [0.9994, 0.99995],
  [0.998, 0.9999],
  [0.9965, 0.9999],
  [0.994, 0.99982],
  [0.992, 0.9997],
];

/** A match in full swing, or one that has just begun. */
export function matchView({
  roles = ["data", "infra", "traffic", "lead"] as OperatorView["roles"],
  calm = false,
} = {}): View {
  const base = mapView(calm ? "calm" : "partition");
  return {
    ...base,
    you: 2,
    level: LEVELS[3]!,
    operators: OPERATORS,
    components: COMPONENTS,
    verbs: VERBS.map((verb) => ({ ...verb, yours: roles.includes(verb.role) })),
    ...(calm
      ? {
          clockMs: 12_000,
          gauges: { ...base.gauges, availability: 1, correctness: 1, wrong: 0, trail: [[1, 1]] as const },
          alerts: [],
          claims: [],
          traces: [],
          pings: [],
        }
      : {
          gauges: { ...base.gauges, availability: 0.992, correctness: 0.9997, trail: TRAIL },
          alerts: [
            {
              id: 1,
              severity: 1 as const,
              text: "Zone C unreachable",
              sinceMs: 198_000,
              clearedMs: 0,
              takenBy: 3,
              at: "z2",
            },
            {
              id: 2,
              severity: 2 as const,
              text: "ledger: writes refused, 6/s",
              sinceMs: 202_000,
              clearedMs: 0,
              takenBy: 2,
              at: "c0",
            },
            { id: 3, severity: 3 as const, text: "Wren: slow", sinceMs: 149_000, clearedMs: 0, takenBy: -1, at: "n3" },
          ],
        }),
  };
}

/** The debrief of that match. */
export const DEBRIEF: Debrief = {
  level: LEVELS[3]!,
  seed: "kelp",
  stateHash: "9f2c11d0",
  score: 742,
  stars: [
    { won: true, asks: "Availability 98.5 % or better" },
    { won: true, asks: "Correctness 99.9 % or better" },
    { won: false, asks: "Both, for $9.50 or less" },
  ],
  availability: 0.9928,
  correctness: 0.9997,
  spent: 10.2,
  bill: [
    { category: "machines", item: "oak", dollars: 6.1, busy: 0.62 },
    { category: "machines", item: "kelp", dollars: 2.4, busy: 0 },
    { category: "stores", item: "ledger", dollars: 1.7, busy: null },
  ],
  counts: { served: 36_921, late: 12, refused: 219, unknown: 37, wrong: 11 },
  total: 37_200,
  headline: "Held the line on correctness",
  subline: "Both SLOs met, the spend was above par",
  ledger: [
    {
      cause: "Partition: writes of zone C refused",
      bucket: "refused",
      component: "ledger",
      operations: 174,
      points: 98,
    },
    { cause: "Stale reads, cut off", bucket: "wrong", component: "ledger", operations: 9, points: 71 },
    { cause: "Crash of Wren: connections lost", bucket: "unknown", component: "cart", operations: 37, points: 39 },
    { cause: "Retries that came too late", bucket: "late", component: "cart", operations: 12, points: 28 },
    { cause: "No leader while electing", bucket: "refused", component: "ledger", operations: 45, points: 22 },
  ],
  verdicts: [
    {
      component: "ledger",
      guarantee: "linearizable",
      outcome: "invalid",
      wrong: 11,
      sentence: "11 reads of the ledger missed a write that was acknowledged before.",
    },
    {
      component: "cart",
      guarantee: "readYourWrites",
      outcome: "valid",
      wrong: 0,
      sentence: "Everybody read their own writes.",
    },
  ],
  claims: [],
  anomalies: [
    {
      name: "staleRead",
      title: "Stale read",
      component: "ledger",
      count: 11,
      fromMs: 205_720,
      untilMs: 259_000,
      moments: [205_720, 206_720, 219_000, 230_500, 244_000, 259_000],
    },
  ],
  stories: [{
    name: "staleRead",
    title: "Stale read",
    what: "A client was told an old value although a newer one was already there before it asked. If there were only one copy of the data, nobody could have seen that.",
    source: "Herlihy & Wing 1990, section 2.",
    atMs: 206_560,
    wrongInAll: 11,
    fromMs: 205_720,
    untilMs: 259_000,
    order: [
      { before: 1, after: 2, why: "realtime", words: "answered before it was asked" },
      { before: 2, after: 1, why: "rw", words: "saw what was there before it" },
    ],
    component: "ledger",
    guarantee: "linearizable",
    key: 17,
    text: "Client a1 wrote 40 and was told that it is stored. 0.23 s later client c7 asked Moss, cut off, and got 90.",
    operations: [
      {
        id: 811,
        client: "c3",
        zone: "Zone C",
        text: "read → 90",
        mutates: false,
        invokedAtMs: 205_600,
        completedAtMs: 205_720,
        node: "Moss",
        blamed: false,
      },
      {
        id: 812,
        client: "a1",
        zone: "Zone A",
        text: "write 40",
        mutates: true,
        invokedAtMs: 206_060,
        completedAtMs: 206_330,
        node: "Oak",
        blamed: false,
      },
      {
        id: 815,
        client: "c7",
        zone: "Zone C",
        text: "read → 90",
        mutates: false,
        invokedAtMs: 206_560,
        completedAtMs: 206_720,
        node: "Moss",
        blamed: true,
      },
    ],
  }],
  trail: TRAIL,
  timeline: {
    lastsMs: 360_000,
    faults: [
      { text: "Wren crashes", fromMs: 70_000, untilMs: 76_000 },
      { text: "Wren slow", fromMs: 149_000, untilMs: 271_000 },
      { text: "partition A B | C", fromMs: 198_000, untilMs: 266_000 },
    ],
    alerts: [
      { text: "Wren down", severity: 2, atMs: 72_000 },
      { text: "Wren slow", severity: 3, atMs: 150_000 },
      { text: "Zone C unreachable", severity: 1, atMs: 200_000 },
      { text: "writes refused", severity: 2, atMs: 206_000 },
    ],
    acts: [
      { operator: 3, text: "restarts Wren", atMs: 74_000, refused: false },
      { operator: 2, text: "turns ledger to sequential", atMs: 131_000, refused: false },
      { operator: 3, text: "sends a crew to link A–C", atMs: 202_000, refused: false },
      { operator: 1, text: "sends clients of C to B", atMs: 227_000, refused: false },
      { operator: 2, text: "promotes Elm in ledger", atMs: 281_000, refused: true },
      { operator: 0, text: "calls “all clear”", atMs: 324_000, refused: false },
    ],
  },
  lesson:
    "Between 3:18 and 4:26 two sides could not hear each other. The ledger refused writes behind the cut rather than invent them: that is what sequential buys.",
  operators: OPERATORS,
};

/** A session that shows what it is given, and keeps what it was asked. */
export function fixtureSession(state: {
  crew: CrewState;
  view?: View;
  debrief?: Debrief;
  standing?: Standing;
  answer?: Answer;
}): {
  readonly session: Session;
  readonly asked: unknown[];
  show(view: View): void;
} {
  const asked: unknown[] = [];
  const view = signal<View | null>(state.view ?? null);
  const session: Session = {
    standing: signal(state.standing ?? { kind: "seated" }),
    crew: signal(state.crew),
    view,
    debrief: signal(state.debrief ?? null),
    request: (name, payload) => {
      asked.push({ name, payload });
      return Promise.resolve(state.answer ?? { ok: true });
    },
    leave: () => {},
  };
  return { session, asked, show: (next) => (view.value = next) };
}
