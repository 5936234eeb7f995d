import type { BuiltSaga } from "../../shared/components/saga/saga.ts";
import type { Level } from "../../shared/level/schema.ts";
import type { Match } from "../../shared/match/match.ts";
import { moneyLevel } from "./moneyLevel.ts";

/** The account through which the money of an order passes, behind those of the clients. */
export const ESCROW = 20;

/** Payments out of A and B: the money goes to escrow, something is delivered, and who is paid gets it last. */
export function shopLevel({
  saga = "",
  bank = "",
  delivery = true,
  faults = "[]",
  lasts = "12s",
  rate = 6,
} = {}): Level {
  const deliver = delivery ? "{ call: stock, from: other, to: 0 }, " : "";
  return moneyLevel({
    components: `
  edge: { kind: balancer, in: [A, B, C], policy: random, local: true, to: [shop, bank] }
  bank: { kind: ledger, on: [oak, elm], accounts: 21, opening: 100, shards: 2, silence: 400ms, ${bank} }
  stock: { kind: ledger, on: [moss], accounts: 20, opening: 30 }
  shop:
    kind: saga
    on: [oak, elm, moss]
    keys: 20
    timeout: 200ms
    steps: [{ call: bank, from: key, to: ${ESCROW} }, ${deliver}{ call: bank, from: ${ESCROW}, to: other }]
    ${saga.split(", ").join("\n    ")}`,
    workload: `
  - { from: [A, B], to: shop, op: order, rate: ${rate}/s, amount: "5..30" }
  - { from: [A, B, C], to: shop, op: read, rate: 10/s }
  - { from: [B], to: bank, op: audit, rate: 1/s }`,
    contract: `
  shop: { guarantee: allOrCompensated, wrongCosts: 5, answerWithin: 1s, giveUpAfter: 3s, opening: 100 }
  bank: { guarantee: moneyConserved, wrongCosts: 5, answerWithin: 1s, opening: 100 }`,
    faults: `faults: ${faults}`,
    lasts,
  });
}

/** The same with a delivery by somebody else's company, after the money has moved and before it is paid out. */
export function deliveryLevel(): Level {
  return moneyLevel({
    components: `
  edge: { kind: balancer, in: [A, B, C], policy: random, local: true, to: [shop, bank] }
  bank: { kind: ledger, on: [oak], accounts: 21, opening: 100 }
  carrier: { kind: partner, in: C, p50: 30ms, p99: 90ms }
  shop:
    kind: saga
    on: [elm]
    keys: 20
    steps: [{ call: bank, from: key, to: ${ESCROW} }, { call: carrier, op: order }, { call: bank, from: ${ESCROW}, to: other }]`,
    workload: `
  - { from: [A, B], to: shop, op: order, rate: 6/s, amount: "5..20" }
  - { from: [B], to: bank, op: audit, rate: 1/s }`,
    contract: `
  shop: { guarantee: allOrCompensated, wrongCosts: 5, answerWithin: 1s, giveUpAfter: 3s, opening: 100 }
  bank: { guarantee: moneyConserved, wrongCosts: 5, answerWithin: 1s, opening: 100 }`,
  });
}

export function shopOf(match: Match): BuiltSaga {
  return match.cluster.component("shop") as unknown as BuiltSaga;
}
