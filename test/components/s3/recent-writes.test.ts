// Against a plain twin: which writes are news, whatever comes when.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RecentWrites } from '../../../src/components/s3/recent-writes.js';

test('a write is news unless an event of its key is younger than the window', () => {
  const write = fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 1 }), fc.nat({ max: 3 }));
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.array(write, { maxLength: 60 }),
      (window, writes) => {
        const recent = new RecentWrites(window);
        const told = new Map<string, number>();
        let now = 0;
        for (const [gap, naming, key] of writes) {
          now += gap;
          const last = told.get(`${naming}/${key}`) ?? -Infinity;
          const isNews = now - last >= window;
          if (isNews) told.set(`${naming}/${key}`, now);
          expect(recent.isNews(naming, key, now)).toBe(isNews);
        }
      },
    ),
  );
});
