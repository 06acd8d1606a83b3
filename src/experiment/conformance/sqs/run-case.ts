/** Runs one SQS case: steps at virtual seconds in a world of its own, or a configuration. */

import { isMap } from '../../../components/settings/problem.js';
import type { Plain, WrittenCase } from '../case-file.js';
import type { CaseResult, Miss } from '../result.js';
import { failed, NotExpressible, passed } from '../result.js';
import { checkCaseWords, readSteps, tell } from '../story.js';
import { CaseWorld } from './case-world.js';
import { runConfigCase } from './config-case.js';
import { differenceOf, readExpectation } from './expectations.js';
import { act, readAction } from './steps.js';
import { mapOf, operationOf } from './words.js';

export function runSqsCase({ id, body }: WrittenCase): CaseResult {
  if (body['kind'] === 'config' || ('given' in body && !('steps' in body)))
    return resultOf(id, runConfigCase(body));
  checkCaseWords(body);
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
  const steps = readSteps(body['steps'], ({ op, words, expect, where }) => {
    const operation = operationOf(op, where);
    const action = readAction(operation, words, where);
    return { action, expect: readExpectation(expect, operation, where) };
  });
  const ending = readEnding(body['expect'], queues);
  const world = new CaseWorld(queues);
  const refused = world.build();
  if (refused !== null) return { step: 0, expected: { queues: 'accepted' }, got: refused };
  const miss = tell(steps, world.world, ({ action, expect }) => {
    const call = act(world, action);
    return () => differenceOf(world, { operation: action.operation, call, expect });
  });
  return miss ?? ending(world, steps.length);
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
