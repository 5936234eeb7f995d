import { z } from "zod";
import { Bandwidth, Duration, Name, Percent, SignedDuration } from "../core/units.ts";
import { checkers } from "../checkers/registry.ts";
import { ComponentConfig } from "../components/registry.ts";
import { faultLines } from "../faults/registry.ts";
import { Intent } from "../match/intent.ts";
import { WorkloadLine } from "../workload/source.ts";
import { Chaos } from "./chaos.ts";
import { Condition } from "./conditions.ts";
import { Moment } from "./moment.ts";

const Dollars = z.number().min(0);

const Prices = z.strictObject({
  storage: Dollars.default(0).describe("dollars a minute for a gigabyte that is kept"),
  crossZone: Dollars.default(0).describe("dollars for a gigabyte that nodes send to another zone"),
  instrumentation: Dollars.default(0).describe("dollars a minute for each signal (metrics, logs, traces) of each component"),
});

const Link = z.strictObject({
  p50: Duration.describe("one-way delay, median"),
  p99: Duration.describe("one-way delay, 99th percentile"),
  bandwidth: Bandwidth.optional().describe("what each direction carries; all that is sent by default"),
});

const Size = z.strictObject({ workers: z.int().min(1).max(256), price: Dollars });

const Clock = z.strictObject({
  skew: SignedDuration.default(0).describe("how far it is ahead, or behind with a minus sign"),
  drift: z.number().min(-500_000).max(500_000).default(0).describe("how much faster it runs, parts per million"),
});

const Node = z.strictObject({
  zone: Name,
  workers: z.int().min(1).max(256).default(4).describe("CPU workers"),
  queue: z.int().min(0).max(100_000).default(200).describe("jobs that may wait for a worker"),
  sync: Duration.default(1).describe("time its disk takes to make a batch durable"),
  price: Dollars.default(0.4).describe("dollars a minute while switched on"),
  sizes: z.array(Size).min(1).max(6).optional().describe("sizes that it can be changed to, the first as it starts"),
  clock: Clock.optional().describe("how wrong its clock is; right by default"),
  standby: z.boolean().default(false).describe("switched off at the start"),
});

const guarantees = Object.keys(checkers) as [keyof typeof checkers, ...(keyof typeof checkers)[]];

const Contract = z.strictObject({
  guarantee: z.enum(guarantees).describe("what clients were promised"),
  bound: Duration.default(2_000).describe("staleness allowed, for boundedStaleness and freshTimeline"),
  opening: z.int().min(0).default(100).describe("what every account holds at first, for guarantees about money"),
  wrongCosts: z.number().min(0).max(1_000).describe("what a wrong answer costs, in right answers"),
  answerWithin: Duration.describe("an answer after this counts as late"),
  giveUpAfter: Duration.optional().describe("when clients stop waiting; three times answerWithin by default"),
});

const timing = {
  at: Moment.describe("when it strikes"),
  for: Duration.optional().describe("how long it lasts; to the end of the match by default"),
  telegraph: Duration.default(0).describe("how long before it announces itself"),
};

const Fault = faultLines(timing);

const verbs = Intent.options.map(({ shape }) => shape.verb.value);

const Rule = z.strictObject({ when: Condition, do: Intent });

/** A level file: everything that makes a match but the seed and what the operators do. */
export const LevelFile = z.strictObject({
  $schema: z.string().optional(),
  version: z.int().min(1),
  title: z.string().min(1).max(40),
  teaches: z.array(z.string().regex(/^[A-F]\d$/, 'expected a row such as "C1"')).min(1),
  operators: z.string().regex(/^[1-8]-[1-8]$/, 'expected a span such as "1-4"'),
  lasts: Duration,
  briefing: z.string().min(1),
  zones: z.array(Name).min(1).max(6),
  links: z.record(z.string().regex(/^\w[\w-]*-\w[\w-]*$/, 'expected two zones such as "A-B"'), Link).default({}),
  within: Link.default({ p50: 0.5, p99: 1.5 }).describe("the network within a zone"),
  nodes: z.record(Name, Node),
  components: z.record(Name, ComponentConfig),
  workload: z.array(WorkloadLine).min(1),
  contract: z.record(Name, Contract),
  slo: z.strictObject({ availability: Percent, correctness: Percent }),
  faults: z.array(Fault).default([]),
  chaos: Chaos.optional().describe("a director who lets further faults loose, as the team can bear it"),
  verbs: z.array(z.enum(verbs)).min(1).describe("verbs that operators may use; ping, vote, take and handOver are always there"),
  teams: z
    .record(Name, z.array(Name).min(1))
    .default({})
    .describe("components by the team that owns them: with several operators, only the owner may change one"),
  handOver: Duration.default(8_000).describe("how long it takes to hand a component over to another operator"),
  crews: z.int().min(0).max(4).default(1).describe("repair crews"),
  budget: Dollars,
  par: z.strictObject({ spend: Dollars }),
  prices: Prices.default({ storage: 0, crossZone: 0, instrumentation: 0 }).describe("what costs money beside machines and stores"),
  policies: z.record(Name, z.array(Rule)).describe("played by bots through the same door as players"),
  gates: z.strictObject({
    loses: z.array(z.string()).min(1).describe("policies that must not get three stars"),
    taught: z.enum(verbs).describe("the verb without which it can't be won"),
  }),
  debrief: z.string().min(1),
});

export type LevelFile = z.infer<typeof LevelFile>;

/** A level as read: its file, and the name that the file gives it. */
export interface Level extends LevelFile {
  /** File name without ending, such as "04-two-lamps". */
  readonly id: string;
  /** Place in the curriculum: the number that the file name begins with. */
  readonly number: number;
}
