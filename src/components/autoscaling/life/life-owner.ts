/** Between a group and the lives of its instances. */

import type { Role } from './instances.js';

/** What an instance is launched as. */
export interface LaunchSpec {
  readonly zone: number;
  readonly isSpot: boolean;
  readonly version: number;
  readonly role: Role;
}

/** What the group hears of its instances. */
export interface LifeOwner {
  /** Auto Scaling takes the member for in service from now on. */
  entered(worker: number): void;
  /** The member's program polls from now on. */
  serves(worker: number): void;
  /** The launch hooks of a member have given it up. */
  abandoned(worker: number): void;
  /** A member has had its interruption notice. */
  noticed(worker: number): void;
  /** An instance is gone; `role`: what it was. */
  left(worker: number, role: Role): void;
  /** An instance on its way out has gone back to the warm pool instead. */
  returned(worker: number): void;
}
