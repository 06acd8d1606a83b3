/** The part of report.md about the control loop of a fleet that can scale. */
import type { LoopEpisode, LoopResult, ScalingRow } from '../experiment/loop-types.js';
import type { RunReport } from '../experiment/result.js';
import { count, digits, duration, NONE, share, span } from './figures.js';
import { changeOf, loopLines } from './loop-lines.js';
import { code, markdownTable } from './markdown-text.js';
import { usd } from './money.js';
import { LEAST } from './sparkline.js';

const MOST_ROWS = 20;

/** One block of lines per fleet, with its heading. */
export function loopSections(report: RunReport): string[][] {
  return report.loops.map((loop) => {
    const rows = report.scaling.filter(({ resource }) => resource === loop.fleet);
    return [
      `## Control loop of ${code(loop.fleet)}`,
      '',
      ...axisLines(loop, rows),
      ...alarmLines(loop),
      ...figureLines(loop),
      ...episodeLines(loop.episodes),
      ...decisionLines(rows),
    ];
  });
}

function axisLines(loop: LoopResult, rows: readonly ScalingRow[]): string[] {
  const lines = loopLines(loop, rows);
  if (lines.length === 0) return [];
  const legend =
    'Lines of instances have one scale, each other line has its own; a column shows the highest value in its span, ' +
    `${code(LEAST)} the lowest. A metric is what CloudWatch showed, late and sampled: ` +
    '`_` 0 or less, blank: no data point. Alarms: `█` ALARM, `·` OK, blank: INSUFFICIENT_DATA. ' +
    'Decisions: `+` out, `-` in, `±` both.';
  return ['```text', ...lines, '```', '', legend, ''];
}

function alarmLines({ alarms }: LoopResult): string[] {
  return alarms.map(({ name, metric, condition }) => {
    return `- Alarm ${code(name)}: ${code(metric)}, ${code(condition)}.`;
  });
}

function figureLines({ figures, episodes }: LoopResult): string[] {
  const { oscillations } = figures;
  const { launched, terminated, failed } = figures;
  const many = `${count(episodes.length)} ${episodes.length === 1 ? 'episode' : 'episodes'} of scaling`;
  return [
    `- ${reactionText(figures)}`,
    `- ${many}, ${count(oscillations)} ${oscillations === 1 ? 'oscillation' : 'oscillations'}.`,
    `- ${count(launched)} instances in all, ${count(terminated)} terminated, ${count(failed)} failed.`,
    `- ${billedText(figures)}.`,
    ...cutOffLines(figures),
    '',
  ];
}

function reactionText({ reactionMeanSeconds, reactionMaxSeconds }: LoopResult['figures']): string {
  if (reactionMaxSeconds === null)
    return 'Reaction: no messages waited for instances that were then launched.';
  const most = duration(reactionMaxSeconds);
  const isOne = reactionMeanSeconds === reactionMaxSeconds;
  const times = isOne ? most : `${duration(reactionMeanSeconds)} on average, ${most} at most`;
  return `Reaction, from messages that wait to the first new instance that works: ${times}.`;
}

/**
 * `Billed 2,250 instance-minutes: 1,281 in service (101 of them wholly idle: 0.14 USD), 969 starting and stopping
 * (1.32 USD)`.
 */
export function billedText(figures: LoopResult['figures']): string {
  const { billedSeconds, inServiceSeconds, idleSeconds, startingAndStoppingSeconds } = figures;
  const isLong = billedSeconds >= 100 * 3_600;
  const unit = isLong ? 3_600 : 60;
  const amount = (time: number): string =>
    Number.isInteger(time / unit) ? count(time / unit) : digits(time / unit, 3);
  const idle = `${amount(idleSeconds)} of them wholly idle: ${usd(figures.wastedUsd)}`;
  return (
    `Billed ${amount(billedSeconds)} instance-${isLong ? 'hours' : 'minutes'}: ` +
    `${amount(inServiceSeconds)} in service (${idle}), ` +
    `${amount(startingAndStoppingSeconds)} starting and stopping (${usd(figures.startingAndStoppingUsd)})`
  );
}

function cutOffLines({
  killed,
  killedSeconds,
  crashed,
  crashedSeconds,
  redelivered,
  duplicates,
}: LoopResult['figures']): string[] {
  const after =
    redelivered + duplicates === 0
      ? ''
      : `; ${count(redelivered)} redelivered, ${count(duplicates)} done twice`;
  const runs = (n: number, lost: number): string =>
    `${count(n)} ${n === 1 ? 'run' : 'runs'} (${duration(lost)} of work lost)`;
  const killedText = killed === 0 ? 'no run' : runs(killed, killedSeconds);
  const lines = [`- Scaling in killed ${killedText}${after}.`];
  if (crashed > 0) lines.push(`- Crashes cut off ${runs(crashed, crashedSeconds)}.`);
  return lines;
}

const EPISODE_HEADER = [
  'episode from',
  'reaction',
  'desired before',
  'peak in service',
  'lowest in service',
  'desired at the end',
  'overshoot (of what was wanted afterwards)',
  'settled after',
  'oscillations',
];

function episodeLines(episodes: readonly LoopEpisode[]): string[] {
  if (episodes.length === 0) return [];
  const rows = episodes.slice(0, MOST_ROWS).map((episode) => {
    const { settlingSeconds, peak, least, overshoot } = episode;
    return [
      span(episode.beganSeconds),
      duration(episode.reactionSeconds),
      count(episode.from),
      peak === null ? NONE : count(peak),
      least === null ? NONE : count(least),
      count(episode.final),
      overshoot === null ? NONE : share(overshoot),
      settlingSeconds === 'inf' ? 'had not' : duration(settlingSeconds),
      count(episode.oscillations),
    ];
  });
  return [...markdownTable(1, EPISODE_HEADER, rows), ...more(episodes.length, 'control.csv'), ''];
}

function decisionLines(rows: readonly ScalingRow[]): string[] {
  const made = rows.filter((row) => row.kind === 'decision' && changeOf(row) !== 0);
  if (made.length === 0) return ['No decision changed the desired capacity.'];
  const cells = made.slice(0, MOST_ROWS).map(({ timeSeconds, name, value, text }) => {
    return [span(Math.round(timeSeconds)), code(name), count(value ?? 0), text.replace('->', '→')];
  });
  const table = markdownTable(2, ['decision at', 'by', 'asked for', 'desired'], cells);
  return [...table, ...more(made.length, 'scaling.csv')];
}

function more(all: number, file: string): string[] {
  return all <= MOST_ROWS ? [] : ['', `… and ${count(all - MOST_ROWS)} more in ${code(file)}.`];
}
