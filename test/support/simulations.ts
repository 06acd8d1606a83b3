// Scenarios from a text in memory, and runs of them: through the public API, or on a wired model with what only tests
// ask for (tables that start at one row and are poisoned, slices of odd sizes).

import { LimitError, loadScenario, simulate } from '../../src/core.js';
import type { LoadOptions, RunReport, RunResult, Scenario } from '../../src/core.js';
import type { Facts } from '../../src/components/facts.js';
import { assembleReport } from '../../src/experiment/assemble.js';
import type { TableOptions } from '../../src/kernel/table.js';
import type { Model } from '../../src/scenario/wire.js';
import { wire } from '../../src/scenario/wire.js';

export const SECOND = 1_000_000;

/** Tables as tests want them: a stale column or an unset one shows at once. */
export const TINY_TABLES: TableOptions = { capacity: 1, poison: true };

/** A checked scenario of one file, or of several by name, the first of which is the scenario. */
export function scenarioOf(
  files: string | Readonly<Record<string, string>>,
  options: Omit<LoadOptions, 'read'> = {},
): Scenario {
  const texts: Readonly<Record<string, string>> =
    typeof files === 'string' ? { 'test.yaml': files } : files;
  const read = (path: string): string => {
    const text: string | undefined = texts[path];
    if (text === undefined) throw new Error('there is no such file');
    return text;
  };
  return loadScenario(Object.keys(texts)[0], { ...options, read });
}

/** The result of a run that a limit may stop. */
export function simulateAtMost(scenario: Scenario, maxEvents: number): RunResult {
  try {
    return simulate(scenario, { maxEvents });
  } catch (error) {
    if (error instanceof LimitError) return error.result;
    throw error;
  }
}

export interface DriveOptions {
  readonly tables?: TableOptions;
  readonly observer?: Facts;
  readonly replication?: number;
  /** Events between two looks; default: a million. */
  readonly slice?: number;
  /** Called when the model is wired, before its first event. */
  readonly ready?: (model: Model) => void;
}

export interface Driven {
  readonly report: RunReport;
  readonly model: Model;
}

/**
 * What `Simulation` does, without its limits, on a model that stays open to look into. A test holds
 * the two against each other.
 */
export function drive(scenario: Scenario, options: DriveOptions = {}): Driven {
  const { tables, observer, replication = 0, slice = 1_000_000, ready } = options;
  const model = wire(scenario, {
    replication,
    observer,
    ...(tables === undefined ? {} : { tables }),
  });
  const { kernel, world } = model;
  const { messages } = world;
  ready?.(model);
  messages.onDrained = () => kernel.stop();
  const reach = (end: number): boolean => {
    while (kernel.now < end) {
      const pause = kernel.advance(end - 1, slice);
      if (pause === 'stopped' && messages.left === 0) return true;
      if (pause === 'until') return false;
    }
    return false;
  };
  reach(scenario.duration);
  messages.draining = true;
  const latestEnd = scenario.duration + scenario.drain;
  const isDrained = messages.left === 0 || reach(latestEnd);
  const end = isDrained ? Math.max(kernel.now, scenario.duration) : latestEnd;
  const report = assembleReport(scenario, model, {
    end,
    drained: messages.left === 0,
    stoppedBy: null,
  });
  return { report, model };
}
