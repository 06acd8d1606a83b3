// Lines of message groups: one push of a group and link is under way at a time.

import { expect, test } from 'vitest';
import { GroupLines } from '../../../src/components/delivery/group-lines.js';
import { PushTable } from '../../../src/components/delivery/push-table.js';
import { NONE } from '../../../src/components/messages.js';
import { NO_LABEL } from '../../../src/components/queue-port.js';

function lines() {
  const pushes = new PushTable({ capacity: 1, poison: true });
  const groups = new GroupLines(pushes);
  const join = (group: number, link = 0): readonly [number, boolean] => {
    const push = pushes.add();
    pushes.group[push] = group;
    pushes.link[push] = link;
    return [push, groups.join(push)];
  };
  const leave = (push: number): number => {
    const next = groups.leave(push);
    pushes.free(push);
    return next;
  };
  return { join, leave };
}

test('the first of a group goes, the others follow one by one in order', () => {
  const { join, leave } = lines();
  const [first, second, third] = [join(7), join(7), join(7)];
  expect([first[1], second[1], third[1]]).toEqual([true, false, false]);
  expect(leave(first[0])).toBe(second[0]);
  const fourth = join(7);
  expect(fourth[1]).toBe(false);
  expect(leave(second[0])).toBe(third[0]);
  expect(leave(third[0])).toBe(fourth[0]);
  expect(leave(fourth[0])).toBe(NONE);
  expect(join(7)[1]).toBe(true);
});

test('groups, and links of one group, do not wait for each other', () => {
  const { join, leave } = lines();
  const [here, there, other] = [join(1, 0), join(1, 1), join(2, 0)];
  expect([here[1], there[1], other[1]]).toEqual([true, true, true]);
  expect([here, there, other].map(([push]) => leave(push))).toEqual([NONE, NONE, NONE]);
});

test('without a group nothing waits', () => {
  const { join, leave } = lines();
  const [one, two] = [join(NO_LABEL), join(NO_LABEL)];
  expect([one[1], two[1]]).toEqual([true, true]);
  expect([leave(two[0]), leave(one[0])]).toEqual([NONE, NONE]);
});
