// Operations: what somebody does during the run, and what AWS would refuse of it.

import { describe, expect, test } from 'vitest';
import { operationText } from '../../src/scenario/happening-text.js';
import { errorsIn, loadText, SHOP, shopAnd, warningsIn } from './fixtures/real.js';

const operations = (...items: readonly string[]): string =>
  shopAnd(`operations: [ ${items.join(', ')} ]`);

describe('taken', () => {
  test('with what they do', () => {
    const text = operations(
      '{ at: 5m, on: orders-dlq, redrive: {} }',
      '{ at: 6m, on: sales-dlq.fifo, redrive: { maxNumberOfMessagesPerSecond: 10, to: sales.fifo } }',
      '{ every: 2m, on: orders, purge: true }',
      '{ at: 1m, on: orders, set: { visibilityTimeout: 45, redrivePolicy: { maxReceiveCount: 9 } } }',
      '{ at: 2m, on: orders, set: { redrivePolicy: null } }',
    );
    const scenario = loadText(text);
    expect(scenario.operations).toMatchObject([
      {
        at: 300e6,
        every: undefined,
        on: 'orders-dlq',
        verb: 'redrive',
        to: undefined,
        perSecond: undefined,
      },
      { at: 360e6, on: 'sales-dlq.fifo', verb: 'redrive', to: 'sales.fifo', perSecond: 10 },
      { at: 120e6, every: 120e6, on: 'orders', verb: 'purge' },
      {
        verb: 'set',
        settings: {
          visibilityTimeout: 45e6,
          redrivePolicy: { deadLetterTarget: 'orders-dlq', maxReceiveCount: 9 },
        },
      },
      { verb: 'set', settings: { redrivePolicy: undefined } },
    ]);
    expect(scenario.operations.map(operationText)).toEqual([
      'At 5m, the messages of orders-dlq go back to where they came from.',
      'At 6m, the messages of sales-dlq.fifo go to sales.fifo, 10 a second.',
      'Every 2m, orders is purged.',
      'At 1m, orders is changed to visibilityTimeout: 45, redrivePolicy: { maxReceiveCount: 9 }.',
      'At 2m, orders is changed to without redrivePolicy.',
    ]);
  });

  test('bounds of a fleet that its desired capacity is outside of: AWS moves it', () => {
    const fleet = operations(
      '{ at: 1m, on: workers, set: { maxSize: 20, desiredCapacity: 15 } }',
      '{ at: 2m, on: workers, set: { maxSize: 8 } }',
      '{ at: 3m, on: workers, set: { minSize: 8 } }',
    );
    expect(errorsIn(fleet)).toEqual([]);
  });

  test('every setting that AWS lets change', () => {
    const text = operations(
      '{ at: 1m, on: sales.fifo, set: { visibilityTimeout: 1m, delaySeconds: 5s, messageRetentionPeriod: 1d, ' +
        'receiveMessageWaitTimeSeconds: 20s, maximumMessageSize: 2KiB, contentBasedDeduplication: true, ' +
        'redrivePolicy: { deadLetterTarget: sales-dlq.fifo, maxReceiveCount: 2 } } }',
    );
    expect(loadText(text).operations[0]).toMatchObject({
      settings: {
        visibilityTimeout: 60e6,
        delaySeconds: 5e6,
        messageRetentionPeriod: 86_400e6,
        receiveMessageWaitTimeSeconds: 20e6,
        maximumMessageSize: 2048,
        contentBasedDeduplication: true,
        redrivePolicy: { deadLetterTarget: 'sales-dlq.fifo', maxReceiveCount: 2 },
      },
    });
  });

  test('a queue may become a dead-letter queue first, and be redriven then', () => {
    const archive = SHOP.replace('  workers:\n', '  archive: { type: sqs.queue }\n  workers:\n');
    const redrive = '{ at: 5m, on: archive, redrive: {} }';
    const set = '{ at: 1m, on: orders, set: { redrivePolicy: { deadLetterTarget: archive } } }';
    expect(errorsIn(`${archive}operations: [ ${redrive} ]\n`)).toHaveLength(1);
    expect(errorsIn(`${archive}operations: [ ${redrive}, ${set} ]\n`)).toEqual([]);
  });

  test('a queue that only an operation fills is no orphan', () => {
    const archive = SHOP.replace('  workers:\n', '  archive: { type: sqs.queue }\n  workers:\n');
    const orphan = ['nobody-consumes resources.archive', 'nobody-sends resources.archive'];
    expect(warningsIn(archive)).toEqual(orphan);
    const redrive = '{ at: 5m, on: orders-dlq, redrive: { to: archive } }';
    expect(warningsIn(`${archive}operations: [ ${redrive} ]\n`)).toEqual([]);
    const set = '{ at: 1m, on: orders, set: { redrivePolicy: { deadLetterTarget: archive } } }';
    expect(warningsIn(`${archive}operations: [ ${set} ]\n`)).toEqual([]);
  });

  test('sets build on each other in order of time', () => {
    const text = operations(
      '{ at: 3m, on: orders, set: { redrivePolicy: { maxReceiveCount: 5 } } }',
      '{ at: 2m, on: orders, set: { redrivePolicy: { deadLetterTarget: orders-dlq, maxReceiveCount: 2 } } }',
      '{ at: 1m, on: orders, set: { redrivePolicy: null } }',
    );
    expect(errorsIn(text)).toEqual([]);
    expect(loadText(text).operations[0]).toMatchObject({
      settings: { redrivePolicy: { deadLetterTarget: 'orders-dlq', maxReceiveCount: 5 } },
    });
  });
});

describe('refused', () => {
  test.each([
    [
      '{ at: 5m, on: orders, redrive: {} }',
      'aws-refuses: orders is the dead-letter queue of no queue; allowed: orders-dlq, sales-dlq.fifo; AWS ' +
        'answers InvalidParameterValue',
    ],
    [
      '{ at: 5m, on: orders-dlq, redrive: { to: sales.fifo } }',
      'aws-refuses: sales.fifo is FIFO, orders-dlq is standard; allowed: a FIFO queue to a FIFO queue, a ' +
        'standard queue to a standard queue; AWS answers InvalidParameterValue',
    ],
    [
      '{ at: 5m, on: orders-dlq, redrive: { to: orders-dlq } }',
      'aws-refuses: orders-dlq is redriven to itself; allowed: another queue; AWS answers InvalidParameterValue',
    ],
    [
      '{ at: 5m, on: orders-dlq, redrive: { to: ordres } }',
      'unknown-name: nothing is called ordres;',
    ],
    [
      '{ at: 5m, on: orders-dlq, redrive: { maxNumberOfMessagesPerSecond: 501 } }',
      'out-of-range: maxNumberOfMessagesPerSecond is 501; allowed: a whole number 1..500; nearest: 500; AWS ' +
        'answers InvalidParameterValue',
    ],
    [
      '{ at: 5m, on: orders-dlq, redrive: { rate: 50 } }',
      'unknown-key: unknown key rate; allowed: maxNumberOfMessagesPerSecond, to; nearest: maxNumberOfMessagesPerSecond',
    ],
    ['{ at: 5m, on: orders-dlq, redrive: true }', 'wrong-kind: redrive is true; allowed: a map'],
    [
      '{ at: 5m, on: workers, redrive: {} }',
      'wrong-kind: workers is of type autoscaling.group, not sqs.queue',
    ],
    [
      '{ at: 5m, on: workers, purge: true }',
      'wrong-kind: workers is of type autoscaling.group, not sqs.queue',
    ],
    ['{ at: 5m, on: orders, purge: false }', 'wrong-kind: purge is false; allowed: true'],
    [
      '{ every: 59s, on: orders, purge: true }',
      'aws-refuses: orders is purged again within 60 seconds; allowed: one purge of a queue in 60 seconds; AWS ' +
        'answers PurgeQueueInProgress',
    ],
    [
      '{ at: 5m, on: orders, purge: true }, { at: 5m, on: orders, purge: true }',
      'aws-refuses: orders is purged again within 60 seconds',
    ],
    [
      '{ at: 71m, on: orders, purge: true }',
      'never-happens: at is 71m; allowed: before the run ends at the latest (70m)',
    ],
    ['{ on: orders, purge: true }', 'missing: at is missing; allowed: at: 10m, or every: 1h'],
    [
      '{ at: 5m, on: orders }',
      'choice: none of set, redrive, purge, deploy, replay; allowed: exactly one of set | redrive',
    ],
    [
      '{ at: 5m, on: orders, replay: {} }',
      'wrong-kind: orders is of type sqs.queue, not sns.topic or eventbridge.bus',
    ],
    [
      '{ at: 5m, on: orders, deploy: {} }',
      'wrong-kind: orders is of type sqs.queue, not autoscaling.group; allowed: workers',
    ],
    [
      '{ at: 5m, on: workers, deploy: { batch: 0 } }',
      'out-of-range: batch is 0; allowed: a number of instances, or a share such as 30%',
    ],
    [
      '{ at: 5m, on: workers, deploy: { batch: 0% } }',
      'out-of-range: batch is 0%; allowed: a number of instances, or a share above 0%',
    ],
    ['{ at: 5m, on: workers, crash: 1 }', 'unknown-key: crash is a fault: it stands under faults'],
    ['{ at: 5m, on: orders, set: {} }', 'missing: nothing is set; allowed: a map of settings'],
    ['{ at: 5m, on: orders, set: 5 }', 'wrong-kind: set is 5; allowed: a map of settings'],
    [
      '{ at: 5m, on: workers, set: { maxSize: 1 } }',
      'out-of-range: minSize is 2; allowed: at most maxSize (1); AWS answers ValidationError',
    ],
    [
      '{ at: 5m, on: workers, set: { desiredCapacity: 0 } }',
      'out-of-range: desiredCapacity is 0; allowed: 2..',
    ],
    [
      '{ at: 5m, on: orders, set: { visibilityTimout: 5s } }',
      'unknown-key: unknown key visibilityTimout; allowed: visibilityTimeout, delaySeconds,',
    ],
    [
      '{ at: 5m, on: orders, set: { kmsMasterKeyId: x } }',
      'not-modelled: kmsMasterKeyId is not modelled yet (docs/reference/not-modelled.md); allowed: visibilityTimeout,',
    ],
    [
      '{ at: 5m, on: workers, set: { handler: [] } }',
      'not-modelled: handler is not modelled yet (docs/reference/not-modelled.md); allowed: minSize,',
    ],
    [
      '{ at: 5m, on: workers, set: { stopTimeout: 5s } }',
      'not-modelled: stopTimeout is not modelled yet',
    ],
    ['{ at: 5m, on: orders, set: { account: 5 } }', 'not-modelled: account is not modelled yet'],
    ['{ at: 5m, on: orders, set: { tags: { a: b } } }', 'no-effect: tags would have no effect'],
    [
      '{ at: 5m, on: orders, set: { visibilityTimeout: 13h } }',
      'out-of-range: visibilityTimeout is 13h; allowed: 0s..12h; nearest: 12h; AWS answers InvalidAttributeValue',
    ],
    [
      '{ at: 5m, on: orders, set: { delaySeconds: null } }',
      'never-happens: delaySeconds: null removes nothing',
    ],
    [
      '{ at: 5m, on: orders, set: { redrivePolicy: { deadLetterTarget: sales-dlq.fifo } } }',
      'aws-refuses: sales-dlq.fifo is a FIFO queue, orders is standard',
    ],
    [
      '{ at: 5m, on: orders, set: { contentBasedDeduplication: true } }',
      'aws-refuses: contentBasedDeduplication on a standard queue',
    ],
    [
      '{ at: 5m, on: orders-dlq, set: { redrivePolicy: { deadLetterTarget: orders } } }',
      'missing: maxReceiveCount is missing',
    ],
  ])('%s', (operation, error) => {
    const found = errorsIn(operations(operation));
    expect(found.map((one) => one.slice(0, error.length))).toEqual([error]);
  });

  test('a minute between two purges is enough', () => {
    const text = operations(
      '{ at: 5m, on: orders, purge: true }',
      '{ at: 6m, on: orders, purge: true }',
      '{ at: 5m, on: orders-dlq, purge: true }',
    );
    expect(errorsIn(text)).toEqual([]);
  });

  test('null elsewhere in an operation removes nothing', () => {
    expect(errorsIn(operations('{ at: 5m, on: orders, purge: null }'))).toContainEqual(
      expect.stringContaining('purge: null removes nothing'),
    );
  });

  test('a queue that was refused itself is not judged again', () => {
    const text = operations('{ at: 5m, on: orders, set: { delaySeconds: 1s } }');
    expect(errorsIn(text.replace('maxReceiveCount: 3', 'maxReceiveCount: 0'))).toHaveLength(1);
    const circle = text.replace('deadLetterTarget: orders-dlq', 'deadLetterTarget: orders');
    expect(errorsIn(circle)).toHaveLength(1);
  });
});
