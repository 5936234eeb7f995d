import { describe, expect, test } from "vitest";
import { isRefusal } from "../../shared/core/refusal.ts";
import { parseLevel } from "../../shared/level/parse.ts";
import { levelFiles } from "./campaign.ts";

const { text } = levelFiles().find(({ name }) => name === "04-two-lamps.yaml")!;

/** The sentence for the level file with one passage changed. */
function complaint(passage: string, instead: string): string {
  if (!text.includes(passage)) throw new Error(`the level has no passage "${passage}"`);
  const level = parseLevel(text.replace(passage, instead), "levels/draft.yaml");
  return isRefusal(level) ? level.sentence : "";
}

/** A director with one line on his menu, put before the verbs. */
const chaos = (kind: string): string => `chaos: { budget: 3, every: 20s..40s, kinds: [{ ${kind} }] }\nverbs: [dial, promote`;

const cases: readonly [what: string, passage: string, instead: string, sentence: string][] = [
  ["a broken line of YAML", "zones: [A, B, C]", "zones: [A, B", "levels/draft.yaml: Flow sequence"],
  ["a duration in words", "lasts: 5m", "lasts: soon", 'lasts: expected a duration such as "2s", got "soon"'],
  ["a span of operators", "operators: 1-4", "operators: four", 'operators: expected a span such as "1-4", got "four"'],
  ["a share over the whole", "correctness: 99.2%", "correctness: 992%", "slo.correctness: expected at most 100%"],
  [
    "a fault's time",
    "at: 75s..95s",
    "at: later",
    'faults[0].at: expected a duration such as "2s", or a span such as "75s..95s", got "later"',
  ],
  ["a fault after the end", "at: 75s..95s", "at: 6m", "faults[0].at: it would come after the end of the match"],
  ["an unknown kind of fault", "kind: pause", "kind: nap", "faults[1].kind"],
  ["a node in no zone", "elm: { zone: B", "elm: { zone: D", 'nodes.elm.zone: there is no zone "D", only A, B, C'],
  ["a link to nowhere", "A-B: { p50", "A-D: { p50", "links.A-D: expected two of the zones A, B, C"],
  [
    "a replica on no node",
    "on: [oak, elm, moss]",
    "on: [oak, elm, ash]",
    'components.ledger.on: there is no node "ash"',
  ],
  [
    "a stop that a protocol can't honour",
    "boundedStaleness, linearizable]",
    "sequential, linearizable]",
    "components.ledger.dial: primaryBackup can't honour sequential",
  ],
  [
    "a promise about all keys together, with shards that know nothing of each other",
    "boundedStaleness, linearizable]",
    "causal, linearizable]\n    shards: 2",
    "components.ledger.dial: causal is about all keys together",
  ],
  [
    "a data type that its keys can't go over to",
    "mode: async",
    "becomes: gCounter",
    "components.ledger.becomes: what its keys hold can't become gCounter, nor anything else",
  ],
  [
    "a start off the dial",
    "starts: linearizable",
    "starts: sequential",
    'components.ledger.starts: there is no stop on the dial "sequential"',
  ],
  [
    "a balancer to nothing",
    "to: ledger }",
    "to: legder }",
    'components.edge.to: there is no component to ask "legder"',
  ],
  [
    "a balancer to what can't be asked",
    "to: ledger }",
    "to: watch }",
    'components.edge.to: there is no component to ask "watch"',
  ],
  ["a crew that is nobody", "operators: 1-4", "operators: 4-1", "operators: from 4 to 1 is nobody"],
  ["a zone twice", "zones: [A, B, C]", "zones: [A, B, C, A]", 'zones: "A" stands there twice'],
  [
    "a link upside down",
    "p50: 20ms, p99: 45ms",
    "p50: 20ms, p99: 5ms",
    "links.A-B: its 99th percentile is below its median",
  ],
  [
    "a level that nobody watches",
    "  watch: { kind: monitor, in: B, scrape: 1s }\n",
    "",
    "components: operators need a monitor to see by, and there is none",
  ],
  [
    "work for a store that is none",
    "{ from: A, to: ledger, op: write",
    "{ from: A, to: till, op: write",
    'workload[0].to: there is no component that answers clients "till"',
  ],
  [
    "a rate in words",
    "rate: 4/s, keys",
    "rate: often, keys",
    'workload[0].rate: expected a rate such as "20/s" or "30/s -> 60/s", got "often"',
  ],
  ["a promise that nobody can check", "guarantee: linearizable", "guarantee: perfect", "contract.ledger.guarantee"],
  [
    "a director who lets loose what nobody can see coming",
    "verbs: [dial, promote",
    chaos("kind: forgottenMachine, node: oak, for: 9s"),
    "chaos.kinds[0].kind: forgottenMachine can't announce itself",
  ],
  [
    "a director who leaves no time",
    "verbs: [dial, promote",
    chaos("kind: crash, node: oak, for: 9s, telegraph: 500ms"),
    "chaos.kinds[0].telegraph: expected at least 1 s",
  ],
  [
    "a director with a node that is none",
    "verbs: [dial, promote",
    chaos("kind: crash, node: ash, for: 9s"),
    'chaos.kinds[0].node: there is no node "ash"',
  ],
  [
    "an outage of what is no partner",
    "verbs: [dial, promote",
    chaos("kind: partnerOutage, component: ledger, for: 9s"),
    'chaos.kinds[0].component: there is no partner "ledger"',
  ],
  ["a width in words", "p50: 20ms, p99: 45ms", "p50: 20ms, p99: 45ms, bandwidth: wide", "links.A-B.bandwidth: expected a bandwidth"],
  ["a clock that is off by a word", "elm: { zone: B", "elm: { clock: { skew: late }, zone: B", "nodes.elm.clock.skew: expected a duration"],
  ["an unknown verb", "verbs: [dial, promote", "verbs: [pray, promote", "verbs[0]"],
  [
    "a verb that is not allowed",
    "verbs: [dial, promote, fence, route, repairLink, resize]",
    "verbs: [dial, promote, fence, route, resize]",
    "policies.patient[0].do.verb: repairLink is not among the level's verbs",
  ],
  [
    "a policy that waits for no node",
    "unreachable: oak",
    "unreachable: yew",
    'policies.jumpy[0].when: there is no node "yew"',
  ],
  [
    "a policy that promotes no node",
    "store: ledger, node: moss",
    "store: ledger, node: yew",
    'policies.jumpy[4].do: there is no node "yew"',
  ],
  [
    "a policy for no store",
    "verb: promote, store: ledger, node: elm",
    "verb: promote, store: edge, node: elm",
    'policies.reference[1].do: there is no store "edge", only ledger',
  ],
  [
    "a policy that routes to no zone",
    "from: A, to: B }",
    "from: A, to: D }",
    'policies.reference[2].do: there is no zone "D"',
  ],
  ["a gate without its policy", "loses: [idle,", "loses: [lazy,", 'gates.loses[0]: there is no policy "lazy"'],
  [
    "a taught verb that is not allowed",
    "taught: fence",
    "taught: drain",
    "gates.taught: drain is not among the level's verbs",
  ],
  ["a level without a reference", "  reference:\n", "  model:\n", "policies: there is no reference"],
  ["a word that is no field", "budget: 12.00", "budget: 12.00\ncolour: blue", 'Unrecognized key: "colour"'],
];

describe("a level file with a mistake is refused with its path and the reason", () => {
  test.each(cases)("%s", (_, passage, instead, sentence) => {
    const said = complaint(passage, instead);
    expect(said).toContain("levels/draft.yaml: ");
    expect(said).toContain(sentence);
    expect(said).not.toContain("\n");
  });
});

test("a level file takes its id and number from its name", () => {
  const level = parseLevel(text, "levels/17-draft.yaml");
  expect(level).toMatchObject({ id: "17-draft", number: 17, title: "Two lamps" });
});
