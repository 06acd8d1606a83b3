/** What a scenario may say about a pipe: CloudFormation's AWS::Pipes::Pipe in camelCase, its source as `consumes`. */

import { z } from 'zod';
import type { PatternSpec, SettingsOf, SettingsShape } from '../settings.js';
import {
  assumption,
  block,
  count,
  distribution,
  duration,
  pipePattern,
  rate,
  reference,
} from '../settings.js';
import { PIPES_LIMITS } from './limits.js';
import { INVALID, PIPE_PAGE, PIPES_API } from './page.js';

const OURS = 'assumption; AWS publishes no figure';

const filterCriteria = block(
  { name: 'filterCriteria', doc: 'Which messages the pipe is for; others are deleted.' },
  {
    filters: z
      .array(
        block(
          { name: 'pipe-filter', doc: 'One of several patterns.' },
          { pattern: pipePattern({ doc: 'Of the body: { body: { kind: [placed] } }.' }) },
        ),
      )
      .max(PIPES_LIMITS.filtersMax)
      .prefault([])
      .meta({ description: 'Patterns, of which one must match; none: all messages.' }),
  },
);

/** How a pipe polls a queue. */
const source = block(
  {
    name: 'pipe-source',
    doc: 'How the pipe takes messages from this queue.',
    words: {
      filters: 'filterCriteria',
      filter: 'filterCriteria',
      maximumBatchingWindow: 'maximumBatchingWindowInSeconds',
      window: 'maximumBatchingWindowInSeconds',
    },
  },
  {
    batchSize: count({
      min: 1,
      max: PIPES_LIMITS.batchSizeMax,
      default: 10,
      source: PIPES_API,
      awsError: INVALID,
      doc: 'Messages of a receive, at most; more than 10 are not modelled.',
    }),
    maximumBatchingWindowInSeconds: duration({
      min: '0s',
      max: '300s',
      default: '0s',
      bare: 's',
      source: PIPES_API,
      awsError: INVALID,
      doc: 'How long messages are gathered; only 0s is modelled.',
    }),
    filterCriteria: filterCriteria.optional(),
  },
);

export const pipeShape = {
  settings: {
    consumes: z
      .record(reference({ roles: ['queue'] }), source)
      .meta({ description: 'Its source: a map of exactly one queue.' }),
    enrichment: reference({
      roles: ['callable'],
      doc: 'Who is asked about each message before it goes on, and waited for.',
    }).optional(),
    target: reference({
      roles: ['inbox', 'callable'],
      doc: 'Where messages go: a function asynchronously; what takes no messages is called.',
    }),
  },
  assume: {
    overhead: assumption(distribution('duration'), {
      ideal: '0s',
      typical: { p50: '30ms', p99: '120ms' },
      doc: 'What an execution needs beside its enrichment and its target.',
      source: OURS,
    }),
    pollers: assumption(count({ min: 1, max: PIPES_LIMITS.executionsMax }), {
      ideal: 5,
      typical: 5,
      doc: 'How many executions there can be at a time at first; so many poll always.',
      source: `${OURS}; as Lambda polls queues (Lambda Developer Guide "services-sqs-scaling", 2026)`,
    }),
    pollerGrowth: assumption(rate({ min: '1/m' }), {
      ideal: '300/m',
      typical: '300/m',
      doc: 'How many more are added while all are busy, up to 1,250.',
      source: `${OURS}; as Lambda polls queues (Lambda Developer Guide "services-sqs-scaling", 2026)`,
    }),
  },
  notModelled: {
    desiredState: PIPE_PAGE,
    enrichmentParameters: PIPE_PAGE,
    targetParameters: PIPE_PAGE,
    kmsKeyIdentifier: PIPE_PAGE,
  },
  noEffect: {
    name: 'the name in the map is the name',
    source: 'it stands under consumes',
    sourceParameters: 'they stand under consumes',
    roleArn: 'a pipe may call whatever it names',
    logConfiguration: 'logs change no behaviour',
    description: 'only the scenario itself has a description',
    tags: 'tags change no behaviour',
  },
} satisfies SettingsShape;

export type PipeSettings = SettingsOf<typeof pipeShape>;
export type PipeSource = z.output<typeof source>;

/** The filters of a source as one pattern: its alternatives are those of all; undefined: all messages. */
export function patternOf({ filterCriteria: criteria }: PipeSource): PatternSpec | undefined {
  const patterns = (criteria?.filters ?? []).map(({ pattern }) => pattern);
  if (patterns.length === 0) return undefined;
  return { flavour: 'pipe', alternatives: patterns.flatMap(({ alternatives }) => alternatives) };
}
