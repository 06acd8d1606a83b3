// What AWS refuses of pipes, what of them is not modelled, and what is accepted and regretted.

import { describe, expect, test } from 'vitest';
import { errorsIn, warningsIn } from '../../scenario/fixtures/real.js';

const pipe = (source: string, rest = 'target: jobs', more = ''): string => `name: Mistakes
duration: 10m
traffic: { shop: { send: orders, rate: 1/s, body: { kind: placed } } }
resources:
  orders: { type: sqs.queue }
  pipe: { type: eventbridge.pipe, consumes: { ${source} }, ${rest} }
  jobs: { type: sqs.queue }
  table: { type: rds.instance, dbInstanceClass: db.m7g.large, engine: postgres }
${more}`;

const filter = (pattern: string): string =>
  `orders: { filterCriteria: { filters: [ { pattern: ${pattern} } ] } }`;

test('nothing is wrong with a plain pipe', () => {
  expect(errorsIn(pipe('orders: {}'))).toEqual([]);
  expect(errorsIn(pipe(filter('{ body: { kind: [placed] } }')))).toEqual([]);
});

describe('refused', () => {
  test.each([
    ['no source', '', 'target: jobs', 'a pipe has one source'],
    ['two sources', 'orders: {}, jobs: {}', 'target: jobs', 'a pipe has one source'],
    ['no target', 'orders: {}', 'enrichment: jobs', 'target'],
    [
      'an enrichment that cannot be called',
      'orders: {}',
      'enrichment: jobs, target: jobs',
      'jobs is of type sqs.queue',
    ],
    ['a database as a target', 'orders: {}', 'target: table', 'table is of type rds.instance'],
    [
      'a large batch without a window',
      'orders: { batchSize: 20 }',
      'target: jobs',
      'needs a batching window',
    ],
    ['more than there are', 'orders: { batchSize: 10001 }', 'target: jobs', '1..10000'],
    ['wildcards', filter('{ body: { kind: [ { wildcard: "p*" } ] } }'), 'target: jobs', 'wildcard'],
    [
      'anything-but with a prefix',
      filter('{ body: { kind: [ { anything-but: { prefix: p } } ] } }'),
      'target: jobs',
      'anything-but',
    ],
    ['no pattern at all', filter('placed'), 'target: jobs', 'a pattern of the body'],
  ])('%s', (_, source, rest, message) => {
    expect(errorsIn(pipe(source, rest)).join('\n')).toContain(message);
  });

  test('a sixth filter', () => {
    const one = '{ pattern: { body: { kind: [placed] } } }';
    const filters = `orders: { filterCriteria: { filters: [ ${Array(6).fill(one).join(', ')} ] } }`;
    expect(errorsIn(pipe(filters))).toHaveLength(1);
  });
});

describe('not modelled, by name', () => {
  test.each([
    ['windows', 'orders: { maximumBatchingWindowInSeconds: 5s }', 'target: jobs'],
    [
      'large batches',
      'orders: { batchSize: 20, maximumBatchingWindowInSeconds: 5s }',
      'target: jobs',
    ],
    [
      'filters over attributes',
      filter('{ messageAttributes: { kind: [placed] } }'),
      'target: jobs',
    ],
    ['parameters of the target', 'orders: {}', 'target: jobs, targetParameters: {}'],
    ['a stopped pipe', 'orders: {}', 'target: jobs, desiredState: STOPPED'],
  ])('%s', (_, source, rest) => {
    expect(errorsIn(pipe(source, rest)).join('\n')).toContain('not-modelled');
  });
});

describe('warnings', () => {
  test('a filter that nothing matches', () => {
    expect(warningsIn(pipe(filter('{ body: { kind: [paid] } }'))).join('\n')).toContain(
      'filter-never-matches',
    );
  });

  test('none where others may send, too', () => {
    const more =
      '  rest: { type: eventbridge.schedule, scheduleExpression: rate(1 minute), target: orders }\n';
    expect(
      warningsIn(pipe(filter('{ body: { kind: [paid] } }'), 'target: jobs', more)).join('\n'),
    ).not.toContain('filter-never-matches');
  });

  test('the queue of a pipe is consumed, its target is sent to', () => {
    const warnings = warningsIn(pipe('orders: {}')).join('\n');
    expect(warnings).not.toContain('nobody-consumes(orders)');
    expect(warnings).not.toContain('nobody-sends(jobs)');
  });

  test('a visibility timeout below the time that the enrichment takes', () => {
    const more = '  slow: { type: external.http, handler: [ work: 40s ] }\n';
    expect(
      warningsIn(pipe('orders: {}', 'enrichment: slow, target: jobs', more)).join('\n'),
    ).toContain('visibility-below-handler');
  });
});
