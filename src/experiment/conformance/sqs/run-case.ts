/** Runs one SQS case: steps at virtual seconds in a world of its own, or a configuration. */

import { isMap } from '../../../components/settings/problem.js';
import type { Call } from '../../operations/call.js';
import type { Plain, WrittenCase } from '../case-file.js';
import type { CaseResult, Miss } from '../result.js';
import { failed, NotExpressible, passed } from '../result.js';
import { CaseWorld } from './case-world.js';
import { runConfigCase } from './config-case.js';
import type { DoneStep } from './expectations.js';
import { differenceOf, readExpectation } from './expectations.js';
import type { Action } from './steps.js';
import { act, NothingThere, readAction } from './steps.js';
import { mapOf, operationOf } from './words.js';

/** After the last step the world goes on for so long, s. */
const AFTERWARDS = 3600;
const CASE_WORDS = 'id topic source validated kind given queues steps expect'.split(' ');

interface Step {
  readonly number: number;
  readonly at: number;
  readonly action: Action;
  readonly expect: DoneStep['expect'];
}

export function runSqsCase({ id, body }: WrittenCase): CaseResult {
  if (body['kind'] === 'config' || ('given' in body && !('steps' in body)))
    return resultOf(id, runConfigCase(body));
  for (const [key, value] of Object.entries(body)) {
    // a text is a remark; anything else may mean something
    if (!CASE_WORDS.includes(key) && typeof value !== 'string')
      throw new NotExpressible(`no phrase for ${key} of a case`);
  }
  return resultOf(id, runSteps(body, mapOf(body['given'] ?? {}, 'given')));
}

function resultOf(id: string, miss: Miss | null): CaseResult {
  return miss === null ? passed(id) : failed(id, miss);
}

function runSteps(body: Plain, given: Plain): Miss | null {
  const { queues: more, ...others } = given;
  const [other] = Object.keys(others);
  if (other !== undefined) throw new NotExpressible(`given: no phrase for ${other}`);
  const queues = mapOf(body['queues'] ?? more ?? {}, 'queues');
  const steps = readSteps(body['steps']);
  const ending = readEnding(body['expect'], queues);
  const world = new CaseWorld(queues);
  const refused = world.build();
  if (refused !== null) return { step: 0, expected: { queues: 'accepted' }, got: refused };
  const misses: (Miss | null)[] = [];
  const done: (readonly [number, DoneStep])[] = [];
  for (const step of steps) {
    world.world.advanceTo(step.at);
    const call = attempt(world, step);
    if ('step' in call) misses.push(call);
    else done.push([step.number, { operation: step.action.operation, call, expect: step.expect }]);
  }
  world.world.advanceTo((steps.at(-1)?.at ?? 0) + AFTERWARDS);
  for (const [step, one] of done) {
    const difference = differenceOf(world, one);
    if (difference !== null) misses.push({ step, ...difference });
  }
  const first = misses.reduce(earlier, null);
  return first ?? ending(world, steps.length);
}

function earlier(one: Miss | null, other: Miss | null): Miss | null {
  if (one === null || other === null) return one ?? other;
  return other.step < one.step ? other : one;
}

/** Does a step; a miss when what it names never came. */
function attempt(world: CaseWorld, { number, action }: Step): Call<unknown> | Miss {
  try {
    return act(world, action);
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError)
      throw new NotExpressible(`${action.where}: ${error.message}`);
    if (!(error instanceof NothingThere)) throw error;
    return { step: number, expected: error.what, got: { receipt: null } };
  }
}

/** Steps in the order in which they are done: by time, then as listed. */
function readSteps(said: unknown): readonly Step[] {
  if (!Array.isArray(said)) throw new NotExpressible('there are no steps');
  let last = 0;
  const steps = said.map((step: unknown, i): Step => {
    const where = `step ${i + 1}`;
    if (!isMap(step)) throw new NotExpressible(`${where}: no phrase for ${JSON.stringify(step)}`);
    const { at, op, expect, ...words } = step;
    if (at !== undefined && !(typeof at === 'number' && at >= 0))
      throw new NotExpressible(`${where}: no phrase for the time ${JSON.stringify(at)}`);
    last = at ?? last;
    const operation = operationOf(op, where);
    const action = readAction(operation, words, where);
    return { number: i + 1, at: last, action, expect: readExpectation(expect, operation, where) };
  });
  return steps.sort((a, b) => a.at - b.at);
}

/** What is expected of queues an hour after the last step: counts by the name of the queue. */
function readEnding(
  said: unknown,
  queues: Plain,
): (world: CaseWorld, steps: number) => Miss | null {
  if (said === undefined) return () => null;
  const whole = isMap(said) && isMap(said['counts']) ? said['counts'] : said;
  if (!isMap(whole))
    throw new NotExpressible('expect: no phrase for what is said of the whole case');
  const asked = Object.entries(whole).map(([name, counts]) => {
    if (!(name in queues)) throw new NotExpressible(`expect: no phrase for ${name}`);
    return [name, readExpectation(counts, 'counts', `expect of ${name}`)] as const;
  });
  return (world, steps) => {
    for (const [name, expect] of asked) {
      const call = world.world.sqs.getQueueAttributes({ queue: world.name(name) });
      const difference = differenceOf(world, { operation: 'counts', call, expect });
      if (difference !== null) return { step: steps + 1, ...difference };
    }
    return null;
  };
}
