// A small scenario for the tests of expectations: shoppers -> orders -> workers, and a dead-letter queue.

import { Names } from '../../../src/scenario/expect/names.js';

const QUEUE = {
  kind: 'sqs.queue',
  roles: ['queue', 'standardQueue', 'resource'],
  levels: ['depth', 'delayed', 'inFlight'],
  operations: ['SendMessage', 'ReceiveMessage', 'DeleteMessage'],
} as const;

export const NAMES = new Names(
  [
    {
      name: 'shoppers',
      kind: 'traffic',
      roles: ['traffic'],
      levels: [],
      operations: [],
      next: ['orders'],
    },
    { name: 'orders', ...QUEUE, next: ['workers'] },
    { name: 'orders-dlq', ...QUEUE, next: [] },
    {
      name: 'workers',
      kind: 'autoscaling.group',
      roles: ['consumer', 'fleet', 'resource'],
      levels: ['instances', 'busy'],
      operations: [],
      next: [],
    },
  ],
  90 * 60_000_000,
);
