/** Rows of instances. A row is the instance's number in facts; rows are never freed, so a number is never reused. */

import { Table } from '../../../kernel/table.js';
import { InstanceState } from '../../facts.js';

/** What an instance is to its group. */
export const Role = {
  /** Neither launched nor anything else any more. */
  Gone: 0,
  /** It counts as capacity. */
  Member: 1,
  /** It waits in the warm pool, or is being prepared for it. */
  Pooled: 2,
  /** A member on its way out. */
  Leaving: 3,
  /** An instance of the warm pool on its way out. */
  Drained: 4,
} as const;
export type Role = (typeof Role)[keyof typeof Role];

export class InstanceTable extends Table {
  /** An InstanceState. */
  readonly state = this.u8('state');
  readonly role = this.u8('role');
  /** The place of its Availability Zone in the group's list. */
  readonly zone = this.u16('zone');
  /** 1: a Spot Instance. */
  readonly isSpot = this.u8('isSpot');
  /** Which launch template it was launched from: how often the group had been deployed by then. */
  readonly version = this.u32('version');
  /** When it came up, µs: instance hours count from there. */
  readonly upAt = this.f64('upAt');
  /**
   * When Auto Scaling took it for in service, µs; its warm-up counts from there. Those of time 0 have always
   * been: -Infinity. NaN: not yet.
   */
  readonly inServiceAt = this.f64('inServiceAt');
  /** The instance's own mark: the key of what is drawn about it. */
  readonly mark0 = this.i32('mark0');
  readonly mark1 = this.i32('mark1');
  /** How often its program was booted, and how often the instance was started out of the warm pool. */
  readonly boots = this.u32('boots');
  readonly starts = this.u32('starts');
  /** 1: its failure fell into a time when it was stopped, and so did not happen. */
  readonly wasSpared = this.u8('wasSpared');
  /** 1 while a program runs on it. */
  readonly hasProgram = this.u8('hasProgram');
  /** 1 while its way in or out is a scaling activity. */
  readonly isActivity = this.u8('isActivity');
  /** 1: it has had its interruption notice. */
  readonly isInterrupted = this.u8('isInterrupted');
  /** When a lifecycle hook lets it go on, or its program is killed, µs; the event of another time is stale. */
  readonly heldUntil = this.f64('heldUntil');
  readonly killAt = this.f64('killAt');
  /** 1: in the warm pool, and ready to be taken. On its way out: it goes there. */
  readonly isReady = this.u8('isReady');
  /** When it joined the list it is in, as a number that counts up; its neighbours there: row + 1, 0: none. */
  readonly joined = this.f64('joined');
  readonly before = this.i32('before');
  readonly after = this.i32('after');

  /** Whether it is still to come up. */
  isPending(row: number): boolean {
    return this.state[row] === InstanceState.Pending;
  }

  /** Whether its operating system runs and the instance is not on its way out. */
  isUp(row: number): boolean {
    const state = this.state[row];
    return state === InstanceState.Running || state === InstanceState.InService;
  }

  /** Whether Auto Scaling has taken it for in service. */
  isServing(row: number): boolean {
    return this.inServiceAt[row] === this.inServiceAt[row]; // not NaN
  }
}
