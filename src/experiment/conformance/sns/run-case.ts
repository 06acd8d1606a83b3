/** Runs one SNS case: topics, queues and subscriptions, and steps at virtual seconds in a world of its own. */

import { isMap } from '../../../components/settings/problem.js';
import type { Plain, WrittenCase } from '../case-file.js';
import type { CaseResult, Miss } from '../result.js';
import { failed, NotExpressible, passed } from '../result.js';
import { isSameCode } from '../sqs/expectations.js';
import { mapOf } from '../sqs/words.js';
import { checkCaseWords, readSteps, tell } from '../story.js';
import type { GivenSystem } from './case-world.js';
import { SnsCaseWorld } from './case-world.js';
import type { Act } from './steps.js';
import { readDrain, readStep } from './steps.js';

export function runSnsCase({ id, body }: WrittenCase): CaseResult {
  checkCaseWords(body);
  const given = readGiven(body, mapOf(body['given'] ?? {}, 'given'));
  const hasSteps = Array.isArray(body['steps']) && body['steps'].length > 0;
  const miss = hasSteps ? runSteps(body, given) : runGiven(body['expect'], given);
  return miss === null ? passed(id) : failed(id, miss);
}

function readGiven(body: Plain, given: Plain): GivenSystem {
  const { topics, queues, subscriptions, ...others } = given;
  const [other] = Object.keys(others);
  if (other !== undefined) throw new NotExpressible(`given: no phrase for ${other}`);
  return {
    topics: mapOf(topics ?? body['topics'] ?? {}, 'topics'),
    queues: mapOf(queues ?? body['queues'] ?? {}, 'queues'),
    subscriptions: subscriptionsOf(subscriptions ?? body['subscriptions'] ?? []),
  };
}

/** A list, or a map by name. */
function subscriptionsOf(said: unknown): readonly Plain[] {
  if (Array.isArray(said)) return said.map((one: unknown) => mapOf(one, 'given.subscriptions'));
  return Object.entries(mapOf(said, 'given.subscriptions')).map(([id, one]) => ({
    id,
    ...mapOf(one, 'given.subscriptions'),
  }));
}

function runSteps(body: Plain, given: GivenSystem): Miss | null {
  const steps = readSteps(body['steps'], readStep);
  const ending = readEnding(body['expect'], given);
  const world = new SnsCaseWorld(given);
  const refused = build(world);
  if (refused !== null) return { step: 0, expected: { given: 'accepted' }, got: refused };
  const miss = tell(steps, world.sqs.world, (act) => act(world));
  if (miss !== null) return miss;
  for (const act of ending) {
    const difference = act(world)();
    if (difference !== null) return { step: steps.length + 1, ...difference };
  }
  return null;
}

/** What is given that this world has no resource for is not expressible. */
function build(world: SnsCaseWorld): ReturnType<SnsCaseWorld['build']> {
  try {
    return world.build();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new NotExpressible(`given: ${error.message}`);
  }
}

/** What is expected of queues an hour after the last step, as of a drain, by the name of the queue. */
function readEnding(said: unknown, { queues }: GivenSystem): readonly Act[] {
  if (said === undefined) return [];
  return Object.entries(mapOf(said, 'expect')).map(([name, expect]) => {
    if (!Object.hasOwn(queues, name)) throw new NotExpressible(`expect: no phrase for ${name}`);
    return readDrain({ queue: name }, expect, `expect of ${name}`);
  });
}

/** A case without steps: what is given is accepted, or refused. */
function runGiven(expect: unknown, given: GivenSystem): Miss | null {
  const wanted = isMap(expect) ? expect['error'] : expect;
  const isAccepted = wanted === undefined || wanted === 'accepted' || wanted === 'ok';
  const refused = build(new SnsCaseWorld(given));
  if (isAccepted === (refused === null) && (isAccepted || isRight(wanted, refused!.code)))
    return null;
  return { step: 0, expected: expect ?? { given: 'accepted' }, got: refused ?? { error: null } };
}

function isRight(wanted: unknown, code: string): boolean {
  if (wanted === true || wanted === 'rejected' || wanted === 'refused') return true;
  return String(wanted)
    .split('|')
    .some((one) => isSameCode(one.trim(), code));
}
