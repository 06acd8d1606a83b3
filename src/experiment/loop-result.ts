/** The control loops of a run that is over, as reports show them. */
import { Cause, InstanceState, RunEnd } from '../components/facts.js';
import type { AlarmDefinition } from '../components/metric-port.js';
import { Metrics, writtenCondition } from '../components/metric-port.js';
import { check } from '../kernel/check.js';
import type { Micros } from '../kernel/time.js';
import { SECOND } from '../kernel/time.js';
import type { ControlSummary } from '../observe/control/control-loops.js';
import type { Episode } from '../observe/control/episodes.js';
import { episodeFigures, oscillationsOf, overEpisodes } from '../observe/control/figures.js';
import type { LogRow } from '../observe/control/scaling-log.js';
import { usdText } from '../observe/cost/money.js';
import { billedTimeOf, costOf } from '../observe/cost/waste.js';
import type { Step } from '../observe/timeline.js';
import { LEVELS } from '../components/levels.js';
import { BUSY, DEPTH, DESIRED, INSTANCES, PENDING } from '../observe/levels.js';
import type { Scenario } from '../scenario/checked.js';
import { decidersOf } from '../scenario/scaled-fleets.js';
import type { Model } from '../scenario/wire.js';
import type { LoopCurve, LoopEpisode, LoopFigures, LoopResult, ScalingRow } from './loop-types.js';
import type { Seconds } from './result.js';
import { rounded, seconds } from './result.js';

/** In file order. */
export function loopsOf(model: Model): LoopResult[] {
  return model.cast.fleets
    .filter(({ scales }) => scales !== null)
    .map(({ id, queues }) => {
      const loop = model.watch.loops.of(id);
      return {
        fleet: model.cast.names[id],
        alarms: alarmsOf(model, id),
        curves: curvesOf(model, id, queues),
        stepSeconds: seconds(model.watch.levels.stepLength),
        episodes: loop.episodes.map((_, i) => episodeOf(loop, i)),
        figures: figuresOf(model, id, loop),
      };
    });
}

function alarmsOf({ world }: Model, fleet: number): LoopResult['alarms'] {
  return world.shared(Metrics).alarms.flatMap(({ definition }) => {
    if (definition.owner !== fleet) return [];
    return [
      {
        name: definition.name,
        metric: definition.written,
        condition: writtenCondition(definition),
      },
    ];
  });
}

function curvesOf({ cast, watch }: Model, fleet: number, queues: readonly number[]): LoopCurve[] {
  const curve = (id: number, level: number): LoopCurve => {
    const steps: readonly Step[] = watch.levels.timeline(id, level);
    return {
      resource: cast.names[id],
      level: LEVELS[level],
      values: steps.map(({ max }) => max),
      least: steps.map(({ min }) => min),
    };
  };
  return [
    ...queues.map((queue) => curve(queue, DEPTH)),
    ...[DESIRED, PENDING, INSTANCES, BUSY].map((level) => curve(fleet, level)),
  ];
}

// --- figures -----------------------------------------------------------------------------------------

function episodeOf({ reactions, episodes }: ControlSummary, i: number): LoopEpisode {
  const episode: Episode = episodes[i];
  const after = i === 0 ? -Infinity : episodes[i - 1].lastChange;
  const own = reactions.filter(({ rose }) => rose > after && rose <= episode.lastChange);
  const longest = overEpisodes(
    own.map(({ began, answered }) => answered - began),
    'max',
  );
  return {
    beganSeconds: seconds(episode.began),
    lastChangeSeconds: seconds(episode.lastChange),
    from: episode.from,
    final: episode.final,
    peak: episode.peak,
    least: episode.least,
    reactionSeconds: told(longest),
    overshoot: episode.overshoot === null ? null : rounded(episode.overshoot),
    settlingSeconds: told(episode.settling),
    oscillations: episode.oscillations,
  };
}

function figuresOf(model: Model, id: number, loop: ControlSummary): LoopFigures {
  const { cast, watch, readings } = model;
  const reactions = episodeFigures(loop, 'reactionTime');
  const overshoot = overEpisodes(episodeFigures(loop, 'overshoot'), 'max');
  const workers = watch.workers.of(id);
  const runs = watch.runs.of(id);
  const wasted = readings.endings?.waste.get(cast.names[id]) ?? 0n;
  const inService = workers.reduce((sum, one) => sum + one.inService, 0);
  return {
    reactionMeanSeconds: told(overEpisodes(reactions, 'mean')),
    reactionMaxSeconds: told(overEpisodes(reactions, 'max')),
    overshoot: overshoot === null ? null : rounded(overshoot),
    settlingSeconds: told(overEpisodes(episodeFigures(loop, 'settlingTime'), 'max')),
    oscillations: oscillationsOf(loop),
    ...watch.instances.of(id),
    inServiceSeconds: seconds(inService),
    idleSeconds: seconds(workers.reduce((sum, { idle }) => sum + idle, 0)),
    wastedUsd: usdText(wasted),
    ...billedFigures(model, id, inService),
    killed: runs.killed,
    killedSeconds: seconds(watch.runs.cutOffTime(id, RunEnd.Killed)),
    crashed: runs.crashed,
    crashedSeconds: seconds(watch.runs.cutOffTime(id, RunEnd.Crashed)),
    redelivered: runs.redelivered[Cause.ScaleIn - 1],
    duplicates: runs.duplicates[Cause.ScaleIn - 1],
  };
}

function billedFigures(
  { cast, watch, readings }: Model,
  id: number,
  inService: Micros,
): Pick<LoopFigures, 'billedSeconds' | 'startingAndStoppingSeconds' | 'startingAndStoppingUsd'> {
  check(readings.endings !== null, 'the bill is made before the results');
  const { bill } = readings.endings;
  const billed = billedTimeOf(cast.names[id], watch.meters.readings(), bill);
  const other = Math.max(0, Number(billed.seconds) * SECOND - inService);
  return {
    billedSeconds: Number(billed.seconds),
    startingAndStoppingSeconds: seconds(other),
    startingAndStoppingUsd: usdText(costOf(billed, other)),
  };
}

function told(micros: number | null): Seconds {
  if (micros === null) return null;
  return micros === Infinity ? 'inf' : seconds(micros);
}

// --- the log -----------------------------------------------------------------------------------------

const ALARM_STATES = ['INSUFFICIENT_DATA', 'OK', 'ALARM'] as const;

/** By number, as AWS writes them: `InService`. */
const INSTANCE_STATES = Object.entries(InstanceState).reduce<string[]>((names, [name, state]) => {
  names[state] = name;
  return names;
}, []);

export function scalingRows(scenario: Scenario, { cast, watch, world }: Model): ScalingRow[] {
  const definitions = new Map(
    world.shared(Metrics).alarms.map(({ definition }) => {
      return [`${definition.owner} ${definition.number}`, definition] as const;
    }),
  );
  const deciders = new Map(cast.fleets.map(({ id }) => [id, decidersOf(scenario, id)] as const));
  const names = {
    alarm: (row: LogRow & { number: number }) => definitions.get(`${row.resource} ${row.number}`)!,
    decider: (row: LogRow & { number: number }) =>
      deciders.get(row.resource)?.[row.number] ?? String(row.number),
    metric: (definition: AlarmDefinition) => definition.written,
  };
  return watch.log.rows.map((row) => ({
    timeSeconds: seconds(row.time),
    resource: cast.names[row.resource],
    kind: row.kind,
    ...cellsOf(row, names),
  }));
}

interface LogNames {
  alarm(row: LogRow & { number: number }): AlarmDefinition;
  decider(row: LogRow & { number: number }): string;
  metric(definition: AlarmDefinition): string;
}

function cellsOf(row: LogRow, names: LogNames): Pick<ScalingRow, 'name' | 'value' | 'text'> {
  switch (row.kind) {
    case 'metric': {
      const alarm = names.alarm(row);
      const value = Number.isNaN(row.value) ? null : rounded(row.value);
      return { name: alarm.name, value, text: names.metric(alarm) };
    }
    case 'alarm':
      return { name: names.alarm(row).name, value: null, text: ALARM_STATES[row.state] };
    case 'decision':
      return { name: names.decider(row), value: row.wanted, text: `${row.from} -> ${row.to}` };
    case 'desired':
      return { name: '', value: row.capacity, text: '' };
    case 'instance':
      return { name: String(row.number), value: null, text: INSTANCE_STATES[row.state] };
  }
}
