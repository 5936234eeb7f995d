import { invariant } from "../core/invariant.ts";
import { RandomStreams } from "../core/random.ts";
import type { Us } from "../core/time.ts";
import type { SyncBatch } from "./disk.ts";
import { NO_HANDLE } from "./eventQueue.ts";
import type { Flows } from "./flows.ts";
import { Homes, type Home } from "./homes.ts";
import type { Instruments } from "./instruments.ts";
import { Journeys, STAGE } from "./journeys.ts";
import { EVENT, Kernel } from "./kernel.ts";
import type { LinkSetup } from "./lane.ts";
import { Machine, type Job, type MachineSetup } from "./machine.ts";
import { bytesOf } from "./messageSize.ts";
import type { MessageWatch } from "./messageWatch.ts";
import { Network } from "./network.ts";
import type { Process, ProcessId } from "./process.ts";
import { Releases } from "./releases.ts";
import { TIMERS, Timers } from "./timers.ts";
import { channelOf, senderOf, Transport } from "./transport.ts";

interface Deferred {
  readonly kind: number;
  readonly a: number;
  readonly b: number;
  readonly payload: unknown;
}

/**
 * The simulated world: machines, the network between their zones, the processes on them and all that is under way.
 * Whatever happens goes through the kernel, so the world is a function of its setup, the seed and what is done to it.
 */
export class World {
  readonly kernel: Kernel;
  readonly streams: RandomStreams;
  readonly network: Network;
  readonly machines: Machine[] = [];
  readonly processes: Process[] = [];
  readonly journeys = new Journeys();
  readonly releases = new Releases();
  /** Who measures components from inside; null when nobody does. */
  instruments: Instruments | null = null;
  /** By component, how many times as much work each of its requests is because it is being watched; 1 is none. */
  readonly burdens: number[] = [];
  readonly #homes: Homes;
  readonly #transport: Transport;
  readonly #timers = new Timers();
  readonly #deferred: Deferred[][] = [];

  constructor(zones: number, linkOf: (from: number, to: number) => LinkSetup, seed: string, kernel = new Kernel()) {
    this.kernel = kernel;
    this.streams = new RandomStreams(seed);
    this.network = new Network(zones, linkOf, this.streams);
    this.#homes = new Homes(this.network);
    this.#transport = new Transport(kernel, this.#homes, this.journeys);
    kernel.on(EVENT.deliver, (to, from, message) => this.#deliver(to, from, message));
    kernel.on(EVENT.timer, (process, name) => this.#timer(process, name));
    kernel.on(EVENT.workDone, (machine, incarnation, job) => this.#workDone(machine, incarnation, job as Job));
    kernel.on(EVENT.synced, (machine, incarnation, batch) => this.#synced(machine, incarnation, batch as SyncBatch));
  }

  /** Counts of messages, for drawing. */
  get flows(): Flows {
    return this.#transport.flows;
  }

  /** Has somebody look at every message from now on: one at a time. */
  watchMessages(watch: MessageWatch): void {
    invariant(this.#transport.watch === null, "world: two want to watch its messages");
    this.#transport.watch = watch;
  }

  addMachine(setup: MachineSetup): Machine {
    const machine = new Machine(this.kernel, this.machines.length, setup);
    this.machines.push(machine);
    this.#deferred.push([]);
    this.flows.resize(this.network.zones + this.machines.length);
    return machine;
  }

  /** Puts a process in its place. `build` gets the process's own address. */
  addProcess(home: Home, build: (self: ProcessId) => Process): ProcessId {
    const self = this.processes.length;
    this.#homes.add(home, this.machines);
    this.#timers.add();
    this.processes.push(build(self));
    return self;
  }

  zoneOf(process: ProcessId): number {
    return this.#homes.zoneOf(process);
  }

  /** Where a process is drawn: its machine, or the clients of its zone. */
  placeOf(process: ProcessId): number {
    return this.#homes.placeOf(process);
  }

  /**
   * Sends a message. Between two processes at the edge of one zone it is there at once. `operation` (−1: none) is whose
   * journey it is, `flow` how it is drawn; `bytes` is its size where its own fields don't tell.
   */
  send(from: ProcessId, to: ProcessId, message: unknown, channel: number, operation: number, flow: number, bytes = bytesOf(message)): void {
    const isAtEdge = this.#homes.machineOf(from) < 0 && this.#homes.machineOf(to) < 0;
    if (isAtEdge && this.#homes.zoneOf(from) === this.#homes.zoneOf(to)) this.processes[to]!.receive(from, message, channel);
    else this.#transport.send(from, to, message, channel, operation, flow, bytes);
  }

  /**
   * Sends on a connection that keeps its order, as TCP does: nothing overtakes what was sent before, and nothing comes
   * twice.
   * Simplified: what is lost on it is gone, and whoever sent it has to notice; a real connection sends it again until it
   * breaks.
   */
  sendInOrder(from: ProcessId, to: ProcessId, message: unknown, channel: number, flow: number, bytes = bytesOf(message)): void {
    this.#transport.sendInOrder(from, to, message, channel, flow, bytes);
  }

  /**
   * One timer per process and name; setting it again replaces it. It runs by the clock of its machine, so it comes early
   * where that runs fast; a clock that is set to another time does not move it (a monotonic clock, as programs should use).
   * Simplified: a timer that is already set keeps its time when its clock begins to drift.
   */
  setTimer(process: ProcessId, name: number, delayUs: Us): void {
    this.kernel.cancel(this.#timers.get(process, name));
    const rate = this.machines[this.#homes.machineOf(process)]?.clockRate ?? 1;
    this.#timers.set(process, name, this.kernel.after(delayUs / rate, EVENT.timer, process, name, null));
  }

  cancelTimer(process: ProcessId, name: number): void {
    this.kernel.cancel(this.#timers.get(process, name));
    this.#timers.set(process, name, NO_HANDLE);
  }

  /** Stops a machine without losing anything: a long garbage collection, a stopped virtual machine. */
  pause(machine: Machine): void {
    if (machine.state === "up") machine.state = "paused";
  }

  /** Goes on after a pause: all that waited happens now, in its order. */
  resume(machine: Machine): void {
    if (machine.state !== "paused") return;
    machine.state = "up";
    const waiting = this.#deferred[machine.index]!.splice(0);
    for (const { kind, a, b, payload } of waiting) {
      const handle = this.kernel.after(1, kind, a, b, payload);
      if (kind === EVENT.timer) this.#timers.set(a, b, handle);
    }
  }

  /** Takes a machine down at once: memory, queue and unsynced writes are gone. */
  crash(machine: Machine, state: "crashed" | "off" = "crashed"): void {
    if (machine.state === "crashed" || machine.state === "off") {
      machine.state = state;
      return;
    }
    machine.state = state;
    machine.powerLoss();
    this.instruments?.lost(machine.index);
    this.#deferred[machine.index]!.length = 0;
    this.#eachProcessOf(machine.index, (id, process) => {
      for (let name = 0; name < TIMERS; name++) this.cancelTimer(id, name);
      process.crashed();
    });
  }

  /** Brings a machine back up; with `diskLost`, or when its disk has nothing to trust, it comes back empty. */
  restart(machine: Machine, diskLost: boolean): void {
    if (machine.state === "paused") this.crash(machine);
    if (machine.state === "up") return;
    machine.state = "up";
    const empty = machine.startsEmpty() || diskLost;
    this.#eachProcessOf(machine.index, (_, process) => process.restarted(empty));
  }

  #eachProcessOf(machine: number, visit: (id: ProcessId, process: Process) => void): void {
    for (let id = 0; id < this.processes.length; id++) {
      if (this.#homes.machineOf(id) === machine) visit(id, this.processes[id]!);
    }
  }

  /** True when the machine takes part; while it is paused the event waits, otherwise it is lost. */
  #awake(machine: number, kind: number, a: number, b: number, payload: unknown): boolean {
    const state = this.machines[machine]!.state;
    if (state === "up") return true;
    if (state === "paused") this.#deferred[machine]!.push({ kind, a, b, payload });
    return false;
  }

  #deliver(to: ProcessId, fromAndChannel: number, message: unknown): void {
    const machine = this.#homes.machineOf(to);
    if (machine >= 0 && !this.#awake(machine, EVENT.deliver, to, fromAndChannel, message)) {
      const operation = (message as { operation?: unknown }).operation;
      if (typeof operation === "number") this.journeys.reach(operation, machine, STAGE.refusedByDead, this.kernel.nowUs);
      this.#transport.watch?.unheard(to, message);
      return;
    }
    this.#transport.watch?.received(to, message);
    this.processes[to]!.receive(senderOf(fromAndChannel), message, channelOf(fromAndChannel));
    this.#transport.watch?.ended();
  }

  #timer(process: ProcessId, name: number): void {
    const machine = this.#homes.machineOf(process);
    if (machine >= 0 && !this.#awake(machine, EVENT.timer, process, name, null)) return;
    this.#timers.set(process, name, NO_HANDLE);
    this.processes[process]!.timer(name);
  }

  #workDone(index: number, incarnation: number, job: Job): void {
    const machine = this.machines[index]!;
    if (incarnation !== machine.incarnation) return;
    if (!this.#awake(index, EVENT.workDone, index, incarnation, job)) return;
    machine.finish();
    this.#transport.watch?.worked(job.process, job.subject);
    this.processes[job.process]!.workDone(job);
    this.#transport.watch?.ended();
  }

  #synced(index: number, incarnation: number, batch: SyncBatch): void {
    const machine = this.machines[index]!;
    if (incarnation !== machine.incarnation) return;
    if (!this.#awake(index, EVENT.synced, index, incarnation, batch)) return;
    if (machine.disk.rotten) {
      // Whoever checks what it wrote and finds something else stops: better no answer than a rotten one.
      machine.failForRot();
      this.crash(machine);
      return;
    }
    machine.disk.syncDone();
    for (const { process, token } of batch) this.processes[process]!.synced(token);
  }
}
