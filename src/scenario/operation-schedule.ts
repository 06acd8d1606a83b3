/**
 * Operations of a scenario, as events: each happens at its time, once or again and again. What AWS refuses then,
 * and nobody could know before, is remembered: the report tells it as a warning.
 */

import type { ComponentType } from '../components/component.js';
import { QUEUE_ERRORS, QueueError } from '../components/queue-port.js';
import { linkOf } from '../components/settings/words.js';
import type { World } from '../components/world.js';
import { check } from '../kernel/check.js';
import type { Handler } from '../kernel/kernel.js';
import type { Micros } from '../kernel/time.js';
import type { OperationSpec } from './operations.js';

/** An operation that AWS refused when it was due. */
export interface RefusedOperation {
  /** Its place in the scenario's list. */
  readonly place: number;
  /** When it was refused first, and how often in all. */
  readonly at: Micros;
  readonly times: number;
  /** AWS's name of the error. */
  readonly awsError: string;
}

export class OperationSchedule {
  private readonly happens: Handler;
  private readonly refusals: (RefusedOperation | undefined)[] = [];

  /** `typeOf`: the component type of a resource. */
  constructor(
    private readonly world: World,
    private readonly operations: readonly OperationSpec[],
    private readonly typeOf: (resource: number) => ComponentType | undefined,
  ) {
    this.happens = world.kernel.handler('operations/happen', (place) => this.happen(place));
  }

  /** At time 0. */
  start(): void {
    this.operations.forEach(({ at }, place) => this.world.kernel.at(at, this.happens, place));
  }

  /** What AWS refused, in file order. */
  refused(): RefusedOperation[] {
    return this.refusals.filter((one) => one !== undefined);
  }

  private happen(place: number): void {
    const operation = this.operations[place];
    const error = this.does(operation);
    if (error !== null) this.remember(place, error);
    if (operation.every !== undefined)
      this.world.kernel.after(operation.every, this.happens, place);
  }

  /** AWS's name of the error with which it refuses, or null. */
  private does(operation: OperationSpec): string | null {
    const { world } = this;
    const link = linkOf(operation.on);
    const resource = world.idOf(link?.from ?? operation.on);
    if (operation.verb === 'set') {
      this.typeOf(resource)!.change!(world, resource, operation.settings);
      return null;
    }
    if (operation.verb === 'deploy') {
      const { batch, wait } = operation;
      const isShare = batch.kind === 'share';
      const size = isShare ? batch.share : batch.count;
      this.typeOf(resource)!.deploy!(world, resource, { batch: size, isShare, wait });
      return null;
    }
    if (operation.verb === 'replay')
      return this.typeOf(resource)!.replay!(world, resource, operation.from, link?.to ?? '');
    const queue = world.queue(resource);
    check(
      queue !== undefined,
      'the target of an operation was checked when the scenario was loaded',
    );
    if (operation.verb === 'purge') return nameOf(queue.purge());
    const { to, perSecond } = operation;
    return nameOf(queue.startMove(to === undefined ? null : world.idOf(to), perSecond ?? null));
  }

  private remember(place: number, awsError: string): void {
    const { at, times } = this.refusals[place] ?? { at: this.world.kernel.now, times: 0 };
    this.refusals[place] = { place, at, times: times + 1, awsError };
  }
}

function nameOf(error: QueueError): string | null {
  return error === QueueError.None ? null : QUEUE_ERRORS[error];
}
