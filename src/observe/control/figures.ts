/** What episodes and reactions come to, as the measures of expectations and reports tell it. Base units. */
import { check } from '../../kernel/check.js';
import type { ControlSummary } from './control-loops.js';

/** Measures with a figure for each episode of a fleet, or each reaction. */
export const EPISODE_MEASURES = ['reactionTime', 'overshoot', 'settlingTime'] as const;
export type EpisodeMeasure = (typeof EPISODE_MEASURES)[number];

/** Of episodes: the mean of their figures, the least, the worst. */
export type OfEpisodes = 'mean' | 'min' | 'max';

/** Times in µs, shares 0..1; one figure per reaction or episode that has it. */
export function episodeFigures(loop: ControlSummary, measure: EpisodeMeasure): number[] {
  switch (measure) {
    case 'reactionTime':
      return loop.reactions.map(({ began, answered }) => answered - began);
    case 'overshoot':
      return loop.episodes.flatMap(({ overshoot }) => (overshoot === null ? [] : [overshoot]));
    case 'settlingTime':
      return loop.episodes.map(({ settling }) => settling);
  }
}

/** null: there was no episode that has the figure. */
export function overEpisodes(figures: readonly number[], by: OfEpisodes): number | null {
  if (figures.length === 0) return null;
  switch (by) {
    case 'mean':
      return figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
    case 'min':
      return figures.reduce((least, figure) => Math.min(least, figure));
    case 'max':
      return figures.reduce((most, figure) => Math.max(most, figure));
  }
}

/** Over all episodes. */
export function oscillationsOf({ episodes }: ControlSummary): number {
  return episodes.reduce((sum, { oscillations }) => sum + oscillations, 0);
}

export function isEpisodeMeasure(name: string): name is EpisodeMeasure {
  return (EPISODE_MEASURES as readonly string[]).includes(name);
}

export function ofEpisodes(statistic: string | undefined): OfEpisodes {
  const by = statistic ?? 'max';
  check(by === 'mean' || by === 'min' || by === 'max', 'a statistic of episodes');
  return by;
}
