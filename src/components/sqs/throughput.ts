/**
 * How many calls a second a FIFO queue takes.
 *
 * As a rule 300 for each action: SendMessage, ReceiveMessage, DeleteMessage and ChangeMessageVisibility,
 * each with its batch, have a budget of their own, and a batch counts as one call. In high-throughput mode
 * (deduplicationScope messageGroup with fifoThroughputLimit perMessageGroupId):
 *
 * - The region has a quota for each action.
 * - A message group takes 300 calls a second of an action; a batch is one call to each group in it.
 * - A queue lies in partitions, which take 300 a second of an action. A group has its partition; a batch
 *   is split by partition, and each part counts as a call of its own, for the partition and the region.
 *   Receives name no group and are spread evenly.
 * - The queue grows by a partition when a call meets a full one, at once or after `partitionRamp`, and
 *   shrinks to one when idle.
 *
 * Sources: SQS Developer Guide "quotas-messages", "troubleshooting-fifo-throttling-issues",
 * "high-throughput-fifo" and "partitions-and-data-distribution" (2023). AWS says neither what a second is
 * (here: each whole one from the first call on), nor the hash (here: labels in turn, since AWS says that
 * groups spread evenly), nor how many partitions a queue has at most (here: twice what the quota needs).
 */

import type { Kernel } from '../../kernel/kernel.js';
import { check } from '../../kernel/check.js';
import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import { NO_LABEL } from '../queue-port.js';
import { GroupCalls } from './group-calls.js';
import { SQS_LIMITS } from './limits.js';
import type { FifoOptions } from './options.js';
import { Partitions } from './partitions.js';
import { REQUEST_LIMITS } from './request-limits.js';

/** Actions that share a budget; by QueueOperation. */
const FAMILIES = 4;
const FAMILY_OF = Uint8Array.of(0, 0, 1, 2, 2, 3, 3);

const EACH = SQS_LIMITS.fifoCallsPerSecond;

/** The settings that matter here. */
export type ThroughputOptions = Pick<
  FifoOptions,
  'deduplicationScope' | 'fifoThroughputLimit' | 'highThroughputPerSecond'
>;

export class Throughput {
  /** Calls of each action in this second; in high-throughput mode, parts of calls. */
  private readonly used = new Float64Array(FAMILIES);
  private readonly limit: number;
  /** null: not in high-throughput mode. */
  private readonly partitions: Partitions | null;
  private readonly groupCalls = new GroupCalls(FAMILIES);
  /** The call that is asked for: its action, and the different groups in it. */
  private family = 0;
  private readonly groups = new Float64Array(REQUEST_LIMITS.batchEntriesMax);
  private count = 0;
  /** The first second begins with the first call. */
  private firstAt: Micros = NaN;
  private second = -1;

  constructor(
    private readonly kernel: Kernel,
    options: ThroughputOptions,
    partitionRamp: Micros,
  ) {
    const { fifoThroughputLimit, deduplicationScope, highThroughputPerSecond } = options;
    const isHigh =
      fifoThroughputLimit === 'perMessageGroupId' && deduplicationScope === 'messageGroup';
    this.limit = isHigh ? highThroughputPerSecond : EACH;
    this.partitions = isHigh ? new Partitions(kernel, FAMILIES, this.limit, partitionRamp) : null;
  }

  /** Whether a call for at most one group (a label, or NO_LABEL) is let in; then it is counted. */
  admit(operation: number, group: number): boolean {
    this.begin(operation);
    this.add(group);
    return this.end();
  }

  /** A batch call: `begin`, then `add` for the group of each entry, then `end`. */
  begin(operation: number): void {
    this.family = FAMILY_OF[operation];
    this.count = 0;
  }

  add(group: number): void {
    const { groups, count } = this;
    if (group === NO_LABEL) return;
    for (let i = 0; i < count; i++) if (groups[i] === group) return;
    check(count < groups.length, 'a batch has ten entries at most');
    groups[count] = group;
    this.count++;
  }

  /** Whether the call is let in. A call that is not uses nothing up. */
  end(): boolean {
    this.enterSecond();
    const { used, family, count } = this;
    if (this.partitions === null) {
      if (used[family] === this.limit) return false;
      used[family]++;
      return true;
    }
    const parts = this.partsOf(this.partitions);
    used[family] += parts;
    if (parts === 0) return false;
    for (let i = 0; i < count; i++) this.groupCalls.add(this.groups[i], family);
    return true;
  }

  /** High-throughput mode: as how many calls it counts; 0: it is refused. */
  private partsOf(partitions: Partitions): number {
    const { family, groups, count, groupCalls } = this;
    for (let i = 0; i < count; i++) if (groupCalls.of(groups[i], family) === EACH) return 0;
    const used = this.used[family];
    for (;;) {
      const parts = partitions.split(groups, count);
      if (used + parts > this.limit) return 0;
      if (partitions.take(family, used)) return parts;
      if (!partitions.grow()) return 0;
    }
  }

  private enterSecond(): void {
    const { now } = this.kernel;
    if (Number.isNaN(this.firstAt)) this.firstAt = now;
    const second = Math.floor((now - this.firstAt) / SECOND);
    if (second === this.second) return;
    this.used.fill(0);
    this.groupCalls.clear();
    this.partitions?.enterSecond((second - this.second) * SECOND);
    this.second = second;
  }
}
