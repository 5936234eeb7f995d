import { type Bench, cpuSeconds, median } from "./figure.ts";
import { balancerModel } from "./balancerModel.ts";
import { singleServer } from "./singleServer.ts";

const RUNS = 5;
const CUSTOMERS = 1_000_000;
const REQUESTS = 300_000;

/** Plain programs over the kernel, without components: what it costs by itself, beside other simulators. */
export const kernelPrograms: Bench = {
  name: "kernel",
  async run() {
    const perSecond = (count: number, program: (count: number) => void): number =>
      median(Array.from({ length: RUNS }, () => count / cpuSeconds(() => program(count))));
    return [
      {
        what: "customers a CPU second of an M/M/1 queue on the kernel",
        value: perSecond(CUSTOMERS, singleServer),
        unit: "/s",
        aim: null,
        note: "for scale: SimPy 172 k, simjs 1.2 M, ns-3 2.8 M, a bare typed heap in Node 7.8 M, std::priority_queue 13.6 M",
      },
      {
        what: "requests a CPU second of a balancer of 12 servers on the kernel",
        value: perSecond(REQUESTS, balancerModel),
        unit: "/s",
        aim: null,
        note: "6 events and a cancelled timer each; for scale: SimPy 54 k, ns-3 0.72 M, prototypes in Node 0.74 M to 1.32 M",
      },
    ];
  },
};
