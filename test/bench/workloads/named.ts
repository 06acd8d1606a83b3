/** Workloads by name, for those that are run in a process of their own; each loads only what it needs. */
import type { Workload } from './workload.js';

type Make = (size: number) => Promise<Workload>;

const WORKLOADS: Readonly<Record<string, Make>> = {
  pool: async (messages) => {
    const { Pool } = await import('./pool.js');
    return new Pool({ profile: 'ideal', deletes: 'afterEach', pools: 1, messages });
  },
  'bare-pool': async (messages) => {
    const { BarePool } = await import('../bare/pool.js');
    return new BarePool(1, messages);
  },
  timers: async (pending) => {
    const { HoldModel } = await import('./hold-model.js');
    return new HoldModel(pending, pending);
  },
  'bare-timers': async (pending) => {
    const { BareHoldModel } = await import('../bare/hold-model.js');
    return new BareHoldModel(pending, pending);
  },
};

/** Runs a workload once. Returns the most memory that this process ever held, MiB. */
export async function runForMemory(name: string, size: number): Promise<number> {
  const workload = await WORKLOADS[name](size);
  workload.run();
  workload.result();
  return process.resourceUsage().maxRSS / 1024;
}
