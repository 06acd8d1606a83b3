// What AWS accepts of topics and people regret: filters that nothing published can match.

import { describe, expect, test } from 'vitest';
import { findingsIn } from '../../scenario/fixtures/real.js';

interface Parts {
  readonly said?: string;
  readonly subscription?: string;
  readonly more?: string;
}

function topic({ said = '', subscription = '', more = '' }: Parts): string {
  return `name: News
duration: 10m
traffic: { desk: { send: news, rate: 1/s${said} } }
resources:
  news: { type: sns.topic, subscriptions: { jobs: { ${subscription} } } }
  jobs: { type: sqs.queue }
  readers:
    type: autoscaling.group
    minSize: 1
    maxSize: 1
    instanceType: m7g.large
    consumes: { jobs: { waitTimeSeconds: 20s } }
    handler: [ work: 20ms ]
${more}`;
}

const told = (parts: Parts): string[] =>
  findingsIn(topic(parts))
    .filter(({ code }) => code === 'filter-never-matches')
    .map(({ path, message }) => `${path}: ${message}`);

const KIND = ', attributes: { kind: { oneOf: { new: 50%, old: 50% } } }';

describe('a filter policy that nothing matches', () => {
  test('is told at its place', () => {
    expect(told({ said: KIND, subscription: 'filterPolicy: { kind: [ newer ] }' })).toEqual([
      'resources.news.subscriptions.jobs.filterPolicy: the filter policy of jobs matches the attributes ' +
        'of no message that is published here',
    ]);
  });

  test('of the body, when only attributes are sent', () => {
    const subscription = 'filterPolicyScope: MessageBody, filterPolicy: { kind: [ new ] }';
    expect(told({ said: KIND, subscription })).toHaveLength(1);
    expect(told({ said: ', body: { kind: new }', subscription })).toEqual([]);
  });

  test('not when something can match', () => {
    expect(told({ said: KIND, subscription: 'filterPolicy: { kind: [ new ] }' })).toEqual([]);
    expect(
      told({ said: KIND, subscription: 'filterPolicy: { kind: [ { exists: true } ] }' }),
    ).toEqual([]);
    expect(told({ said: KIND })).toEqual([]);
  });

  test('not when a step publishes, too: it may send anything', () => {
    const more = `  editor:
    type: autoscaling.group
    minSize: 1
    maxSize: 1
    instanceType: m7g.large
    consumes: { jobs: { waitTimeSeconds: 20s } }
    handler: [ send: news ]
`;
    expect(told({ said: KIND, subscription: 'filterPolicy: { kind: [ x ] }', more })).toEqual([]);
  });

  test('can be meant', () => {
    const plain = topic({ said: KIND, subscription: 'filterPolicy: { kind: [ x ] }' });
    const codes = findingsIn(`${plain}allow: [ filter-never-matches(news) ]\n`).map(
      ({ code }) => code,
    );
    expect(codes).toEqual(['no-dead-letter-queue']);
  });
});
