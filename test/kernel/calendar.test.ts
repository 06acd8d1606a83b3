// The calendar against the engine's own: every day of two centuries.

import { expect, test } from 'vitest';
import { dayAt, daysFrom1970, weekdayAt } from '../../src/kernel/calendar.js';

test('days, months, years and weekdays agree with Date', () => {
  for (let days = 0; days < 73_000; days += 1) {
    const date = new Date(days * 86_400_000);
    const day = {
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
    };
    expect(dayAt(days)).toEqual(day);
    expect(daysFrom1970(day)).toBe(days);
    expect(weekdayAt(days)).toBe(date.getUTCDay());
  }
});
