// docs/architecture.md counts the bytes of a waiting message; this is what observers add to its rows.

import { expect, test } from 'vitest';
import { Makes } from '../../src/components/makes.js';
import { World } from '../../src/components/world.js';
import { Kernel } from '../../src/kernel/kernel.js';
import { Streams } from '../../src/kernel/random/streams.js';
import { Watch } from '../../src/observe/watch.js';
import type { WatchOptions } from '../../src/observe/watch-options.js';
import { ORDERS, watchOptions } from './driver.js';

/** What a watch adds to the rows of a message, its obligation and its copy. */
function added(options: Partial<WatchOptions> = {}, makes = new Makes()): number[] {
  const kernel = new Kernel({ tables: { capacity: 1, poison: false } });
  const watch = new Watch(kernel, watchOptions(options));
  const { messages } = new World(kernel, new Streams('1', 0), watch, ['orders']);
  const tables = [messages.messages, messages.obligations, messages.copies];
  const bare = tables.map((table) => table.bytesPerRow());
  watch.attach(messages);
  watch.begin(makes);
  return tables.map((table, i) => table.bytesPerRow() - bare[i]);
}

test('observers add 16 bytes to a waiting message: its row, its obligation, its copy', () => {
  expect(added()).toEqual([2, 1, 13]);
});

test('where traffic says keys, 4 more; for the groups of FIFO queues none', () => {
  expect(added({ fifo: [ORDERS] })).toEqual([2, 1, 13]);
  const makes = new Makes();
  makes.set(0, { key: () => 1, attribute: () => undefined, isKeyed: true });
  expect(added({}, makes)).toEqual([2, 5, 13]);
});
