/**
 * One run of a scenario: `Simulation` in slices, `simulate` in one go.
 *
 * Traffic ends at `duration`; then the run goes on until nothing is left to do, for at most `drain`.
 * It covers [0, end). A limit on events or memory stops it early; its report says so.
 */

import type { Facts } from '../components/facts.js';
import { lastBurstAt } from '../components/traffic/from-settings.js';
import { check } from '../kernel/check.js';
import type { Micros } from '../kernel/time.js';
import type { Scenario } from '../scenario/checked.js';
import type { Model } from '../scenario/wire.js';
import { wire } from '../scenario/wire.js';
import { assembleReport } from './assemble.js';
import type { Progress } from './progress.js';
import type { RunReport, RunResult, StoppedBy } from './result.js';

export interface RunLimits {
  /** Events of the kernel; default: no limit. */
  readonly maxEvents?: number;
  /** Memory of the model's tables, bytes; default: no limit. */
  readonly maxMemoryBytes?: number;
}

export interface SimulationOptions extends RunLimits {
  /** A listener of your own, told every fact after the built-in observers. It must only read. */
  readonly observer?: Facts;
  /** Default 0. */
  readonly replication?: number;
}

export interface SimulateOptions extends SimulationOptions {
  /** Called now and then, between events. */
  readonly onProgress?: (progress: Progress) => void;
}

/** The run was stopped by a limit; `result` holds what was measured until then, marked incomplete. */
export class LimitError extends Error {
  override readonly name = 'LimitError';

  constructor(readonly result: RunResult) {
    super(
      `the run was stopped by ${result.stoppedBy ?? 'a limit'} after ${result.endSeconds} s of virtual time`,
    );
  }
}

/** Memory is looked at after so many events. */
const EVENTS_PER_LOOK = 65_536;
const EVENTS_PER_PROGRESS = 262_144;

/** Traffic goes on; or what is left is being worked off; or the run is over. */
type Stage = 'traffic' | 'drain' | 'over';

export class Simulation {
  private readonly model: Model;
  private readonly trafficEnd: Micros;
  /** The last instant that belongs to the traffic: a burst at its very end does. */
  private readonly lastOfTraffic: Micros;
  private readonly latestEnd: Micros;
  private stage: Stage = 'traffic';
  private stoppedBy: StoppedBy | null = null;
  private end: Micros = 0;
  private report: RunReport | null = null;

  constructor(
    private readonly scenario: Scenario,
    private readonly options: SimulationOptions = {},
  ) {
    this.trafficEnd = scenario.duration;
    this.latestEnd = scenario.duration + scenario.drain;
    const endsInBurst = scenario.traffic.some(
      ({ plan }) => lastBurstAt(plan) === scenario.duration,
    );
    this.lastOfTraffic = endsInBurst && scenario.drain > 0 ? this.trafficEnd : this.trafficEnd - 1;
    this.model = wire(scenario, {
      replication: options.replication ?? 0,
      observer: options.observer,
    });
    this.model.world.messages.onDrained = () => this.model.kernel.stop();
  }

  get progress(): Progress {
    const { kernel, watch, cast } = this.model;
    const sent = cast.traffic.reduce((total, id) => total + watch.traffic.of(id).sent, 0);
    return {
      now: kernel.now,
      trafficEnd: this.trafficEnd,
      events: kernel.eventCount,
      sent,
      settled: watch.ledger.settled,
    };
  }

  /** Executes about `maxEvents` events, or fewer. True when the run is over, or a limit has stopped it. */
  advance(maxEvents: number): boolean {
    check(maxEvents >= 1, 'a slice has at least one event');
    const { kernel } = this.model;
    const until = Math.min(kernel.eventCount + maxEvents, this.options.maxEvents ?? Infinity);
    while (this.stage !== 'over' && this.stoppedBy === null && kernel.eventCount < until) {
      this.slice(Math.min(until - kernel.eventCount, EVENTS_PER_LOOK));
      this.look();
    }
    return this.stage === 'over' || this.stoppedBy !== null;
  }

  /** Ends the run where it stands, if it is not over, and returns its report. */
  finish(stoppedBy: 'interrupt' | null): RunReport {
    if (this.report !== null) return this.report;
    const isOver = this.stage === 'over';
    if (!isOver && this.stoppedBy === null) this.stoppedBy = stoppedBy;
    check(
      isOver || this.stoppedBy !== null,
      'a run is finished when it is over, or stopped for a reason',
    );
    const end = isOver ? this.end : this.model.kernel.now;
    const drained = isOver && this.model.world.messages.left === 0;
    this.report = assembleReport(this.scenario, this.model, {
      end,
      drained,
      stoppedBy: this.stoppedBy,
    });
    return this.report;
  }

  private slice(events: number): void {
    const { kernel, world } = this.model;
    // The end of a stage does not belong to it: what falls there happens later, or never.
    const last = this.stage === 'traffic' ? this.lastOfTraffic : this.latestEnd - 1;
    const pause = last < kernel.now ? 'until' : kernel.advance(last, events);
    if (pause === 'until' && this.stage === 'traffic') {
      this.stage = 'drain';
      world.messages.draining = true;
      if (world.messages.left === 0) this.stop(this.trafficEnd);
      else if (this.scenario.drain === 0) this.stop(this.latestEnd);
    } else if (pause === 'until') {
      this.stop(this.latestEnd);
    } else if (pause === 'stopped' && world.messages.left === 0) {
      this.stop(Math.max(kernel.now, this.trafficEnd));
    }
  }

  private stop(end: Micros): void {
    this.stage = 'over';
    this.end = end;
  }

  private look(): void {
    if (this.stage === 'over') return;
    const { maxEvents, maxMemoryBytes } = this.options;
    if (maxEvents !== undefined && this.model.kernel.eventCount >= maxEvents)
      this.stoppedBy = 'maxEvents';
    else if (maxMemoryBytes !== undefined && this.model.world.memoryBytes() > maxMemoryBytes)
      this.stoppedBy = 'maxMemory';
  }
}

/**
 * Runs a scenario to its end. Throws a LimitError when a limit stops it, and an InstantLimitError
 * when virtual time stands still.
 */
export function simulate(scenario: Scenario, options: SimulateOptions = {}): RunResult {
  const simulation = new Simulation(scenario, options);
  while (!simulation.advance(EVENTS_PER_PROGRESS)) options.onProgress?.(simulation.progress);
  const { result } = simulation.finish(null);
  if (!result.complete) throw new LimitError(result);
  return result;
}
