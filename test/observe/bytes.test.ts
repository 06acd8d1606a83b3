// docs/architecture.md counts the bytes of a waiting message; this is what observers add to its rows.

import { expect, test } from 'vitest';
import { World } from '../../src/components/world.js';
import { Kernel } from '../../src/kernel/kernel.js';
import { Streams } from '../../src/kernel/random/streams.js';
import { Watch } from '../../src/observe/watch.js';
import { watchOptions } from './driver.js';

test('observers add 16 bytes to a waiting message: its row, its obligation, its copy', () => {
  const kernel = new Kernel({ tables: { capacity: 1, poison: false } });
  const watch = new Watch(kernel, watchOptions());
  const { messages } = new World(kernel, new Streams('1', 0), watch, ['orders']);
  const tables = [messages.messages, messages.obligations, messages.copies];
  const bare = tables.map((table) => table.bytesPerRow());
  watch.attach(messages);
  expect(tables.map((table, i) => table.bytesPerRow() - bare[i])).toEqual([2, 1, 13]);
});
