import type { Ground } from "./ground.ts";
import type { Lots } from "./lots.ts";
import { type ProtocolName, drawStore } from "./stores.ts";
import type { Line } from "./sketch.ts";

/** What stands on the ground, what clients ask of it, and what they were promised. */
export interface Product {
  readonly components: Readonly<Record<string, Line>>;
  readonly workload: readonly Line[];
  readonly contract: Readonly<Record<string, Line>>;
}

/** The account that holds the money of orders under way: after those that clients name. */
const ESCROW = 5;

type Draw = (lots: Lots, ground: Ground) => Product;

/** Every product but the stores, which have a protocol each. */
export const PRODUCTS = {
  ledger: (lots, ground) => {
    const bank = drawLedger(lots, ground);
    const asked = [line(lots, ground, "bank", "transfer"), line(lots, ground, "bank", "read"), line(lots, ground, "bank", "audit", 1)];
    return {
      components: { edge: edgeTo(lots, ground, "bank"), bank },
      workload: asked,
      contract: { bank: promise(lots, lots.oneOf(["moneyConserved", "noDoubleSpend"])) },
    };
  },

  saga: (lots, ground) => {
    const mode = lots.oneOf(["orchestration", "choreography", "twoPhaseCommit"]);
    // A step is asked again until it is clear how it went: without idempotence each time would be another payment.
    const ofSaga = { consistency: "strong", idempotent: true, accounts: ESCROW + 1, opening: 10_000 };
    // Whoever is paid in a step that is undone may have spent it: the first step pays an account that nobody pays from.
    const steps = [
      { call: "bank", to: ESCROW },
      { call: "other", from: ESCROW, compensate: lots.chance(0.7) },
    ];
    return {
      components: {
        edge: edgeTo(lots, ground, "orders"),
        orders: {
          kind: "saga",
          on: ground.halls.slice(0, 2),
          mode,
          steps,
          keys: ESCROW,
          semanticLocks: lots.chance(0.4),
          timeout: lots.oneOf(["500ms", "1s"]),
        },
        bank: { ...drawLedger(lots, ground), ...ofSaga },
        other: { ...drawLedger(lots, ground), ...ofSaga },
      },
      workload: [line(lots, ground, "orders", "order", 1), line(lots, ground, "orders", "read")],
      contract: { orders: promise(lots, "allOrCompensated") },
    };
  },

  timeline: (lots, ground) => ({
    components: {
      edge: edgeTo(lots, ground, "feed"),
      feed: {
        kind: "timeline",
        on: ground.replicas,
        users: lots.oneOf([6, 20]),
        follows: lots.whole(1, 4),
        fanOut: lots.oneOf(["onWrite", "onRead", "hybrid"]),
        threshold: lots.whole(1, 6),
        newest: lots.oneOf([5, 20]),
      },
    },
    workload: [
      line(lots, ground, "feed", "post"),
      line(lots, ground, "feed", "timeline"),
      line(lots, ground, "feed", "follow", 1),
    ],
    contract: { feed: { ...promise(lots, "freshTimeline"), bound: "3s" } },
  }),

  queue: (lots, ground) => ({
    components: {
      edge: edgeTo(lots, ground, "newsroom"),
      newsroom: { kind: "cqrs", on: ground.halls.slice(0, 2), commands: "editions", queries: lots.oneOf(["articles", "found"]) },
      editions: {
        kind: "queue",
        on: lots.some(ground.replicas, lots.whole(1, 3)),
        partitions: lots.whole(1, 4),
        maxDeliveries: lots.whole(1, 5),
        delivery: lots.oneOf(["atLeastOnce", "atMostOnce"]),
        sessionTimeout: lots.oneOf(["1s", "3s"]),
      },
      printers: {
        kind: "worker",
        on: ground.halls.slice(0, 2),
        from: "editions",
        calls: "articles",
        poison: lots.oneOf([0, 0, 0.2]),
        idempotent: lots.chance(0.7),
        notify: lots.chance(0.6),
      },
      articles: { kind: "table", on: ground.replicas },
      found: { kind: "projection", on: ground.replicas.slice(0, 2), of: "articles" },
    },
    workload: [line(lots, ground, "newsroom", "publish"), line(lots, ground, "newsroom", "read")],
    contract: { newsroom: promise(lots, "deliveredOnce") },
  }),

  eventStore: (lots, ground) => ({
    components: {
      edge: edgeTo(lots, ground, "entries"),
      entries: { kind: "eventStore", on: ground.replicas, keys: lots.whole(2, 10), snapshotEvery: lots.oneOf([0, 5, 50]) },
    },
    workload: [line(lots, ground, "entries", "append"), line(lots, ground, "entries", "read")],
    contract: { entries: promise(lots, "deliveredOnce") },
  }),
} satisfies Readonly<Record<string, Draw>>;

/** A store of one protocol, asked through services and memberships in some runs. */
export function storeProduct(lots: Lots, protocol: ProtocolName, ground: Ground): Product {
  const store = drawStore(lots, protocol, ground);
  const through = lots.chance(0.4);
  const asked = ["read", "write", ...(lots.chance(0.5) && protocol !== "gossip" && protocol !== "quorum" ? ["cas"] : [])];
  return {
    components: {
      edge: edgeTo(lots, ground, through ? "api" : "store"),
      ...(through ? { api: drawService(lots, ground) } : {}),
      ...("failover" in store ? { peers: drawMembership(lots, ground) } : {}),
      store,
    },
    workload: asked.map((op) => line(lots, ground, "store", op)),
    contract: { store: promise(lots, lots.oneOf(["linearizable", "session", "boundedStaleness", "eventual"])) },
  };
}

function drawLedger(lots: Lots, { replicas }: Ground): Line {
  return {
    kind: "ledger",
    on: replicas,
    accounts: lots.oneOf([3, 10]),
    opening: lots.oneOf([20, 100]),
    consistency: lots.oneOf(["local", "strong", "strong"]),
    shards: lots.whole(1, 3),
    overdraft: lots.chance(0.2),
    idempotent: lots.chance(0.8),
    cooperative: lots.chance(0.7),
    lockTimeout: lots.oneOf(["200ms", "1s"]),
  };
}

function drawService(lots: Lots, { halls }: Ground): Line {
  return {
    kind: "service",
    on: halls.slice(0, lots.whole(1, 3)),
    calls: "store",
    timeout: lots.oneOf(["400ms", "1s"]),
    attempts: lots.whole(1, 3),
    backoff: "30ms",
    workers: lots.oneOf([2, 16]),
    queue: lots.oneOf([5, 100]),
    discipline: lots.oneOf(["fifo", "lifo"]),
    shedByPriority: lots.chance(0.3),
    dropAbandoned: lots.chance(0.3),
  };
}

function drawMembership(lots: Lots, { replicas }: Ground): Line {
  return {
    kind: "membership",
    on: replicas,
    detector: lots.oneOf(["heartbeat", "phiAccrual", "swim"]),
    interval: "300ms",
    timeout: "600ms",
    pingTimeout: "100ms",
  };
}

function edgeTo(lots: Lots, { zones }: Ground, to: string): Line {
  const policy = lots.oneOf(["roundRobin", "random", "leastOutstanding", "powerOfTwo"]);
  return { kind: "balancer", in: zones, to, policy, local: lots.chance(0.7), healthCheck: lots.oneOf(["300ms", "1s"]) };
}

function line(lots: Lots, { zones }: Ground, to: string, op: string, most = 12): Line {
  const perSecond = most === 1 ? 1 : lots.whole(2, most);
  return {
    from: zones,
    to,
    op,
    rate: `${perSecond}/s`,
    keys: lots.oneOf(["uniform", "zipf 0.99"]),
    amount: "1..20",
    sessions: lots.oneOf([2, 8, 30]),
    priority: lots.whole(0, 2),
  };
}

function promise(lots: Lots, guarantee: string): Line {
  return {
    guarantee,
    wrongCosts: lots.whole(0, 5),
    answerWithin: lots.oneOf(["200ms", "800ms"]),
    giveUpAfter: lots.oneOf(["1500ms", "3s"]),
    bound: "1s",
  };
}
