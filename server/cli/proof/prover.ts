import { parentPort, workerData } from "node:worker_threads";
import { prove } from "../../../shared/match/proof.ts";
import type { Task } from "./proveAll.ts";

/** A thread that proves one level and ends. */
const { level, seeds } = workerData as Task;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window's
parentPort?.postMessage(prove(level, seeds));
