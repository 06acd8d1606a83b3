/**
 * Rules between the settings of queues (dead-letter queue of the same kind, one kind of encryption, …): those of
 * the component itself, with AWS's error in place of a finding.
 */

import type { CheckContext } from '../../components/settings.js';
import type { Problem } from '../../components/settings/problem.js';
import { sqsQueue } from '../../components/sqs/sqs-queue.js';
import { invalidParameter, Refusal } from './aws-errors.js';
import type { QueueSpec } from './operated-world.js';
import type { ReadAttributes } from './queue-attributes.js';

/** Refuses what AWS refuses of a queue with these settings; `read` is what the request says of them. */
export function checkSettings(
  self: QueueSpec,
  read: ReadAttributes,
  others: readonly QueueSpec[],
): void {
  const { name } = self;
  const target = read.redrivePolicy?.deadLetterTarget;
  if (target !== undefined && target !== name && !others.some((other) => other.name === target)) {
    const reason = 'Dead letter target does not exist.';
    throw invalidParameter('RedrivePolicy', read.redrivePolicy, reason);
  }
  const problems: Problem[] = [];
  const context: CheckContext = {
    self: { ...self, written: { ...read } },
    profile: self.profile,
    resources: new Map(others.map((other) => [other.name, other])),
    refused: new Set(),
    traffic: new Map(),
    startSeconds: 0,
    end: undefined,
    path: [],
    refuse: (problem) => void problems.push(problem),
    isSentTo: () => true,
    takesDeadLetters: () => false,
    changesOf: () => [],
    warn: () => {},
  };
  sqsQueue.checks!(context);
  const problem = problems.find(isAnError);
  if (problem !== undefined) throw refusalOf(problem, read);
}

/** What AWS takes and nobody feels is no error of AWS. */
function isAnError({ code }: Problem): boolean {
  return code !== 'no-effect';
}

function refusalOf(problem: Problem, read: ReadAttributes): Refusal {
  const reason = `${problem.message ?? problem.found ?? ''}.`;
  const code = problem.awsError ?? 'InvalidParameterValue';
  if (problem.path?.[0] === 'redrivePolicy' && code === 'InvalidParameterValue')
    return invalidParameter('RedrivePolicy', read.redrivePolicy, reason);
  return new Refusal(code, reason);
}
