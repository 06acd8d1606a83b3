import { describe, expect, it } from 'vitest';
import type { Make } from '../../src/components/makes.js';
import type { Messages } from '../../src/components/messages.js';
import { fakeWorld } from './fakes.js';

const SHOPPERS = 0;
const FLEET = 1;

function world() {
  const made = fakeWorld(['shoppers', 'fleet']);
  return { world: made, messages: made.messages };
}

/** A child of `parent` that the fleet makes. */
function childOf(messages: Messages, parent: number, mark0: number): number {
  const row = messages.born(FLEET, 5, mark0, mark0 + 1, 100);
  messages.lineage!.descends(row, parent);
  return row;
}

/** A make that counts who needs its row. */
class Leased implements Make {
  readonly isKeyed = true;
  readonly held: number[] = [];
  readonly leases = {
    hold: (row: number) => void (this.held[row] = (this.held[row] ?? 0) + 1),
    drop: (row: number) => void (this.held[row] -= 1),
  };

  key(row: number): number {
    return row;
  }

  attribute(): undefined {
    return undefined;
  }
}

describe('what a message is about', () => {
  it('is its own source and mark, where nothing is made from anything', () => {
    const { messages } = world();
    const row = messages.born(SHOPPERS, 0, 11, 12, 100);
    expect({ ...messages.about(row) }).toEqual({ source: SHOPPERS, mark0: 11, mark1: 12 });
    expect(messages.lineage).toBeNull();
  });

  it('is, of a child and of its child, what the first one was about', () => {
    const { messages } = world();
    messages.keepLineage();
    const first = messages.born(SHOPPERS, 0, 11, 12, 100);
    const child = childOf(messages, first, 21);
    const grandchild = childOf(messages, child, 31);
    expect({ ...messages.about(first) }).toEqual({ source: SHOPPERS, mark0: 11, mark1: 12 });
    for (const row of [child, grandchild])
      expect({ ...messages.about(row) }).toEqual({ source: SHOPPERS, mark0: 11, mark1: 12 });
    expect(messages.messages.source[grandchild]).toBe(FLEET);
    expect(messages.messages.mark0[grandchild]).toBe(31);
    expect([first, child, grandchild].map((row) => messages.lineage!.parent[row])).toEqual([
      -1,
      first,
      child,
    ]);
  });

  it('outlives the parent, and is let go of with the last that is about it', () => {
    const { world: own, messages } = world();
    const lineage = messages.keepLineage();
    const make = new Leased();
    const source = own.makes.add(make);
    expect(own.makes.of(source)).toBe(make);
    const first = messages.born(SHOPPERS, 0, 11, 12, 100);
    const child = childOf(messages, first, 21);
    make.leases.hold(7);
    lineage.says(child, source, 7, 0);
    const grandchild = childOf(messages, child, 31);
    expect(make.held[7]).toBe(2);
    messages.release(first);
    messages.release(child);
    expect({ ...messages.about(grandchild) }).toEqual({ source, mark0: 7, mark1: 0 });
    expect(make.held[7]).toBe(1);
    messages.release(grandchild);
    expect(make.held[7]).toBe(0);
    expect(messages.messages.count).toBe(0);
    expect(messages.left).toBe(0);
  });

  it('a message that somebody holds stays, with nothing left to do', () => {
    const { messages } = world();
    const row = messages.born(SHOPPERS, 0, 11, 12, 100);
    messages.keep(row);
    messages.release(row);
    expect([messages.messages.isLive(row), messages.left]).toEqual([true, 0]);
    messages.forgo(row);
    expect(messages.messages.isLive(row)).toBe(false);
  });

  it('costs a plain world nothing', () => {
    const { messages } = world();
    const plain = messages.messages.bytesPerRow();
    messages.keepLineage();
    expect(messages.messages.bytesPerRow()).toBe(plain + 24);
  });
});
