// Faults: what they may be on, what they say, and what can never happen.

import { describe, expect, test } from 'vitest';
import { faultText } from '../../src/scenario/happening-text.js';
import { errorsIn, loadText, shopAnd } from './fixtures/real.js';

const faults = (...items: readonly string[]): string => shopAnd(`faults: [ ${items.join(', ')} ]`);

describe('taken', () => {
  test('on links, queues and fleets, with what they say', () => {
    const text = faults(
      '{ at: 1m, for: 30s, on: shoppers -> orders, lose: 5% }',
      '{ at: 1m, on: orders -> workers, cut: 100%, api: DeleteMessage }',
      '{ at: 1m, on: orders, fail: 20%, status: 403 }',
      '{ at: 1m, on: orders, fail: 20% }',
      '{ at: 1m, on: tills -> sales.fifo, throttle: 100/s }',
      '{ at: 1m, on: orders, throttle: 50%, api: ReceiveMessage }',
      '{ at: 1m, on: orders, slow: 2s }',
      '{ at: 1m, on: orders, down: 100% }',
      '{ at: 1m, on: orders, hide: 100% }',
      '{ at: 1m, on: workers, hide: 100% }',
      '{ every: 3m, for: 1m, on: workers, down: 1 }',
      '{ at: 1m, for: 1m, on: us-east-1b, down: 100% }',
      '{ at: 1m, every: 3m, on: workers, crash: 50% }',
    );
    expect(loadText(text).faults.map(faultText)).toEqual([
      'At 1m, for 30s, 5 % of the answers to calls on shoppers -> orders get lost.',
      'At 1m, 100 % of the calls of DeleteMessage on orders -> workers never pass.',
      'At 1m, 20 % of the calls on orders are answered 403.',
      'At 1m, 20 % of the calls on orders are answered 503.',
      'At 1m, no more than 100 calls a second pass on tills -> sales.fifo.',
      'At 1m, 50 % of the calls of ReceiveMessage on orders are refused because of a rate.',
      'At 1m, the work of orders takes 2s longer.',
      'At 1m, 100 % of orders are down.',
      'At 1m, 100 % of the metric points of orders are not published.',
      'At 1m, 100 % of the metric points of workers are not published.',
      'Every 3m, for 1m, 1 of workers are down.',
      'At 1m, for 1m, the zone us-east-1b is down.',
      'At 1m and every 3m from then on, 50 % of workers crash for good.',
    ]);
  });
});

describe('refused', () => {
  test.each([
    [
      '{ at: 1m, on: orders -> shoppers, lose: 5% }',
      'never-happens: nothing goes from orders to shoppers; allowed: shoppers -> orders, tills -> sales.fifo, ' +
        'orders -> workers, sales.fifo -> workers; nearest: shoppers -> orders',
    ],
    [
      '{ at: 1m, on: shoppers -> sales.fifo, lose: 5% }',
      'never-happens: nothing goes from shoppers to sales.fifo',
    ],
    [
      '{ at: 1m, on: workers, deploy: { batch: 1 } }',
      'unknown-key: deploy is an operation: it stands under operations',
    ],
    [
      '{ at: 1m, on: workers }',
      'choice: none of crash, interrupt, down, slow, fail, lose, cut, throttle, hide; allowed',
    ],
    [
      '{ at: 1m, on: shopers -> orders, lose: 5% }',
      'unknown-name: nothing is called shopers; allowed: shoppers,',
    ],
    [
      '{ at: 1m, on: shoppers -> orders, crash: 1 }',
      'wrong-kind: crash on a link; allowed: slow, fail, lose, cut, throttle on links; crash on a resource',
    ],
    ['{ at: 1m, on: shoppers, fail: 5% }', 'wrong-kind: shoppers is traffic, not sqs.queue'],
    [
      '{ at: 1m, on: workers, lose: 5% }',
      'wrong-kind: workers is of type autoscaling.group, not sqs.queue',
    ],
    [
      '{ at: 1m, on: workers, fail: 5% }',
      "not-modelled: failures of a fleet's handlers are not modelled yet",
    ],
    [
      '{ at: 1m, on: orders, crash: 5% }',
      'wrong-kind: orders is of type sqs.queue, not autoscaling.group or rds.instance; ',
    ],
    [
      '{ at: 1m, on: orders, down: 2 }',
      'wrong-kind: down is 2; allowed: a share of its calls such as 100%: a service has no instances',
    ],
    [
      '{ at: 1m, on: orders, fail: 5%, status: 404 }',
      'not-modelled: an answer 404 of sqs.queue is not modelled; allowed: 403, 429, 500, 503',
    ],
    ['{ at: 1m, on: orders, fail: 5%, status: 200 }', 'out-of-range: status is 200;'],
    [
      '{ at: 1m, on: orders, slow: 2s, status: 500 }',
      'choice: status beside slow; allowed: status only with fail',
    ],
    [
      '{ at: 1m, on: orders, down: 100%, api: SendMessage }',
      'choice: api beside down; allowed: api only with slow,',
    ],
    [
      '{ at: 1m, on: orders, fail: 5%, api: DeleteMesage }',
      'never-happens: nobody calls DeleteMesage of orders; allowed: SendMessage, SendMessageBatch, ' +
        'ReceiveMessage, DeleteMessage; nearest: DeleteMessage',
    ],
    [
      '{ at: 1m, on: shoppers -> orders, fail: 5%, api: DeleteMessage }',
      'never-happens: shoppers never calls DeleteMessage of orders; allowed: SendMessage, SendMessageBatch',
    ],
    [
      '{ at: 1m, on: orders -> workers, fail: 5%, api: DeleteMessageBatch }',
      'never-happens: workers never calls DeleteMessageBatch of orders; allowed: ReceiveMessage, ' +
        'DeleteMessage; nearest: DeleteMessage',
    ],
    ['{ at: 1m, on: orders, lose: 0% }', 'never-happens: lose is 0%; allowed: a share above 0%'],
    ['{ at: 1m, on: orders, throttle: 0% }', 'never-happens: throttle is 0%;'],
    [
      '{ at: 1m, on: orders, throttle: 5 }',
      'wrong-unit: throttle is 5; allowed: a rate that is left, such as 100/s',
    ],
    [
      '{ at: 1m, on: orders, slow: 5x }',
      'never-happens: calls of orders take no time (assume.apiLatency), whatever the factor; allowed: a time ' +
        'that is added',
    ],
    ['{ on: orders, slow: 2s }', 'missing: at is missing; allowed: at: 10m, or every: 1h'],
    [
      '{ every: 1m, on: workers, down: 1 }',
      'missing: a fault that comes again does not say how long it lasts: for is missing',
    ],
    [
      '{ every: 1m, for: 2m, on: workers, down: 1 }',
      'out-of-range: the fault comes again before it is over; allowed: for, at most as long as every',
    ],
    [
      '{ every: 2h, for: 2m, on: workers, down: 1 }',
      'never-happens: every is 2h; allowed: before the run ends',
    ],
    ['{ at: 1m, on: workers, pause: 1 }', 'not-modelled: pause is not modelled yet'],
    [
      '{ at: 1m, on: workers, interrupt: 1 }',
      'never-happens: workers has no Spot instances; allowed: a fleet with mixedInstancesPolicy',
    ],
    [
      '{ at: 1m, on: orders, interrupt: 1 }',
      'wrong-kind: orders is of type sqs.queue, not autoscaling.group; allowed: workers',
    ],
    [
      '{ at: 1m, on: us-east-1a, down: 1 }',
      'wrong-kind: down is 1; allowed: 100%: a zone fails as a whole',
    ],
    [
      '{ at: 1m, on: us-east-1a, down: 50% }',
      'wrong-kind: down is 50%; allowed: 100%: a zone fails as a whole',
    ],
    [
      '{ at: 1m, on: us-east-1a, crash: 1 }',
      'not-modelled: faults other than down on a zone are not modelled yet',
    ],
    [
      '{ at: 1m, on: us-east-1c, down: 100% }',
      'never-happens: nothing of this scenario lies in us-east-1c; allowed: us-east-1a, us-east-1b; nearest: us-east-1',
    ],
    [
      '{ at: 1m, on: eu-west-1, down: 100% }',
      'never-happens: nothing of this scenario lies in eu-west-1; allowed: us-east-1',
    ],
    [
      '{ at: 1m, on: us-east-1, down: 50% }',
      'wrong-kind: down is 50%; allowed: 100%: a region fails as a whole',
    ],
    [
      '{ at: 1m, on: us-east-1, slow: 2s }',
      'not-modelled: faults other than down on a region are not modelled yet',
    ],
    [
      '{ at: 1m, on: us-east-1 -> eu-west-1, cut: 100% }',
      'never-happens: nothing of this scenario lies in eu-west-1; allowed: us-east-1',
    ],
  ])('%s', (fault, error) => {
    const found = errorsIn(faults(fault));
    expect(found.map((one) => one.slice(0, error.length))).toEqual([error]);
  });

  test('nothing is said of a link to what was refused itself', () => {
    const text = faults('{ at: 1m, on: shoppers -> orders, lose: 5% }');
    expect(errorsIn(text.replace('rate: 5/s', 'rate: 5'))).toHaveLength(1);
  });
});
