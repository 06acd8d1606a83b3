/**
 * Operations, held against what they are on: a purge and a redrive need a queue, and a `set` is read with the
 * schemas of its resource's type. What AWS would refuse is left to the type's own checks.
 */

import type { z } from 'zod';
import { block } from '../components/settings/block.js';
import { isMap } from '../components/settings/problem.js';
import type { Problem } from '../components/settings/problem.js';
import type {
  CheckContext,
  PlannedOperation,
  ResourceSchema,
  ResourceView,
} from '../components/settings/resource.js';
import { mergedAt } from './set-merge.js';
import { viewOf } from './walk.js';
import { linkOf } from '../components/settings/words.js';
import type { Examiner, MoreNotes } from './examine.js';
import { NOT_MODELLED_PAGE, RESOURCE_WORDS } from './not-modelled.js';
import type { OperationSpec } from './operations.js';
import type { NameKinds } from './references.js';
import { refuseUnless } from './references.js';

/** What operations are held against. */
export interface OperationSurroundings {
  readonly kinds: NameKinds;
  readonly types: readonly ResourceSchema[];
  readonly resources: ReadonlyMap<string, ResourceView>;
  /** The context of a resource's checks, with what the resource will be. */
  contextOf(self: ResourceView): CheckContext;
}

/** The operations with `set` in base units; those that were refused are undefined. */
export function checkedOperations(
  examiner: Examiner,
  around: OperationSurroundings,
  operations: readonly (OperationSpec | undefined)[],
): (OperationSpec | undefined)[] {
  return new OperationCheck(examiner, around).check(operations);
}

/** Queues that a redrive fills, or a `set` makes a dead-letter queue: nobody need send there, or consume. */
export function fedByOperations(
  operations: readonly (OperationSpec | undefined)[],
): ReadonlySet<string> {
  const fed = operations.map((operation) => {
    if (operation?.verb === 'redrive') return operation.to;
    const policy = operation?.verb === 'set' ? operation.settings['redrivePolicy'] : undefined;
    return isMap(policy) ? policy['deadLetterTarget'] : undefined;
  });
  return new Set(fed.filter((name) => typeof name === 'string'));
}

/** Those that a `set` subscribes to a topic, and the dead-letter queues of their subscriptions. */
export function subscribedByOperations(operations: readonly (OperationSpec | undefined)[]): {
  readonly targets: readonly string[];
  readonly deadLetters: readonly string[];
} {
  const subscriptions = operations.flatMap((operation) => {
    const all = operation?.verb === 'set' ? operation.settings['subscriptions'] : undefined;
    return isMap(all) ? Object.entries(all).filter(([, one]) => isMap(one)) : [];
  });
  const deadLetters = subscriptions.map(([, one]) => {
    const policy = isMap(one) ? one['redrivePolicy'] : undefined;
    return isMap(policy) ? policy['deadLetterTarget'] : undefined;
  });
  return {
    targets: subscriptions.map(([name]) => name),
    deadLetters: deadLetters.filter((name) => typeof name === 'string'),
  };
}

class OperationCheck {
  /** What a resource is after the operations that have been looked at; they come in order of time. */
  private readonly state = new Map<string, ResourceView>();

  constructor(
    private readonly examiner: Examiner,
    private readonly around: OperationSurroundings,
  ) {}

  check(operations: readonly (OperationSpec | undefined)[]): (OperationSpec | undefined)[] {
    const checked = operations.map((operation, i) =>
      operation !== undefined && this.isPossible(operation, i) ? operation : undefined,
    );
    const inTime = checked
      .map((operation, place) => ({ operation, place }))
      .sort((a, b) => (a.operation?.at ?? 0) - (b.operation?.at ?? 0) || a.place - b.place);
    for (const { operation, place } of inTime) {
      if (operation?.verb === 'set') checked[place] = this.set(operation, place);
    }
    this.typesOwn(checked);
    return checked;
  }

  /** Whether it is on a thing of the right kind. */
  private isPossible(operation: OperationSpec, place: number): boolean {
    const { examiner, around } = this;
    const { types, kinds } = around;
    const able = types.filter((type) => canDo(type, operation.verb));
    const path = ['operations', place, 'on'];
    if (operation.verb === 'replay') return this.isReplayable(operation.on, able, path);
    const kind = kinds.get(operation.on);
    if (operation.verb === 'set' && kind !== undefined && types.some(({ type }) => type === kind)) {
      if (able.some(({ type }) => type === kind)) return true;
      examiner.refuse(path.slice(0, -1), {
        code: 'not-modelled',
        found: operation.on,
        message: `set on ${kind} is not modelled yet (${NOT_MODELLED_PAGE})`,
        allowed: able.map(({ type }) => type).join(', '),
        path: ['on'],
      });
      return false;
    }
    const wanted = able.map(({ type }) => type);
    return refuseUnless(examiner, kinds, { name: operation.on, kinds: wanted, path, onKey: false });
  }

  /** An archive is replayed as a whole, or to one of its links. */
  private isReplayable(
    on: string,
    able: readonly ResourceSchema[],
    path: readonly (string | number)[],
  ): boolean {
    const { examiner, around } = this;
    const link = linkOf(on);
    const name = link?.from ?? on;
    const wanted = able.map(({ type }) => type);
    if (!refuseUnless(examiner, around.kinds, { name, kinds: wanted, path, onKey: false }))
      return false;
    const type = able.find((one) => one.type === around.kinds.get(name))!;
    if ((type.replaysLinks === true) === (link !== undefined)) return true;
    const links = type
      .pushes?.(around.resources.get(name)!)
      ?.map(({ name: to }) => `${name} -> ${to}`);
    examiner.refuse(path.slice(0, -1), {
      code: 'wrong-kind',
      found: on,
      message:
        link === undefined
          ? `${name} is replayed to one of its subscriptions at a time`
          : `${name} is replayed as a whole`,
      allowed: link === undefined ? (links ?? []).join(', ') : name,
      path: ['on'],
    });
    return false;
  }

  // --- set ---------------------------------------------------------------------------------------

  private set(
    operation: OperationSpec & { readonly verb: 'set' },
    place: number,
  ): OperationSpec | undefined {
    const { around, examiner } = this;
    const before = this.state.get(operation.on) ?? around.resources.get(operation.on);
    const type = around.types.find((one) => one.type === around.kinds.get(operation.on));
    if (before === undefined || type === undefined) return undefined; // refused already
    const path = ['operations', place, 'set'];
    const found = examiner.findings.length;
    examiner.keys(changeableBlock(type), operation.settings, path, fixedNotes(type));
    const settings: Record<string, unknown> = {};
    const written: Record<string, unknown> = { ...before.written };
    for (const [key, value] of Object.entries(operation.settings)) {
      if (type.shape.changeable?.includes(key) !== true) continue; // refused above
      const view = viewOf(settingOf(type, key));
      const merged = mergedAt(examiner, view, before.written[key], value, [...path, key]);
      if (merged === undefined) delete written[key];
      else written[key] = merged;
      settings[key] = examiner.read(settingOf(type, key), merged, [...path, key]);
    }
    if (examiner.findings.length > found) return undefined;
    const merged = { ...before.settings, ...settings };
    const after = type.afterSet?.(merged, settings) ?? merged;
    const self = { ...before, written, settings: after };
    this.state.set(operation.on, self);
    this.refusalsOf(type, self, path);
    return { ...operation, settings };
  }

  /** What AWS refuses of the resource as it will be. What is wrong from the start, or unwise, is told of itself. */
  private refusalsOf(
    type: ResourceSchema,
    self: ResourceView,
    path: readonly (string | number)[],
  ): void {
    const { around, examiner } = this;
    let isWrong = false;
    const silent = { refuse: () => void (isWrong = true), warn: () => undefined };
    type.checks?.({ ...around.contextOf(around.resources.get(self.name)!), ...silent });
    if (isWrong) return;
    const refuse = (problem: Problem): void => examiner.refuse(path, problem);
    type.checks?.({ ...around.contextOf(self), ...silent, path, refuse });
  }

  // --- what the types say ------------------------------------------------------------------------

  private typesOwn(operations: readonly (OperationSpec | undefined)[]): void {
    const { around, examiner } = this;
    const planned = operations.flatMap((operation, place): PlannedOperation[] =>
      operation === undefined ? [] : [{ ...operation, place }],
    );
    if (planned.length === 0) return;
    for (const self of around.resources.values()) {
      const type = around.types.find((one) => one.type === self.type);
      if (type?.operationChecks === undefined) continue;
      const path = ['operations'];
      const refuse = (problem: Problem): void => examiner.refuse(path, problem);
      type.operationChecks({ ...around.contextOf(self), path, refuse }, planned);
    }
  }
}

function canDo(type: ResourceSchema, verb: OperationSpec['verb']): boolean {
  if (verb === 'set') return type.shape.changeable !== undefined;
  if (verb === 'deploy') return type.deploy !== undefined;
  if (verb === 'replay') return type.replay !== undefined;
  return type.roles?.includes('queue') === true;
}

function settingOf({ shape }: ResourceSchema, key: string): z.ZodType {
  return shape.settings[key] as z.ZodType;
}

/** The settings of a type that may change. */
function changeableBlock(type: ResourceSchema) {
  const fields = (type.shape.changeable ?? []).map((key) => [key, settingOf(type, key)] as const);
  const notes = { notModelled: type.shape.notModelled ?? {}, noEffect: type.shape.noEffect ?? {} };
  return block({ name: type.type, ...notes }, Object.fromEntries(fields));
}

/** Those that may not, and what else stands in a resource. */
function fixedNotes({ shape }: ResourceSchema): MoreNotes {
  const fixed = Object.keys(shape.settings).filter((key) => !shape.changeable?.includes(key));
  const others = [...(shape.programs ?? []), 'assume', 'account', 'region'];
  return { notModelled: [...fixed, ...others], words: RESOURCE_WORDS, noEffect: {} };
}
